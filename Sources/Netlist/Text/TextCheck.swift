import Schematic

/// What no deck may contain, looked for before anything is read.
enum TextCheck {
  static func fault(in bytes: [UInt8], file: Int32) -> Fault? {
    if let nul = bytes.firstIndex(of: 0) {
      return Fault(
        "nul-byte", "this file holds a NUL byte: it is no text",
        at: Origin(file: file, offset: Int32(nul), length: 1))
    }
    var index = 0
    let count = bytes.count
    var unread: [Range<Int>]?
    while index < count {
      guard bytes[index] >= 0x80 else {
        index += 1
        continue
      }
      let length = sequenceLength(bytes, index)
      guard length > 0 else {
        // old files write their comments in Latin-1
        let passed = unread ?? Self.unread(of: bytes)
        unread = passed
        if isRemark(bytes, index) || passed.contains(where: { $0.contains(index) }) {
          index = bytes[index...].firstIndex(of: 10) ?? count
          continue
        }
        return Fault(
          "invalid-utf8", "this byte is not UTF-8",
          at: Origin(file: file, offset: Int32(index), length: 1),
          help: "save the file as UTF-8")
      }
      index += length
    }
    return nil
  }

  /// Commands of `.control` blocks and what stands behind `.end`.
  private static func unread(of bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var opened: Int?
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
      let word = bytes[start..<end].drop { $0 == 32 || $0 == 9 }.prefix { $0 > 32 }
      if word.first == UInt8(ascii: "."), word.count <= 8 {
        switch Cursor.lowercased(bytes, word.startIndex, word.endIndex) {
        case ".control": opened = opened ?? start
        case ".endc":
          if let first = opened { ranges.append(first..<end) }
          opened = nil
        case ".end" where opened == nil: return ranges + [start..<bytes.count]
        default: break
        }
      }
      start = end + 1
    }
    return ranges
  }

  /// Whether the byte stands in the first line, in a comment line or behind a comment's mark.
  private static func isRemark(_ bytes: [UInt8], _ index: Int) -> Bool {
    var start = index
    while start > 0, bytes[start - 1] != 10 { start -= 1 }
    if start == 0 { return true }
    var isBlank = true
    for place in start..<index {
      switch bytes[place] {
      case UInt8(ascii: "*") where isBlank: return true
      case UInt8(ascii: ";"): return true
      case UInt8(ascii: "/") where bytes[place + 1] == UInt8(ascii: "/"): return true
      case UInt8(ascii: "$") where place == start || bytes[place - 1] <= 32: return true
      case 0...32: continue
      default: isBlank = false
      }
    }
    return false
  }

  /// Bytes of the character at `index`; 0 where there is none (Unicode 15, table 3-7).
  private static func sequenceLength(_ bytes: [UInt8], _ index: Int) -> Int {
    let lead = bytes[index]
    let (length, low, high): (Int, UInt8, UInt8) =
      switch lead {
      case 0xC2...0xDF: (2, 0x80, 0xBF)
      case 0xE0: (3, 0xA0, 0xBF)
      case 0xED: (3, 0x80, 0x9F)
      case 0xE1...0xEF: (3, 0x80, 0xBF)
      case 0xF0: (4, 0x90, 0xBF)
      case 0xF1...0xF3: (4, 0x80, 0xBF)
      case 0xF4: (4, 0x80, 0x8F)
      default: (0, 0, 0)
      }
    guard length > 0, index + length <= bytes.count, (low...high).contains(bytes[index + 1])
    else { return 0 }
    for next in bytes[(index + 2)..<max(index + 2, index + length)] where next & 0xC0 != 0x80 {
      return 0
    }
    return length
  }
}
