public import Devices

/// The noise at one frequency, during a call.
public struct NoisePoint {
  /// One source's share.
  public struct Contribution: Sendable {
    /// Index into `Circuit.instances`.
    public var instance: Int32
    /// "thermal", "shot", "flicker", ...
    public var label: String
    /// At the output, V^2/Hz.
    public var density: Double
  }

  /// Hertz.
  public let frequency: Double
  /// One-sided power density of the noise at the output, V^2/Hz.
  public let outputDensity: Double
  /// The same referred to the input source: V^2/Hz, or A^2/Hz for a current source.
  public let inputDensity: Double
  /// |output / input|^2 of a unit input: 1, or ohm^2 for a current source.
  public let squaredGain: Double
  /// In the order of the devices; the same sources at every frequency.
  public let contributions: [Contribution]
  /// The operating point, with the moment of a small-signal analysis.
  public let evaluation: Evaluation
  /// Celsius.
  public let temperature: Double
}

/// What a noise analysis sums up over its band.
public struct NoiseTotals: Sendable {
  public struct Contribution: Sendable {
    /// Index into `Circuit.instances`.
    public var instance: Int32
    public var label: String
    /// At the output, V^2.
    public var output: Double
    /// At the input, V^2 or A^2.
    public var input: Double
  }

  /// V^2 at the output.
  public var output = 0.0
  /// V^2 (A^2 for a current source) at the input.
  public var input = 0.0
  public var contributions: [Contribution] = []
  /// Whether all frequencies were reached.
  public var isComplete = false
}

/// What follows a noise analysis.
public protocol NoiseObserver {
  /// The noise at one frequency, in the order asked for.
  mutating func output(_ point: NoisePoint) throws
}
