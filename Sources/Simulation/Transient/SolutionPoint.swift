public import Devices

/// A circuit's state at one value of the abscissa, during a call: its devices may be asked about
/// it.
public struct SolutionPoint {
  /// Seconds, hertz, or the swept variable.
  public let abscissa: Double
  /// Values and rates, ground at index 0.
  public let evaluation: Evaluation
  /// Celsius.
  public let temperature: Double
}

/// What follows a transient analysis while it runs.
public protocol TransientObserver {
  /// A point of the requested output; times increase.
  mutating func output(_ point: SolutionPoint) throws
  /// Whether points need rates of change; they are zero where they do not.
  var needsRates: Bool { get }
  /// The unknowns that points are asked for, ground 0; nil for all.
  var readUnknowns: Set<Int>? { get }
  /// Those of them that only `output` asks for, and whose rates it does not.
  var sampledUnknowns: Set<Int> { get }
  /// Whether `step` is wanted.
  var wantsSteps: Bool { get }
  /// An accepted step of the solver that ends at `end`; `point` moves to any time between `start`
  /// and `end`. The very first call has both at 0.
  mutating func step(
    from start: Double, to end: Double, point: (_ time: Double) -> SolutionPoint) throws
}

extension TransientObserver {
  public var needsRates: Bool { true }
  public var readUnknowns: Set<Int>? { nil }
  public var sampledUnknowns: Set<Int> { [] }
}
