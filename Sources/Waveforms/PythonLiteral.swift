/// Reads the one kind of Python literal that a `.npy` header holds: a dictionary of text to text,
/// booleans and tuples of whole numbers.
struct PythonLiteral {
  enum Value: Equatable {
    case text(String)
    case boolean(Bool)
    case tuple([Int])
  }

  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  private let failure = NumPyHeader.Malformed("its header is not the dictionary NumPy writes")

  mutating func dictionary() throws(NumPyHeader.Malformed) -> [String: Value] {
    var entries: [String: Value] = [:]
    try expect("{")
    while !take("}") {
      let key = try text()
      try expect(":")
      guard entries.updateValue(try value(), forKey: key) == nil else { throw failure }
      if !take(",") {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard position == bytes.endIndex else { throw failure }
    return entries
  }

  private mutating func value() throws(NumPyHeader.Malformed) -> Value {
    skipSpace()
    guard position < bytes.endIndex else { throw failure }
    switch bytes[position] {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "("): return .tuple(try tuple())
    case UInt8(ascii: "["):
      throw NumPyHeader.Malformed("its elements are records, not numbers")
    default:
      if take("True") { return .boolean(true) }
      if take("False") { return .boolean(false) }
      throw failure
    }
  }

  private mutating func text() throws(NumPyHeader.Malformed) -> String {
    skipSpace()
    guard position < bytes.endIndex else { throw failure }
    let quote = bytes[position]
    guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { throw failure }
    let start = position + 1
    guard let end = bytes[start...].firstIndex(of: quote) else { throw failure }
    position = end + 1
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private mutating func tuple() throws(NumPyHeader.Malformed) -> [Int] {
    try expect("(")
    var numbers: [Int] = []
    while !take(")") {
      numbers.append(try number())
      // Python 2 wrote long integers with a suffix.
      _ = take("L")
      if !take(",") {
        try expect(")")
        break
      }
    }
    return numbers
  }

  private mutating func number() throws(NumPyHeader.Malformed) -> Int {
    skipSpace()
    let start = position
    while position < bytes.endIndex,
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position])
    {
      position += 1
    }
    guard let result = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else {
      throw failure
    }
    return result
  }

  private mutating func take(_ word: String) -> Bool {
    skipSpace()
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func expect(_ word: String) throws(NumPyHeader.Malformed) {
    guard take(word) else { throw failure }
  }

  private mutating func skipSpace() {
    while position < bytes.endIndex, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }
}
