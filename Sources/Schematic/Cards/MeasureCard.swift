/// `.measure tran rise trig v(out) val=0.1 rise=1 targ v(out) val=0.9 rise=1`: one number from one
/// result.
public struct MeasureCard: Sendable, Hashable {
  /// The moment (or swept value) at which one quantity meets another.
  public struct Crossing: Sendable, Hashable {
    public enum Edge: String, Sendable { case rise, fall, cross }

    /// nil with `at`.
    public var value: Expression?
    /// What it meets; a constant of `val=`.
    public var level: Expression?
    public var edge: Edge
    /// Counted from 1; -1 is the last.
    public var count: Int
    /// Crossings before it are not counted.
    public var delay: Double
    /// A given moment in place of a crossing.
    public var at: Double?

    public init(
      value: Expression? = nil, level: Expression? = nil, edge: Edge = .cross, count: Int = 1,
      delay: Double = 0, at: Double? = nil
    ) {
      self.value = value
      self.level = level
      self.edge = edge
      self.count = count
      self.delay = delay
      self.at = at
    }
  }

  public enum Statistic: String, Sendable, CaseIterable {
    case minimum = "min"
    case maximum = "max"
    case peakToPeak = "pp"
    case average = "avg"
    case rootMeanSquare = "rms"
    case integral = "integ"
    case frequency = "freq"
    case dutyCycle = "duty"
  }

  public enum Kind: Sendable, Hashable {
    /// Distance from one crossing to another.
    case between(Crossing, Crossing)
    /// When.
    case when(Crossing)
    /// The value of a quantity at a crossing.
    case find(Expression, Crossing)
    case derivative(Expression, Crossing)
    case statistic(Statistic, Expression)
    /// Distance from a measured file: norm "l1norm", "l2norm" or "infnorm"; columns count from 0.
    case error(Expression, file: String, norm: String, abscissa: Int, ordinate: Int)
    /// An expression of other measures and parameters.
    case expression(Expression)
  }

  public var analysis: AnalysisKind
  /// Lower case.
  public var name: String
  public var kind: Kind
  /// Window of the abscissa.
  public var from: Double?
  public var to: Double?
  /// Levels of `on=` and `off=` for frequency and duty cycle, and the smallest change that counts.
  public var on: Double?
  public var off: Double?
  public var resolution: Double?
  /// Value when the measure fails; nil reports the failure.
  public var fallback: Double?
  public var origin: Origin

  public init(
    analysis: AnalysisKind, name: String, kind: Kind, from: Double? = nil, to: Double? = nil,
    on: Double? = nil, off: Double? = nil, resolution: Double? = nil, fallback: Double? = nil,
    origin: Origin
  ) {
    self.analysis = analysis
    self.name = name
    self.kind = kind
    self.from = from
    self.to = to
    self.on = on
    self.off = off
    self.resolution = resolution
    self.fallback = fallback
    self.origin = origin
  }
}
