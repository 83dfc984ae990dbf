/// What `.four` found of one quantity.
public struct HarmonicTable: Sendable, Hashable {
  public struct Harmonic: Sendable, Hashable {
    /// 0 is the mean, 1 the fundamental.
    public var number: Int
    /// Hertz.
    public var frequency: Double
    /// Amplitude (the mean itself, with its sign, for number 0), in the quantity's unit.
    public var magnitude: Double
    /// Degrees, of a sine that begins with the last period: m sin(2 pi f (t - start) + phase). 0
    /// for the mean.
    public var phase: Double
    /// Over the fundamental's magnitude; 0 for the mean.
    public var normalizedMagnitude: Double
    /// Less the fundamental's phase, degrees, not wrapped (as in ngspice); 0 for the mean.
    public var normalizedPhase: Double
  }

  /// As the deck writes the quantity.
  public var label: String
  /// From number 0, each once.
  public var harmonics: [Harmonic]
  /// Root of the sum of the squares of magnitudes 2 and up over the fundamental's, in per cent.
  public var totalHarmonicDistortion: Double
  /// Where the period begins that was transformed, seconds.
  public var start: Double
  /// Samples of the uniform grid.
  public var samples: Int
  /// Why there is no table, a sentence without a full stop; `harmonics` is then empty.
  public var failure: String?
}
