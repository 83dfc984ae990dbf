import Schematic

/// `.op`
enum OperatingPointDecoder: CardDecoder {
  static let names = [".op"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    if let word = cursor.word(), !context.skipTrace(word, &cursor) {
      cursor.position = Int(word.origin.offset)
    }
    return .operatingPoint(OperatingPointCard(origin: context.origin))
  }
}

extension DecodingContext {
  /// gnucap's `trace all`, which asks for more to be printed.
  func skipTrace(_ word: Token, _ cursor: inout Cursor) -> Bool {
    guard word.text == "trace", cursor.word() != nil else { return false }
    report(ForeignParameters.warning(word.text, at: word.origin))
    return true
  }
}

/// `.dc V1 0 5 0.1 [V2 ...]`
enum DCDecoder: CardDecoder {
  static let names = [".dc"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    .dc(DCCard(axes: try SweepReader.axes(&cursor, context), origin: context.origin))
  }
}

/// `.step dec rload 1k 1meg 5`
enum StepDecoder: CardDecoder {
  static let names = [".step"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    .step(StepCard(axes: try SweepReader.axes(&cursor, context), origin: context.origin))
  }
}

/// `.tran step stop [start [stepmax]] [UIC|NOOP]`
enum TransientDecoder: CardDecoder {
  static let names = [".tran"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    let printStep = try time(&cursor, "print step of .tran", from: 0, context)
    let stop = try time(&cursor, "stop time of .tran", above: 0, context)
    var card = TransientCard(printStep: printStep, stopTime: stop, origin: context.origin)
    if printStep > 0, stop / printStep > 2e5 {
      context.report(
        Fault(
          "too-many-points", "the print step gives more than 2e5 points", at: context.origin,
          help: "a hundred thousand of them are written; '.options interp' keeps all",
          severity: .warning))
    }
    var times = 0
    while !cursor.atEnd {
      let start = cursor.position
      if try skipSchedule(&cursor, context) { continue }
      if let word = cursor.word(), !word.text.isNumberLike {
        if context.skipTrace(word, &cursor) { continue }
        guard !card.skipsOperatingPoint else {
          cursor.position = start
          return .tran(card)
        }
        guard ["uic", "noop"].contains(word.text) else {
          throw Fault(
            "unexpected-text", "expected UIC, NOOP or a time", at: word.origin,
            label: NearMiss.label(word.text, among: ["uic", "noop"]))
        }
        card.skipsOperatingPoint = true
        continue
      }
      guard !card.skipsOperatingPoint else {
        cursor.position = start
        return .tran(card)
      }
      cursor.position = start
      switch times {
      case 0:
        card.startTime = try time(&cursor, "start time", from: 0, context)
        guard card.startTime < stop else {
          throw Fault(
            "out-of-range", "results start after the stop time",
            at: cursor.origin(from: start))
        }
      case 1:
        // 0 lets the program choose, as in other simulators
        let largest = try time(&cursor, "largest step", from: 0, context)
        card.stepMaximum = largest > 0 ? largest : nil
      default: return .tran(card)
      }
      times += 1
    }
    return .tran(card)
  }

  /// Xyce's `{schedule(time, largest step, ...)}`: the steps here follow from the error alone.
  private static func skipSchedule(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Bool {
    var ahead = cursor
    let open = ahead.take("{")
    guard let word = ahead.word(), word.text == "schedule", ahead.take("(") else { return false }
    var numbers = 0
    while !ahead.take(")") {
      _ = try context.number(&ahead, of: "schedule")
      _ = ahead.take(",")
      numbers += 1
    }
    if open { try ahead.expect("}") }
    guard numbers > 0, numbers % 2 == 0 else {
      throw Fault(
        "odd-points", "schedule takes pairs of time and largest step",
        at: ahead.origin(from: Int(word.origin.offset)))
    }
    context.report(ForeignParameters.warning("schedule", at: word.origin))
    cursor = ahead
    return true
  }

  private static func time(
    _ cursor: inout Cursor, _ what: String, from low: Double? = nil, above: Double? = nil,
    _ context: DecodingContext
  ) throws(Fault) -> Double {
    cursor.skipBlanks()
    let start = cursor.position
    let value = try context.required(&cursor, what)
    let good = low.map { value >= $0 } ?? above.map { value > $0 } ?? true
    guard good else {
      throw Fault(
        "out-of-range", "the \(what) must be \(low == nil ? "> 0" : ">= 0")",
        at: cursor.origin(from: start))
    }
    return value
  }
}

/// `.temp 27 [85 ...]`: several temperatures are a step over them.
enum TemperatureDecoder: CardDecoder {
  static let names = [".temp"]
  static let phase = CardPhase.beforeParameters

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    cursor.skipBlanks()
    let start = cursor.position
    var values = [try context.required(&cursor, "temperature in degrees Celsius")]
    while !cursor.atEnd { values.append(try context.number(&cursor, of: "temp")) }
    let origin = cursor.origin(from: start)
    try context.checkTemperatures(.list(values), at: origin)
    context.setTemperature(values[0])
    guard values.count > 1 else { return nil }
    let axis = SweepAxis(target: .temperature, points: .list(values), origin: origin)
    return .step(StepCard(axes: [axis], origin: context.origin))
  }
}
