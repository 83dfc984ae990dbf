import Schematic

/// A word of a deck with its place; lower case, because decks are case-insensitive.
struct Token: Sendable, Hashable {
  var text: String
  var origin: Origin
}

/// A reader over the bytes of one statement. It knows blanks, comments and continuation lines, so
/// that whoever uses it sees words, punctuation and expressions only.
struct Cursor {
  /// Longer names are no names, and would be hashed and shown over and over.
  static let nameLimit = 1 << 16

  let source: SourceFile
  let file: Int32
  let end: Int
  let dialect: Dialect
  /// Where warnings met while reading go; errors are thrown.
  let faults: FaultCollector
  var position: Int

  init(_ line: LogicalLine, in source: SourceFile, dialect: Dialect, faults: FaultCollector) {
    self.source = source
    file = line.file
    position = Int(line.start)
    end = Int(line.end)
    self.dialect = dialect
    self.faults = faults
  }

  /// The byte here, or 0 at the end.
  var byte: UInt8 { position < end ? source.bytes[position] : 0 }

  func byte(ahead: Int) -> UInt8 {
    position + ahead < end ? source.bytes[position + ahead] : 0
  }

  func origin(from start: Int) -> Origin {
    Origin(file: file, offset: Int32(start), length: Int32(max(0, position - start)))
  }

  /// The next visible character, for "expected ..." messages; at the end, the place after it.
  var here: Origin {
    Origin(file: file, offset: Int32(position), length: 1)
  }

  /// Skips blanks, comments and the joints of continuation lines; true if it moved.
  @discardableResult
  mutating func skipBlanks() -> Bool {
    let start = position
    while position < end {
      switch source.bytes[position] {
      case 32, 9, 13: position += 1
      case 10: skipJoint()
      case UInt8(ascii: ";"): skipToEndOfLine()
      case UInt8(ascii: "$"):
        // a comment only after a blank; $g_name is a node
        guard position > 0, isBlank(source.bytes[position - 1]), !beginsGlobalNode else {
          return position > start
        }
        skipToEndOfLine()
      case UInt8(ascii: "/"):
        // ngspice's comment, where no expression is under way
        guard byte(ahead: 1) == UInt8(ascii: "/") else { return position > start }
        skipToEndOfLine()
      default: return position > start
      }
    }
    return position > start
  }

  private var beginsGlobalNode: Bool {
    byte(ahead: 1) | 32 == UInt8(ascii: "g") && byte(ahead: 2) == UInt8(ascii: "_")
  }

  /// At a line end inside the statement: goes past the next `+`.
  private mutating func skipJoint() {
    while position < end, source.bytes[position] == 10 {
      position += 1
      while position < end, isBlank(source.bytes[position]), source.bytes[position] != 10 {
        position += 1
      }
      if byte == UInt8(ascii: "+") {
        position += 1
        return
      }
      skipToEndOfLine()
    }
  }

  private mutating func skipToEndOfLine() {
    while position < end, source.bytes[position] != 10 { position += 1 }
  }

  func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 || byte == 10 }

  /// Nothing but blanks and comments follows.
  var atEnd: Bool {
    mutating get {
      skipBlanks()
      return position >= end
    }
  }

  /// Takes the punctuation mark if it comes next.
  mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard byte == UInt8(ascii: mark), position < end else { return false }
    position += 1
    return true
  }

  mutating func expect(_ mark: Unicode.Scalar) throws(Fault) {
    guard take(mark) else {
      throw Fault("expected-mark", "expected '\(mark)'", at: here, label: found)
    }
  }

  /// "found ','", for labels.
  var found: String {
    if position >= end { return "the statement ends here" }
    if byte < 32 || byte > 126 { return "here" }
    return "found '\(Character(Unicode.Scalar(byte)))'"
  }

  /// A word: a run of bytes up to a blank, a comma, a bracket, `=` or a quote. Square brackets
  /// belong to words, so that `out[0:191]` is one.
  mutating func word() -> Token? {
    skipBlanks()
    let start = position
    while position < end, Cursor.isWord(source.bytes[position]) { position += 1 }
    guard position > start else { return nil }
    return Token(text: lowercased(start, position), origin: origin(from: start))
  }

  mutating func word(_ what: String) throws(Fault) -> Token {
    guard let token = word() else {
      throw Fault("expected-word", "expected \(what)", at: here, label: found)
    }
    guard token.text.utf8.count <= Cursor.nameLimit else {
      throw Fault(
        "name-too-long", "a name has at most \(Cursor.nameLimit) bytes", at: token.origin)
    }
    return token
  }

  /// The name in `name=`, with the equals sign; nil and not moved when something else comes next.
  mutating func key() -> Token? {
    let start = position
    if let token = word(), take("="), byte != UInt8(ascii: "=") { return token }
    position = start
    return nil
  }

  /// A text in double or single quotes or a bare word; its case is kept.
  mutating func quoted(_ what: String) throws(Fault) -> Token {
    skipBlanks()
    let mark = byte
    guard mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'") else {
      let token = try word(what)
      let bytes = source.bytes[Int(token.origin.offset)..<position]
      return Token(text: String(decoding: bytes, as: UTF8.self), origin: token.origin)
    }
    let start = position
    position += 1
    while position < end, byte != mark, byte != 10 { position += 1 }
    guard position < end, byte == mark else {
      throw Fault(
        "unterminated-text", "this text has no closing quote", at: origin(from: start),
        label: "opened here")
    }
    let text = String(decoding: source.bytes[start + 1..<position], as: UTF8.self)
    position += 1
    return Token(text: text, origin: origin(from: start))
  }

  /// What is left of the line, as it stands there.
  var rest: String {
    mutating get {
      skipBlanks()
      let start = position
      while position < end, byte != 10, byte != 13 { position += 1 }
      return String(decoding: source.bytes[start..<position], as: UTF8.self)
    }
  }

  /// Refuses anything that is left of the statement.
  mutating func finish() throws(Fault) {
    guard !atEnd else { return }
    let start = position
    if word() == nil { position += 1 }
    throw Fault("unexpected-text", "nothing more was expected here", at: origin(from: start))
  }

  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...32, UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "="),
      UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "'"), UInt8(ascii: "\""),
      UInt8(ascii: ";"):
      false
    default: true
    }
  }

  func lowercased(_ start: Int, _ stop: Int) -> String {
    Cursor.lowercased(source.bytes, start, stop)
  }

  /// ASCII letters lowered, bytes that are no UTF-8 replaced.
  static func lowercased(_ bytes: [UInt8], _ start: Int, _ stop: Int) -> String {
    let count = stop - start
    if count <= 64 {
      return String(unsafeUninitializedCapacity: count) { target in
        for i in 0..<count {
          let byte = bytes[start + i]
          target[i] = byte >= 65 && byte <= 90 ? byte | 32 : byte
        }
        return count
      }
    }
    let lowered = bytes[start..<stop].map { $0 >= 65 && $0 <= 90 ? $0 | 32 : $0 }
    return String(decoding: lowered, as: UTF8.self)
  }
}
