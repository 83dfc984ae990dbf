// A checksum behind the end of a NetCDF file. HDF5 finds a file that is cut off, but checks none of
// its tables' bytes, and some that have changed lead it through wild pointers. It does not look
// behind the end that its header tells, so there is room for a seal; a file without one, of another
// program say, is read as it is.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The seal: 16 bytes that say what it is, the length before it, and the digest of that length of
/// bytes, both as 8 bytes with the least first.
enum FileSeal {
  private static let mark = Array("\nOSCINE SEAL 01\n".utf8)
  private static let size = 32
  private static let blockSize = 1 << 20

  /// Seals the file.
  ///
  /// - Parameter named: its name in errors.
  /// - Throws: `FileError` `unwritable`.
  static func seal(_ path: String, named: String) throws {
    let file = open(path, O_RDWR | O_CLOEXEC)
    guard file >= 0 else { throw WholeFile.systemError(named, .unwritable) }
    defer { close(file) }
    let length = lseek(file, 0, SEEK_END)
    guard length >= 0, let digest = digest(file, Int(length)) else {
      throw WholeFile.systemError(named, .unwritable)
    }
    var bytes = mark
    for word in [UInt64(length), digest] {
      bytes += (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
    guard lseek(file, 0, SEEK_END) == length, write(file, bytes, bytes.count) == bytes.count else {
      throw WholeFile.systemError(named, .unwritable)
    }
  }

  /// Compares a sealed file with its seal.
  ///
  /// - Throws: `FileError` `unreadable`, or `malformed` where bytes have changed.
  static func check(_ path: String) throws {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw WholeFile.systemError(path, .unreadable) }
    defer { close(file) }
    let end = Int(lseek(file, 0, SEEK_END))
    var tail = [UInt8](repeating: 0, count: min(end, 2 * size))
    guard pread(file, &tail, tail.count, off_t(end - tail.count)) == tail.count,
      let start = tail.indices.last(where: { tail[$0...].starts(with: mark.prefix(8)) })
    else { return }
    let seal = Array(tail[start...])
    func word(_ place: Int) -> UInt64 {
      (0..<8).reduce(0) { $0 | UInt64(seal[place + $1]) << (8 * $1) }
    }
    guard seal.count == size, seal.starts(with: mark), word(16) == UInt64(end - size),
      word(24) == digest(file, end - size)
    else { throw FileError(path, .malformed, "its bytes have changed since it was written") }
  }

  /// Of the first bytes: four lanes, each a bijection of its state for any word, so that no single
  /// change is lost; nil where they cannot be read.
  private static func digest(_ file: Int32, _ length: Int) -> UInt64? {
    var lanes: SIMD4<UInt64> = [1, 2, 3, 5]
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockSize, alignment: 32)
    defer { block.deallocate() }
    var place = 0
    while place < length {
      let count = min(blockSize, length - place)
      var done = 0
      while done < count {
        let more = pread(file, block.baseAddress! + done, count - done, off_t(place + done))
        if more < 0, errno == EINTR { continue }
        guard more > 0 else { return nil }
        done += more
      }
      let padded = (count + 31) & ~31
      for k in count..<padded { block[k] = 0 }
      for start in stride(from: 0, to: padded, by: 32) {
        lanes ^= block.loadUnaligned(fromByteOffset: start, as: SIMD4<UInt64>.self)
        lanes = lanes &* 0x9E37_79B9_7F4A_7C15
        lanes ^= lanes &>> 29
      }
      place += count
    }
    return (0..<4).reduce(UInt64(length)) { ($0 ^ lanes[$1]) &* 0xD6E8_FEB8_6659_FD93 }
  }
}
