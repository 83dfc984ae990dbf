#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The few things a deck asks of the file system, without Foundation, so that reading a deck starts
/// at once.
enum FileSystem {
  /// No deck file is longer: offsets are 32-bit.
  static let sizeLimit = 1 << 30

  enum Failure: Error {
    case missing
    case folder
    case tooLarge
    /// The system's words.
    case unreadable(String)
  }

  /// A whole file. Reads at most `sizeLimit` bytes, so that a device file cannot fill the memory.
  static func read(_ path: String) throws(Failure) -> [UInt8] {
    guard !path.utf8.contains(0) else { throw .missing }
    let descriptor = open(path, O_RDONLY | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing }
      throw .unreadable(String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(String(cString: strerror(errno)))
    }
    if status.st_mode & S_IFMT == S_IFDIR { throw .folder }
    guard Int(status.st_size) <= sizeLimit else { throw .tooLarge }
    var bytes = [UInt8](repeating: 0, count: max(Int(status.st_size) + 1, 1 << 16))
    var count = 0
    while true {
      if count == bytes.count {
        guard count <= sizeLimit else { throw .tooLarge }
        bytes.append(contentsOf: [UInt8](repeating: 0, count: bytes.count))
      }
      let room = bytes.count - count
      let got = bytes.withUnsafeMutableBytes {
        systemRead(descriptor, $0.baseAddress!.advanced(by: count), room)
      }
      if got < 0 { throw .unreadable(String(cString: strerror(errno))) }
      if got == 0 { break }
      count += got
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  private static func systemRead(
    _ descriptor: Int32, _ target: UnsafeMutableRawPointer, _ count: Int
  ) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, target, count)
    #elseif canImport(Musl)
      Musl.read(descriptor, target, count)
    #else
      Darwin.read(descriptor, target, count)
    #endif
  }

  static func exists(_ path: String) -> Bool {
    !path.utf8.contains(0) && access(path, F_OK) == 0
  }

  static var workingFolder: String {
    guard let buffer = getcwd(nil, 0) else { return "/" }
    defer { free(buffer) }
    return String(cString: buffer)
  }

  /// The files matching a shell pattern, sorted bytewise whatever the locale.
  static func matching(_ pattern: String) -> [String] {
    guard !pattern.utf8.contains(0) else { return [] }
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, GLOB_NOSORT, nil, &found) == 0 else { return [] }
    var paths: [String] = []
    for i in 0..<Int(found.gl_pathc) {
      if let path = found.gl_pathv[i] { paths.append(String(cString: path)) }
    }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// `path` as seen from `folder`, without `.` and `a/..`.
  static func join(_ folder: String, _ path: String) -> String {
    normalised(path.hasPrefix("/") || folder.isEmpty ? path : folder + "/" + path)
  }

  static func normalised(_ path: String) -> String {
    var parts: [Substring] = []
    let absolute = path.hasPrefix("/")
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if !(part == ".." && absolute) {
        parts.append(part)
      }
    }
    return (absolute ? "/" : "") + parts.joined(separator: "/")
  }

  /// The part before the last slash; "" when there is none.
  static func folder(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
