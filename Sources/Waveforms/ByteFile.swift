// Bytes and numbers into a file, through one buffer.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file written from front to back, whose earlier bytes can be patched.
final class ByteFile {
  private static let capacity = 1 << 17
  /// The longest text of one number, and more.
  private static let numberMaximum = 32

  /// Name for errors, where the file has a temporary one.
  private let path: String
  private var file: Int32
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
  private var filled = 0
  private var flushed = 0

  /// - Throws: `FileError` `unwritable`.
  init(_ temporary: String, for path: String) throws {
    self.path = path
    file = open(temporary, O_WRONLY | O_TRUNC | O_CREAT | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw WholeFile.systemError(path, .unwritable) }
  }

  deinit {
    close()
    buffer.deallocate()
  }

  /// Bytes so far.
  var position: Int { flushed + filled }

  func write(byte: UInt8) throws {
    if filled == Self.capacity { try flush() }
    buffer[filled] = byte
    filled += 1
  }

  func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      if filled == Self.capacity { try flush() }
      let count = min(rest.count, Self.capacity - filled)
      UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<(filled + count)])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: rest.prefix(count)))
      filled += count
      rest = rest.dropFirst(count)
    }
  }

  /// The shortest decimal number that reads back as the same bits.
  func write(number: Double) throws {
    if Self.capacity - filled < Self.numberMaximum { try flush() }
    var text = number.description
    filled += text.withUTF8 { digits in
      (buffer.baseAddress! + filled).copyMemory(from: digits.baseAddress!, byteCount: digits.count)
      return digits.count
    }
  }

  func write(number: Int) throws { try write(number.description) }

  /// Little-endian IEEE 754.
  func write(binary number: Double) throws {
    if Self.capacity - filled < 8 { try flush() }
    (buffer.baseAddress! + filled)
      .storeBytes(of: number.bitPattern.littleEndian, as: UInt64.self)
    filled += 8
  }

  /// Replaces bytes that were written before.
  func patch(_ text: String, at place: Int) throws {
    try flush()
    let bytes = Array(text.utf8)
    precondition(place + bytes.count <= flushed, "a patch beyond the end")
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        pwrite(file, $0.baseAddress! + done, bytes.count - done, off_t(place + done))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw WholeFile.systemError(path, .unwritable) }
      done += count
    }
  }

  func flush() throws {
    var done = 0
    while done < filled {
      let rest = UnsafeRawBufferPointer(rebasing: buffer[done..<filled])
      #if canImport(Darwin)
        let count = Darwin.write(file, rest.baseAddress, rest.count)
      #elseif canImport(Musl)
        let count = Musl.write(file, rest.baseAddress, rest.count)
      #else
        let count = Glibc.write(file, rest.baseAddress, rest.count)
      #endif
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw WholeFile.systemError(path, .unwritable) }
      done += count
    }
    flushed += filled
    filled = 0
  }

  /// Writes what is left, then closes.
  func finish() throws {
    try flush()
    close()
  }

  /// Closes; what is still in the buffer is lost.
  func close() {
    guard file >= 0 else { return }
    #if canImport(Darwin)
      _ = Darwin.close(file)
    #elseif canImport(Musl)
      _ = Musl.close(file)
    #else
      _ = Glibc.close(file)
    #endif
    file = -1
  }
}
