/// Why an analysis of a circuit could not be finished.
public struct AnalysisFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was being done: "operating point", "transient analysis".
  public let analysis: String
  /// What went wrong, one sentence without a full stop.
  public let message: String
  /// Hierarchical name of the equation that is worst satisfied: "node x1.out", "current of v1"; nil
  /// where no single one is.
  public let equation: String?
  /// That equation's residual, in its own unit: amperes at a node, volts at a branch.
  public let residual: Double?
  /// The last accepted times, in seconds, latest last; empty outside transient analysis.
  public let times: [Double]
  /// One thing to try.
  public let advice: String

  public init(
    analysis: String, message: String, equation: String? = nil, residual: Double? = nil,
    times: [Double] = [], advice: String
  ) {
    self.analysis = analysis
    self.message = message
    self.equation = equation
    self.residual = residual
    self.times = times
    self.advice = advice
  }

  public var description: String {
    var text = "\(analysis): \(message)"
    if let equation {
      text += "; worst equation: \(equation)"
      if let residual { text += " (residual \(residual))" }
    }
    if !times.isEmpty {
      text += "; last accepted times: \(times.map { "\($0)" }.joined(separator: ", ")) s"
    }
    return text + "; try: \(advice)"
  }
}
