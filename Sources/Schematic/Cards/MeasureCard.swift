/// `.measure tran rise trig v(out) val=0.1 rise=1 targ v(out) val=0.9 rise=1`: one number from one
/// result.
public struct MeasureCard: Sendable, Hashable {
  /// The moment (or swept value) at which one quantity meets another.
  public struct Crossing: Sendable, Hashable {
    public enum Edge: String, Sendable { case rise, fall, cross }

    /// nil with `at`.
    public var value: Expression?
    /// What it meets; a constant of `val=`, a quantity, or an expression of other measures.
    public var level: Expression?
    public var edge: Edge
    /// Counted from 1; -1 is the last.
    public var count: Int
    /// Crossings before it are not counted.
    public var delay: Double
    /// A given moment in place of a crossing.
    public var at: Double?
    /// `frac_max=`: the level as a fraction of the quantity's maximum, in place of `level`.
    public var fraction: Double?

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
    /// Where the extreme is.
    case minimumPlace = "min_at"
    case maximumPlace = "max_at"
    /// Time above `on=` (below `off=`), a period.
    case onTime = "on_time"
    case offTime = "off_time"
  }

  /// How `err` compares two quantities: by the root of the mean square of the relative difference
  /// (`err`, `err1`), the mean of its magnitude (`err2`), or of its logarithm (`err3`).
  public enum Comparison: String, Sendable, CaseIterable {
    case rootMeanSquare = "err1"
    case meanMagnitude = "err2"
    case logarithm = "err3"
  }

  /// `rise=2` of a statistic: it is taken from that rise on to the next fall, or rise through a
  /// level.
  public struct Stretch: Sendable, Hashable {
    public var edge: Crossing.Edge
    /// Counted from 1; negative from the last, which is -1.
    public var count: Int
    /// The level crossed, `rfc_level=`. Without one a rise lasts as long as the quantity rises, a
    /// fall as long as it falls, and 0 is crossed.
    public var level: Double?
    public init(edge: Crossing.Edge, count: Int, level: Double? = nil) {
      self.edge = edge
      self.count = count
      self.level = level
    }
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
    /// `err1 v(a) v(b)`: the difference of two quantities, relative to the first.
    case difference(Expression, Expression, Comparison)
    /// Harmonics of a quantity's last period within the window: multiples 0 to `count` of the
    /// frequency in hertz, from that many samples.
    case harmonics(Expression, frequency: Double, count: Int, samples: Int)
    /// An expression of other measures, parameters and final values.
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
  /// `td=` of a statistic: nothing before it counts.
  public var delay: Double?
  public var stretch: Stretch?
  /// `min` and `max` with `output=time`: where the extreme is.
  public var givesPlace = false
  /// `tran_cont`: every occurrence, not only the one counted.
  public var isContinuous = false
  /// Whether it goes to the file of measures too: no with `print=none` and `print=stdout`.
  public var isFiled = true
  /// Digits to print with; nil for all.
  public var precision: Int?
  /// Of `err1` and its like: values of the first quantity outside these do not count.
  public var least: Double?
  public var greatest: Double?
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
