// HDF5 crashes the program when the disk fills up under it, so the room is looked at before.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

enum DiskSpace {
  /// Room for HDF5's own tables, and for other writers in the meantime.
  static let margin = 4 << 20

  /// - Throws: `FileError` `unwritable` where the file's directory has no room for `bytes` more.
  static func check(for path: String, bytes: Int) throws {
    let slash = path.lastIndex(of: "/")
    let directory = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    var status = statvfs()
    guard statvfs(directory, &status) == 0 else { return }
    let (free, overflow) = UInt64(status.f_bavail)
      .multipliedReportingOverflow(by: UInt64(status.f_frsize))
    guard overflow || free >= UInt64(bytes + margin) else {
      throw FileError(path, .unwritable, "no space left on device")
    }
  }
}
