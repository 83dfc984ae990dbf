// A file under a temporary name in the directory of its own name, which it gets when it is whole.

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Tells two writers of the same file in one process apart.
private let serialNumber = Atomic<Int>(0)

/// A file on its way; `commit` or `discard` ends it.
struct PendingFile {
  let path: String
  /// Where to write, meanwhile.
  let temporary: String
  private let directory: String

  /// - Parameter size: bytes that must be free on the disk.
  /// - Throws: `FileError` `unwritable`.
  init(_ path: String, reserving size: Int = 0) throws {
    var existing = stat()
    if stat(path, &existing) == 0, existing.st_mode & S_IFMT != S_IFREG {
      // Renaming over a device such as /dev/null would remove it.
      throw FileError(path, .unwritable, "it is not a regular file")
    }
    self.path = path
    let name: String
    (directory, name) = Self.split(path)
    let serial = serialNumber.add(1, ordering: .relaxed).newValue
    temporary = "\(directory)/.\(name.prefix(60)).\(getpid()).\(serial).part"
    let created = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o666)
    guard created >= 0 else { throw WholeFile.systemError(path, .unwritable) }
    defer { close(created) }
    do {
      try Self.reserve(size, created, path)
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Forces the content to the disk and gives the file its name.
  ///
  /// - Throws: `FileError` `unwritable`; the temporary file is still there then.
  func commit() throws {
    try Self.synchronize(temporary, as: path)
    guard rename(temporary, path) == 0 else { throw WholeFile.systemError(path, .unwritable) }
    // Without this a power cut could forget the new name; a directory that cannot be opened or
    // synchronised (some network file systems) does not make the file wrong.
    let folder = open(directory, O_RDONLY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }

  func discard() { unlink(temporary) }

  /// Claims room for a file and gives it back, which shows at once whether it is there.
  private static func reserve(_ size: Int, _ file: Int32, _ path: String) throws {
    guard size > 0 else { return }
    #if !canImport(Darwin)
      let status = posix_fallocate(file, 0, off_t(size))
      // File systems that cannot claim space say so; the writing itself finds out there.
      if status != 0, status != EOPNOTSUPP, status != EINVAL {
        errno = status
        throw WholeFile.systemError(path, .unwritable)
      }
      guard ftruncate(file, 0) == 0 else { throw WholeFile.systemError(path, .unwritable) }
    #endif
  }

  /// The directory, absolute, and the last component.
  private static func split(_ path: String) -> (directory: String, name: String) {
    var directory = "."
    var name = Substring(path)
    if let slash = path.lastIndex(of: "/") {
      directory = slash == path.startIndex ? "/" : String(path[..<slash])
      name = path[path.index(after: slash)...]
    }
    // NetCDF takes a name like "http:x" for an address; an absolute path is safe from that.
    if let absolute = realpath(directory, nil) {
      directory = String(cString: absolute)
      free(absolute)
    }
    return (directory, String(name))
  }

  private static func synchronize(_ temporary: String, as path: String) throws {
    let file = open(temporary, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw WholeFile.systemError(path, .unwritable) }
    defer { close(file) }
    guard fsync(file) == 0 else { throw WholeFile.systemError(path, .unwritable) }
  }
}
