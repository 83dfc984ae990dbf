// Numbers in text of any size, read where they stand.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Walks through the bytes of a text.
struct NumberScanner {
  /// A nought ends the bytes, so that the C library stops there.
  private let bytes: [UInt8]
  let end: Int
  var place = 0
  /// Line of `place`, from 1.
  private(set) var line = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes + [0]
    end = bytes.count
  }

  /// The byte at the place; 0 at the end.
  var byte: UInt8 { bytes[place] }

  subscript(_ range: Range<Int>) -> ArraySlice<UInt8> { bytes[range] }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  mutating func skipBlanks() {
    while place < end, Self.isBlank(bytes[place]) { place += 1 }
  }

  mutating func skipBlanksAndLines() {
    while place < end, Self.isBlank(bytes[place]) || bytes[place] == 0x0A { advance() }
  }

  private mutating func advance() {
    if bytes[place] == 0x0A { line += 1 }
    place += 1
  }

  /// The rest of the line; the place is behind its end afterwards. nil at the end of the text.
  mutating func nextLine() -> String? {
    guard place < end else { return nil }
    let start = place
    while place < end, bytes[place] != 0x0A { place += 1 }
    var stop = place
    if stop > start, bytes[stop - 1] == 0x0D { stop -= 1 }
    if place < end { advance() }
    return String(decoding: bytes[start..<stop], as: UTF8.self)
  }

  /// The number that starts at the place and ends before a blank, a comma, or the line's end.
  /// nil, and the place stays, where there is none.
  mutating func number() -> Double? {
    let first = bytes[place]
    guard place < end, !Self.isBlank(first), first > 0x20, first != 0x2C else { return nil }
    var length = 0
    let value = bytes.withUnsafeBytes { buffer -> Double in
      let start = buffer.baseAddress!.advanced(by: place).assumingMemoryBound(to: CChar.self)
      var stop: UnsafeMutablePointer<CChar>?
      let value = strtod(start, &stop)
      length = stop.map { UnsafePointer($0) - start } ?? 0
      return value
    }
    guard length > 0, place + length <= end else { return nil }
    let next = bytes[place + length]
    guard place + length == end || Self.isBlank(next) || next == 0x0A || next == 0x2C else {
      return nil
    }
    place += length
    return value
  }

  /// The word at the place, for messages: what is no number.
  var word: String {
    var stop = place
    while stop < end, stop < place + 40, !Self.isBlank(bytes[stop]), bytes[stop] != 0x0A,
      bytes[stop] != 0x2C
    { stop += 1 }
    let text = String(decoding: bytes[place..<stop], as: UTF8.self)
    return String(text.map { $0.unicodeScalars.allSatisfy { $0.value >= 32 } ? $0 : "?" })
  }
}
