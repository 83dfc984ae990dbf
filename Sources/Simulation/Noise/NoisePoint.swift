public import Devices
public import Numerics

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
  /// Complex amplitudes of the unknowns that the sources' ac values cause, ground at index 0.
  public let amplitudes: UnsafePointer<Complex>
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

  /// Adds what another stretch of frequencies sums up to.
  public mutating func add(_ other: NoiseTotals) {
    output += other.output
    input += other.input
    for part in other.contributions {
      let mine = contributions.firstIndex {
        $0.instance == part.instance && $0.label == part.label
      }
      if let mine {
        contributions[mine].output += part.output
        contributions[mine].input += part.input
      } else {
        contributions.append(part)
      }
    }
    isComplete = isComplete && other.isComplete
  }
}

/// What follows a noise analysis.
public protocol NoiseObserver {
  /// The noise at one frequency, in the order asked for.
  mutating func output(_ point: NoisePoint) throws
}
