import Numerics
import Schematic

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Cursor {
  /// A number begins here: a digit, or a point and a digit.
  var atNumber: Bool {
    isDigit(byte) || byte == UInt8(ascii: ".") && isDigit(byte(ahead: 1))
  }

  func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

  func isLetter(_ byte: UInt8) -> Bool { byte | 32 >= 97 && byte | 32 <= 122 }

  /// A number without sign, with its engineering suffix and trailing unit: `4.7uF` is 4.7e-6. The
  /// suffix joins the decimal exponent, so that `4.7u` is the double nearest to 4.7e-6.
  mutating func number() throws(Fault) -> Double {
    let start = position
    var mantissa: UInt64 = 0
    var exponent = 0
    var exact = true
    var sawPoint = false
    while isDigit(byte) || byte == UInt8(ascii: ".") && !sawPoint {
      if byte == UInt8(ascii: ".") {
        sawPoint = true
      } else {
        if mantissa < 900_000_000_000_000 {
          mantissa = mantissa * 10 + UInt64(byte - 48)
          if sawPoint { exponent -= 1 }
        } else {
          exact = exact && byte == 48
          if !sawPoint { exponent += 1 }
        }
      }
      position += 1
    }
    let digitsEnd = position
    var written = 0
    if byte | 32 == UInt8(ascii: "e") { written = writtenExponent() }
    let numberEnd = position
    let (power, factor) = suffix()
    if written == 0, !sawPoint, numberEnd == digitsEnd, position == numberEnd + 1 || byteIsR,
      let rkm = bareFraction(power)
    {
      let digits = String(decoding: source.bytes[start..<digitsEnd], as: UTF8.self)
      let value = strtod("\(digits).\(rkm.digits)e\(rkm.power)", nil)
      try finishNumber(from: start, suffixAt: position, value)
      return value
    }
    let total = exponent + written + power
    var value: Double
    if exact && total.magnitude <= 22 {
      let scale = Cursor.powersOfTen[Int(total.magnitude)]
      value = total < 0 ? Double(mantissa) / scale : Double(mantissa) * scale
    } else {
      let digits = String(decoding: source.bytes[start..<digitsEnd], as: UTF8.self)
      value = strtod("\(digits)e\(written + power)", nil)
    }
    value *= factor
    try finishNumber(from: start, suffixAt: numberEnd, value)
    return value
  }

  private static let powersOfTen: [Double] = (0...22).map { Double("1e\($0)") ?? 1 }

  /// The exponent after `e`, bounded; not moved when no digits follow (`e` is then a unit).
  private mutating func writtenExponent() -> Int {
    let start = position
    position += 1
    let negative = byte == UInt8(ascii: "-")
    if negative || byte == UInt8(ascii: "+") { position += 1 }
    guard isDigit(byte) else {
      position = start
      return 0
    }
    var value = 0
    while isDigit(byte) {
      value = min(value * 10 + Int(byte - 48), 99_999)
      position += 1
    }
    return negative ? -value : value
  }

  /// Resistances in ohms have an R for their point: 4R7.
  private var byteIsR: Bool { byte | 32 == UInt8(ascii: "r") }

  /// The digits behind the letter of `4k7`, `4R7` or `2n2`, where the letter stands for the point.
  /// Not of M, which is mega in such values and milli in all others.
  private mutating func bareFraction(_ power: Int) -> (digits: String, power: Int)? {
    var ahead = position
    if byteIsR, power == 0 { ahead += 1 } else if ![3, -6, -9, -12].contains(power) { return nil }
    let first = ahead
    while ahead < end, isDigit(source.bytes[ahead]) { ahead += 1 }
    guard ahead > first, ahead - first < 16 else { return nil }
    // 1k2b is no number
    if ahead < end, Cursor.isWord(source.bytes[ahead]), !isOperator(source.bytes[ahead]) {
      return nil
    }
    position = ahead
    return (String(decoding: source.bytes[first..<ahead], as: UTF8.self), power)
  }

  private func isOperator(_ byte: UInt8) -> Bool { "+-*/%<>!&|^?:".utf8.contains(byte) }

  /// The engineering suffix: its power of ten, and the factor of `mil` (25.4e-6).
  private mutating func suffix() -> (power: Int, factor: Double) {
    let three = (byte | 32, byte(ahead: 1) | 32, byte(ahead: 2) | 32)
    if three == (109, 101, 103) {
      position += 3
      return (6, 1)
    }
    if three == (109, 105, 108) {
      position += 3
      return (-6, 25.4)
    }
    // micro sign and Greek mu in UTF-8
    if (byte, byte(ahead: 1)) == (0xC2, 0xB5) || (byte, byte(ahead: 1)) == (0xCE, 0xBC) {
      position += 2
      return (-6, 1)
    }
    guard let power = Cursor.suffixes[byte | 32], isLetter(byte) else { return (0, 1) }
    if byte | 32 == UInt8(ascii: "a"), isAmpere { return (0, 1) }
    position += 1
    return (power, 1)
  }

  /// `1A` and `1Amp` are amperes, as Xyce has it, and `1aF` is an attofarad; to ngspice all are
  /// atto.
  private var isAmpere: Bool {
    guard dialect == .xyce else { return false }
    let next = byte(ahead: 1)
    return !isLetter(next) && next < 0x80
      || next | 32 == UInt8(ascii: "m") && byte(ahead: 2) | 32 == UInt8(ascii: "p")
  }

  private static let suffixes: [UInt8: Int] = [
    UInt8(ascii: "t"): 12, UInt8(ascii: "g"): 9, UInt8(ascii: "x"): 6, UInt8(ascii: "k"): 3,
    UInt8(ascii: "m"): -3, UInt8(ascii: "u"): -6, UInt8(ascii: "n"): -9, UInt8(ascii: "p"): -12,
    UInt8(ascii: "f"): -15, UInt8(ascii: "a"): -18,
  ]

  /// Passes the trailing unit, warns where it contradicts the suffix and refuses what is no number.
  private mutating func finishNumber(
    from start: Int, suffixAt: Int, _ value: Double
  ) throws(Fault) {
    let unitStart = position
    while isLetter(byte) || byte >= 0x80 { position += 1 }
    if position > suffixAt, source.bytes[suffixAt] | 32 == UInt8(ascii: "m"),
      unitStart == suffixAt + 1
    {
      let unit = lowercased(unitStart, position)
      let upper = source.bytes[suffixAt] == UInt8(ascii: "M")
      if unit == "hz" || upper && ["ohm", "ohms", "ω", "Ω"].contains(unit) {
        faults.report(
          Fault(
            "milli-suffix", "the suffix M is milli (1e-3), not mega", at: origin(from: start),
            label: "this is \(value)", help: "write MEG for 1e6", severity: .warning))
      }
    }
    if position == suffixAt + 1, source.bytes[suffixAt] | 32 == UInt8(ascii: "a") {
      let isAmpere = dialect == .xyce
      faults.report(
        Fault(
          "atto-suffix",
          isAmpere ? "A is the unit ampere here, not atto (1e-18)" : "the suffix A is atto (1e-18)",
          at: origin(from: start), label: "this is \(value)",
          help: isAmpere ? "write e-18 for atto" : "leave it out for amperes", severity: .warning))
    }
    guard value.isFinite else {
      throw Fault("number-overflow", "this number is too large", at: origin(from: start))
    }
    if isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") {
      while Cursor.isWord(byte) { position += 1 }
      throw Fault("malformed-number", "this is not a number", at: origin(from: start))
    }
  }
}

extension Cursor {
  /// A number, with sign, that stands alone: the quick way for most values of most decks. Nil and
  /// not moved where an expression or something else comes.
  mutating func literal() throws(Fault) -> Double? {
    skipBlanks()
    let start = position
    let negative = byte == UInt8(ascii: "-")
    if negative || byte == UInt8(ascii: "+") { position += 1 }
    if atNumber {
      let value = try number()
      switch byte {
      case 0, 9, 10, 13, 32, UInt8(ascii: ")"), UInt8(ascii: ","):
        let stop = position
        skipBlanks()
        if position == stop || BinaryOperator.at(self) == nil
          || !isBlank(byte(ahead: BinaryOperator.at(self)?.length ?? 1))
        {
          position = stop
          return negative ? -value : value
        }
      default: break
      }
    }
    position = start
    return nil
  }
}
