import Numerics
import Schematic

/// `.sweep spread log(1e-5, 1e-1, 13) levels list(8, 16) trials=200`: the first varies slowest. It
/// varies what `.step` can; a name alone is a parameter where there is one.
enum SweepDecoder: CardDecoder {
  static let names = [".sweep"]
  static let pointLimit = 1_000_000

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    var axes: [SweepCard.Axis] = []
    var trials: Int?
    var points = 1
    while !cursor.atEnd {
      if let key = cursor.key() {
        guard key.text == "trials" else { throw cursor.unknownKey(key, among: ["trials"]) }
        trials = try context.integer(&cursor, of: key.text, in: 1...10_000_000)
        continue
      }
      let name = try cursor.word("the name of a parameter")
      let target = try target(name, context)
      let (spacing, values) = try self.values(&cursor, context)
      if target == .temperature { try context.checkTemperatures(.list(values), at: name.origin) }
      points *= values.count
      guard points <= pointLimit else {
        throw Fault(
          "sweep-too-large", "the sweep has more than \(pointLimit) points",
          at: name.origin)
      }
      axes.append(.init(target: target, spacing: spacing, values: values, origin: name.origin))
    }
    guard !axes.isEmpty else {
      throw Fault("missing-argument", ".sweep needs a parameter", at: context.origin)
    }
    return .sweep(SweepCard(axes: axes, trials: trials, origin: context.origin))
  }

  private static func target(
    _ name: Token, _ context: DecodingContext
  ) throws(Fault) -> SweepAxis.Target {
    if context.scope.block.parameters[name.text] != nil { return .parameter(name.text) }
    guard name.text == "temp" || name.text.contains(":") || context.isInstance(name.text) else {
      throw context.elaborator.unknownParameter(name.text, from: context.scope, at: name.origin)
    }
    return try SweepTarget.resolve(name, context)
  }

  /// `lin(a, b, n)`, `log(a, b, n)`, `int(a, b, n)` or `list(a, b, ...)`.
  private static func values(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> (SweepCard.Spacing, [Double]) {
    let kind = try cursor.word("lin(...), log(...), int(...) or list(...)")
    try cursor.expect("(")
    var numbers: [Double] = []
    repeat {
      numbers.append(try context.number(&cursor, of: kind.text))
    } while cursor.take(",")
    try cursor.expect(")")
    let origin = cursor.origin(from: Int(kind.origin.offset))
    guard let spacing = SweepCard.Spacing(rawValue: kind.text) else {
      throw Fault(
        "unknown-choice", "values are lin, log, int or list, not '\(kind.text)'", at: kind.origin)
    }
    if spacing == .list { return (spacing, numbers) }
    guard numbers.count == 3, let count = Int(exactly: numbers[2]),
      (1...pointLimit).contains(count)
    else {
      throw Fault(
        "malformed-sweep", "expected \(kind.text)(first, last, number of points)", at: origin)
    }
    let (first, last) = (numbers[0], numbers[1])
    guard spacing != .logarithmic || first > 0 && last > 0 else {
      throw Fault("out-of-range", "a logarithmic sweep runs over positive values", at: origin)
    }
    guard spacing != .whole || first == first.rounded() && last == last.rounded() else {
      throw Fault("out-of-range", "a sweep of whole numbers has whole ends", at: origin)
    }
    let values = spread(from: first, to: last, count: count, logarithmic: spacing == .logarithmic)
    guard spacing == .whole else { return (spacing, values) }
    var seen = Set<Double>()
    return (spacing, values.map { $0.rounded() }.filter { seen.insert($0).inserted })
  }

  private static func spread(
    from first: Double, to last: Double, count: Int, logarithmic: Bool
  ) -> [Double] {
    let steps = Double(max(1, count - 1))
    return (0..<count).map { index in
      let share = Double(index) / steps
      if index == count - 1 && count > 1 { return last }
      return logarithmic
        ? first * power(last / first, share) : first + (last - first) * share
    }
  }
}
