public import Devices
public import Numerics

/// A circuit's response at one frequency, during a call: its devices may be asked about it.
public struct SmallSignalPoint {
  /// Hertz.
  public let frequency: Double
  /// Complex amplitudes of the unknowns, ground at index 0.
  public let amplitudes: UnsafePointer<Complex>
  /// The operating point, with the moment of a small-signal analysis.
  public let evaluation: Evaluation
  /// Celsius.
  public let temperature: Double
}

/// What follows a small-signal analysis.
public protocol SmallSignalObserver {
  /// The response at one frequency, in the order asked for.
  mutating func output(_ point: SmallSignalPoint) throws
}
