/// What one `.measure` card found.
public struct MeasureResult: Sendable, Hashable {
  /// A number found on the way: "trig", "targ", "at", "from", "to", "edges".
  public struct Detail: Sendable, Hashable {
    public var label: String
    public var value: Double

    public init(_ label: String, _ value: Double) {
      self.label = label
      self.value = value
    }
  }

  /// As the deck names the measure, lower case.
  public var name: String
  /// In the unit of what is measured; the card's fallback when the measure failed and gives one;
  /// nil when it failed without.
  public var value: Double?
  /// Why there is no number, a sentence without a full stop; nil when there is one. Set beside
  /// `value` when that is the fallback.
  public var failure: String?
  /// Where it was found: seconds, hertz or the swept value.
  public var abscissa: Double?
  public var details: [Detail]
  /// Of a continuous measure (`tran_cont`): every occurrence, the first of them is `value`.
  public var occurrences: [Double]
  /// Of a `four` measure, whose `value` is the total harmonic distortion in per cent.
  public var harmonics: HarmonicTable?

  public init(
    name: String, value: Double?, failure: String? = nil, abscissa: Double? = nil,
    details: [Detail] = [], occurrences: [Double] = [], harmonics: HarmonicTable? = nil
  ) {
    self.name = name
    self.value = value
    self.failure = failure
    self.abscissa = abscissa
    self.details = details
    self.occurrences = occurrences
    self.harmonics = harmonics
  }

  /// The value is the card's own, because nothing could be measured.
  public var isFallback: Bool { value != nil && failure != nil }
}

/// What an evaluator hands back, before the card's name and fallback are put to it.
enum MeasureOutcome {
  case found(
    Double, abscissa: Double? = nil, details: [MeasureResult.Detail] = [],
    occurrences: [Double] = [], harmonics: HarmonicTable? = nil)
  case failed(String)
}
