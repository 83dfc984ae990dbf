import Schematic

/// `.pss [v(out[,ref])] [fund=f] [period=t] [tstab=t] [harms=n] [points=n] [tolerance=x] [uic]
/// [noise=dec n f1 f2]`, and ngspice's
/// `.pss f tstab node points harms [iterations [steady]] [uic]`.
enum PeriodicSteadyStateDecoder: CardDecoder {
  static let names = [".pss"]
  static let keys = [
    "fund", "period", "tstab", "harms", "points", "tolerance", "noise",
  ]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    var card = PeriodicSteadyStateCard(origin: context.origin)
    cursor.skipBlanks()
    if cursor.isDigit(cursor.byte) || cursor.byte == UInt8(ascii: ".") {
      try positional(&cursor, &card, context)
      return .pss(card)
    }
    while !cursor.atEnd {
      if let key = cursor.key() {
        try read(key, &cursor, &card, context)
        continue
      }
      let word = try cursor.word("v(node), uic, fund=, tstab=, harms=, points= or noise=")
      switch word.text {
      case "uic", "noop": card.skipsOperatingPoint = true
      case "v" where card.node == nil: try node(&cursor, &card, context)
      default:
        throw Fault(
          "unexpected-text", "expected v(node), UIC or a setting", at: word.origin,
          label: NearMiss.label(word.text, among: ["v", "uic"] + keys))
      }
    }
    return .pss(card)
  }

  private static func node(
    _ cursor: inout Cursor, _ card: inout PeriodicSteadyStateCard, _ context: DecodingContext
  ) throws(Fault) {
    try cursor.expect("(")
    card.node = try context.existingNode(try cursor.word("the node that oscillates"))
    if cursor.take(",") || cursor.isWordNext {
      card.reference = try context.existingNode(try cursor.word("the node of reference"))
    }
    try cursor.expect(")")
  }

  private static func read(
    _ key: Token, _ cursor: inout Cursor, _ card: inout PeriodicSteadyStateCard,
    _ context: DecodingContext
  ) throws(Fault) {
    let positive = Double.leastNormalMagnitude...1e300
    switch key.text {
    case "fund": card.frequency = try context.number(&cursor, of: key.text, in: positive)
    case "period": card.frequency = 1 / (try context.number(&cursor, of: key.text, in: positive))
    case "tstab": card.stabilisationTime = try context.number(&cursor, of: key.text, in: 0...1e300)
    case "harms": card.harmonicCount = try context.integer(&cursor, of: key.text, in: 1...10_000)
    case "points": card.pointCount = try context.integer(&cursor, of: key.text, in: 2...10_000_000)
    case "tolerance": card.tolerance = try context.number(&cursor, of: key.text, in: 1e-12...1e-2)
    case "noise":
      let (points, table) = try ACDecoder.frequencies(&cursor, context)
      guard table == nil else {
        throw Fault("unknown-choice", "offsets cannot stand in a table", at: key.origin)
      }
      card.offsets = points
    default: throw cursor.unknownKey(key, among: keys)
    }
  }

  /// ngspice's form; its numbers of iterations and steadiness have no meaning here.
  private static func positional(
    _ cursor: inout Cursor, _ card: inout PeriodicSteadyStateCard, _ context: DecodingContext
  ) throws(Fault) {
    let positive = Double.leastNormalMagnitude...1e300
    card.frequency = try context.number(&cursor, of: "frequency", in: positive)
    card.stabilisationTime = try context.number(&cursor, of: "time of stabilisation", in: 0...1e300)
    card.node = try context.existingNode(try cursor.word("the node that oscillates"))
    card.pointCount = try context.integer(&cursor, of: "points", in: 2...10_000_000)
    card.harmonicCount = try context.integer(&cursor, of: "harmonics", in: 1...10_000)
    var numbers = 0
    while !cursor.atEnd {
      let start = cursor.position
      if let word = cursor.word(), word.text == "uic" {
        card.skipsOperatingPoint = true
        continue
      }
      cursor.position = start
      guard numbers < 2 else { return }
      _ = try context.number(&cursor, of: numbers == 0 ? "iterations" : "steadiness")
      numbers += 1
    }
  }
}
