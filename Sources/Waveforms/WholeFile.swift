// Files that are there whole or not at all: written under a temporary name in the same directory,
// forced to the disk, and renamed (PendingFile). Reading checks that the name is a regular
// file first, because a pipe or a device would never end.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

enum WholeFile {
  /// Lets `fill` write the file under a temporary name, then gives it its own.
  ///
  /// - Parameter reserving: bytes that must be free on the disk before `fill` is called.
  /// - Throws: `FileError` `unwritable`; what `fill` throws. The temporary file is gone then, and
  ///   an older file of the name is as it was.
  static func write(
    to path: String, reserving size: Int = 0, _ fill: (_ temporary: String) throws -> Void
  ) throws {
    let pending = try PendingFile(path, reserving: size)
    do {
      try fill(pending.temporary)
      try pending.commit()
    } catch {
      pending.discard()
      throw error
    }
  }

  /// Writes `bytes` as the whole file.
  static func write(_ bytes: [UInt8], to path: String) throws {
    try write(to: path) { temporary in
      let file = try ByteFile(temporary, for: path)
      try bytes.withUnsafeBytes { try file.write($0) }
      try file.finish()
    }
  }

  /// The whole content of a regular file.
  ///
  /// - Throws: `FileError` `unreadable`, or `malformed` above `limit` bytes.
  static func read(_ path: String, limit: Int) throws -> [UInt8] {
    try read(path, count: size(path, limit: limit))
  }

  /// The first bytes of a regular file, fewer where it is shorter.
  static func start(_ path: String, count: Int) throws -> [UInt8] {
    try read(path, count: min(count, size(path, limit: .max)))
  }

  private static func read(_ path: String, count size: Int) throws -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw systemError(path, .unreadable) }
    defer { close(file) }
    var failure: FileError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, done in
      while done < size {
        #if canImport(Darwin)
          let count = Darwin.read(file, buffer.baseAddress! + done, size - done)
        #elseif canImport(Musl)
          let count = Musl.read(file, buffer.baseAddress! + done, size - done)
        #else
          let count = Glibc.read(file, buffer.baseAddress! + done, size - done)
        #endif
        if count < 0, errno == EINTR { continue }
        if count < 0 { failure = systemError(path, .unreadable) }
        if count <= 0 { return }
        done += count
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// The size of a regular file in bytes.
  static func size(_ path: String, limit: Int) throws -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw systemError(path, .unreadable) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let what = status.st_mode & S_IFMT == S_IFDIR ? "it is a directory" : "it is not a file"
      throw FileError(path, .unreadable, what)
    }
    let size = Int(status.st_size)
    guard size <= limit else {
      throw FileError(path, .malformed, "it has \(size) bytes, more than the limit of \(limit)")
    }
    return size
  }

  /// Removes a file, if it is there.
  static func remove(_ path: String) { unlink(path) }

  /// What the last system call met.
  static func systemError(_ path: String, _ problem: FileError.Problem) -> FileError {
    let number = errno
    let reason = String(cString: strerror(number))
    return FileError(path, problem, reason.prefix(1).lowercased() + reason.dropFirst())
  }
}
