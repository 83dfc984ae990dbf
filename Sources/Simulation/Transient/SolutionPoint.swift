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
  /// The unknowns that points are asked for, ground 0; nil for all.
  var readUnknowns: Set<Int>? { get }
  /// Whether points are asked for anything that depends on rates; where not, they have none.
  var readsRates: Bool { get }
  /// Whether `step` is wanted.
  var wantsSteps: Bool { get }
  /// An accepted step of the solver that ends at `end`; `point` moves to any time between `start`
  /// and `end`. The very first call has both at 0.
  mutating func step(
    from start: Double, to end: Double, point: (_ time: Double) -> SolutionPoint) throws
}

extension TransientObserver {
  public var readUnknowns: Set<Int>? { nil }
  public var readsRates: Bool { true }
}
