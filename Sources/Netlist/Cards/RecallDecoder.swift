import Schematic

/// `.recall probes=corrupt(0.25) trials=20 tstop=5u stop=error<0.05 thermal=on`
enum RecallDecoder: CardDecoder {
  static let names = [".recall"]
  static let keys = ["probes", "trials", "tstop", "stop", "thermal", "step", "samples", "readout"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    var probes: (value: RecallCard.Probes, origin: Origin)?
    var stopTime: (value: Double, origin: Origin)?
    var trials = 1
    var target: Double?
    var thermal = true
    var step: Double?
    var samples: Int?
    var readout: Double?
    while !cursor.atEnd {
      let key = try cursor.key(
        "probes=, trials=, tstop=, stop=, thermal=, step=, samples= or readout=")
      switch key.text {
      case "probes": probes = try self.probes(&cursor, context)
      case "trials": trials = try context.integer(&cursor, of: key.text, in: 1...10_000_000)
      case "tstop": stopTime = try seconds(key.text, &cursor, context)
      case "stop": target = try self.target(&cursor, context)
      case "thermal": thermal = try cursor.flag(key.text)
      case "step": step = try seconds(key.text, &cursor, context).value
      case "samples": samples = try context.integer(&cursor, of: key.text, in: 2...10_000_000)
      case "readout": readout = try seconds(key.text, &cursor, context).value
      default: throw cursor.unknownKey(key, among: keys)
      }
    }
    guard let probes else {
      throw Fault("missing-argument", ".recall needs probes=", at: context.origin)
    }
    guard let stopTime else {
      throw Fault("missing-argument", ".recall needs tstop=", at: context.origin)
    }
    return .recall(
      RecallCard(
        probes: probes.value, probesOrigin: probes.origin, trials: trials,
        stopTime: stopTime.value, stopTimeOrigin: stopTime.origin, targetError: target,
        thermal: thermal, stepMaximum: step, samples: samples, readoutTime: readout,
        origin: context.origin))
  }

  private static func seconds(
    _ name: String, _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> (value: Double, origin: Origin) {
    cursor.skipBlanks()
    let start = cursor.position
    let value = try context.number(&cursor, of: name)
    guard value > 0 else {
      throw Fault(
        "out-of-range", "'\(name)' must be greater than 0 seconds",
        at: cursor.origin(from: start))
    }
    return (value, cursor.origin(from: start))
  }

  /// `error<0.05`.
  private static func target(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Double {
    cursor.skipBlanks()
    let start = cursor.position
    while cursor.isLetter(cursor.byte) { cursor.position += 1 }
    guard cursor.lowercased(start, cursor.position) == "error", cursor.take("<") else {
      if Cursor.isWord(cursor.byte) { cursor.position += 1 }
      throw Fault(
        "malformed-stop", "expected a condition such as error<0.05",
        at: cursor.origin(from: start))
    }
    let range = Double.leastNormalMagnitude...1
    return try context.number(&cursor, of: "stop", in: range)
  }

  /// `corrupt(0.25)`, `noise(0.5)`, `occlude(0.3)` or `file("x.png")`.
  private static func probes(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> (value: RecallCard.Probes, origin: Origin) {
    let kind = try cursor.word("corrupt(...), noise(...), occlude(...) or file(...)")
    let known = ["corrupt", "noise", "occlude", "file"]
    guard known.contains(kind.text) else {
      throw Fault(
        "unknown-choice", "there are no probes '\(kind.text)'", at: kind.origin,
        label: NearMiss.label(kind.text, among: known),
        help: "they can be \(known.joined(separator: ", "))")
    }
    try cursor.expect("(")
    let value: RecallCard.Probes
    switch kind.text {
    case "corrupt":
      value = .corrupt(try context.number(&cursor, of: kind.text, in: 0...1))
    case "noise": value = .noise(try context.number(&cursor, of: kind.text, in: 0...1e3))
    case "occlude":
      value = .occlude(try context.number(&cursor, of: kind.text, in: 0...1))
    default: value = .file(try context.files(try cursor.quoted("a file"))[0])
    }
    try cursor.expect(")")
    return (value, cursor.origin(from: Int(kind.origin.offset)))
  }
}
