// Files that are there whole or not at all: written under a temporary name in the same directory,
// forced to the disk, and renamed. Reading checks that the name is a regular file first, because
// a pipe or a device would never end.

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

enum WholeFile {
  /// Lets `fill` write the file under a temporary name, then gives it its own.
  ///
  /// - Parameter reserving: bytes that must be free on the disk before `fill` is called.
  /// - Throws: `FileError` `unwritable`; what `fill` throws. The temporary file is gone then, and
  ///   an older file of the name is as it was.
  static func write(
    to path: String, reserving size: Int = 0, _ fill: (_ temporary: String) throws -> Void
  ) throws {
    var existing = stat()
    if stat(path, &existing) == 0, existing.st_mode & S_IFMT != S_IFREG {
      // Renaming over a device such as /dev/null would remove it.
      throw FileError(path, .unwritable, "it is not a regular file")
    }
    let (directory, name) = split(path)
    let serial = serialNumber.add(1, ordering: .relaxed).newValue
    let temporary = "\(directory)/.\(name.prefix(60)).\(getpid()).\(serial).part"
    let created = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o666)
    guard created >= 0 else { throw systemError(path, .unwritable) }
    do {
      defer { close(created) }
      try reserve(size, created, path)
    } catch {
      unlink(temporary)
      throw error
    }
    do {
      try fill(temporary)
      try synchronize(temporary, as: path)
      guard rename(temporary, path) == 0 else { throw systemError(path, .unwritable) }
    } catch {
      unlink(temporary)
      throw error
    }
    // Without this a power cut could forget the new name; a directory that cannot be opened or
    // synchronised (some network file systems) does not make the file wrong.
    let folder = open(directory, O_RDONLY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }

  /// Claims room for a file and gives it back, which shows at once whether it is there.
  private static func reserve(_ size: Int, _ file: Int32, _ path: String) throws {
    guard size > 0 else { return }
    #if !canImport(Darwin)
      let status = posix_fallocate(file, 0, off_t(size))
      // File systems that cannot claim space say so; the writing itself finds out there.
      if status != 0, status != EOPNOTSUPP, status != EINVAL {
        errno = status
        throw systemError(path, .unwritable)
      }
      guard ftruncate(file, 0) == 0 else { throw systemError(path, .unwritable) }
    #endif
  }

  /// Writes `bytes` as the whole file.
  static func write(_ bytes: [UInt8], to path: String) throws {
    try write(to: path) { temporary in
      let file = open(temporary, O_WRONLY | O_TRUNC | O_CLOEXEC)
      guard file >= 0 else { throw systemError(path, .unwritable) }
      defer { close(file) }
      try bytes.withUnsafeBytes { buffer in
        var done = 0
        while done < buffer.count {
          #if canImport(Darwin)
            let count = Darwin.write(file, buffer.baseAddress! + done, buffer.count - done)
          #elseif canImport(Musl)
            let count = Musl.write(file, buffer.baseAddress! + done, buffer.count - done)
          #else
            let count = Glibc.write(file, buffer.baseAddress! + done, buffer.count - done)
          #endif
          if count < 0, errno == EINTR { continue }
          guard count > 0 else { throw systemError(path, .unwritable) }
          done += count
        }
      }
    }
  }

  /// The whole content of a regular file.
  ///
  /// - Throws: `FileError` `unreadable`, or `malformed` above `limit` bytes.
  static func read(_ path: String, limit: Int) throws -> [UInt8] {
    let size = try size(path, limit: limit)
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
    guard file >= 0 else { throw systemError(path, .unwritable) }
    defer { close(file) }
    guard fsync(file) == 0 else { throw systemError(path, .unwritable) }
  }

  private static func systemError(_ path: String, _ problem: FileError.Problem) -> FileError {
    let number = errno
    let reason = String(cString: strerror(number))
    return FileError(path, problem, reason.prefix(1).lowercased() + reason.dropFirst())
  }
}
