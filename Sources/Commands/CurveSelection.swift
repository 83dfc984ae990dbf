import Netlist
import Waveforms

/// The curves of a circuit's result that `--variable` and `--select` pick.
struct CurveSelection {
  /// With the picked curves alone.
  private(set) var result: CircuitResult
  /// Of the picture's name: "-V-out"; empty without `--variable`.
  private(set) var suffix = ""

  /// - Throws: `UsageError` where no curve has such a label, parameter or value.
  init(_ result: CircuitResult, _ invocation: Invocation) throws(UsageError) {
    self.result = result
    let labels = invocation.texts("variable")
    if !labels.isEmpty { try pick(labels) }
    for text in invocation.texts("select") {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      try select(parts[0], parts[1])
    }
  }

  private mutating func pick(_ labels: [String]) throws(UsageError) {
    var picked: [ResultCurve] = []
    for label in labels {
      let own = result.curves.filter { Self.key($0.column.label) == Self.key(label) }
      guard !own.isEmpty else {
        var names: [String] = []
        for curve in result.curves.prefix(1000) where !names.contains(curve.column.label) {
          names.append(curve.column.label)
        }
        let listed = names.prefix(20).joined(separator: ", ")
        throw UsageError(
          "the result has no variable '\(label)'",
          help: NearMiss.sentence(for: label, among: names)
            ?? "it has: \(listed)\(names.count > 20 ? ", ..." : "")")
      }
      picked += own
    }
    result.curves = picked
    let words = labels.map { label in
      label.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.joined(separator: "-")
    }
    suffix = String(("-" + words.joined(separator: "-")).prefix(80))
  }

  /// Labels are the same in any case and with any blanks, as decks write them.
  private static func key(_ label: String) -> String {
    label.filter { !$0.isWhitespace }.lowercased()
  }

  private mutating func select(_ name: String, _ text: String) throws(UsageError) {
    let names = result.curves.first?.step.map(\.name) ?? []
    guard let place = names.firstIndex(where: { $0.lowercased() == name.lowercased() }) else {
      throw UsageError(
        "the result has no stepped parameter '\(name)' to select on",
        help: names.isEmpty ? "it has no steps" : "it has: \(names.joined(separator: ", "))")
    }
    let all = result.curves.map { place < $0.step.count ? $0.step[place].value : .nan }
    let value = EngineeringNumber.value(text)
    let picked = zip(result.curves, all).filter { $0.1 == value }.map(\.0)
    guard !picked.isEmpty else {
      var values: [String] = []
      for value in all where !values.contains("\(value)") && values.count < 20 {
        values.append("\(value)")
      }
      throw UsageError(
        "no step has \(name) = \(text)", help: "there are: \(values.joined(separator: ", "))")
    }
    result.curves = picked
  }

  /// The one curve that is left.
  var only: ResultCurve {
    get throws(UsageError) {
      guard result.curves.count == 1 else {
        throw UsageError(
          "'--show' needs one curve, and \(result.curves.count) are picked",
          help: "pick one with --select")
      }
      return result.curves[0]
    }
  }
}
