import Numerics
public import Schematic

/// One parameter that a campaign varies.
public struct CampaignAxis: Codable, Sendable, Equatable {
  /// A parameter of the deck, lower case; `temp` for the temperature in Celsius.
  public var name: String
  public var unit: String?
  public var spacing: SweepCard.Spacing
  /// Those of the grid; other designs lie between the smallest and the largest.
  public var values: [Double]

  public init(
    name: String, unit: String? = nil, spacing: SweepCard.Spacing, values: [Double]
  ) {
    self.name = name
    self.unit = unit
    self.spacing = spacing
    self.values = values
  }

  /// The axis' name where it is the circuit's temperature.
  public static let temperature = "temp"

  /// The value at the part `share`, in [0, 1), of the axis.
  /// - Precondition: the axis has a value.
  public func value(at share: Double) -> Double {
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    switch spacing {
    case .linear: return low + (high - low) * share
    case .logarithmic: return low * power(high / low, share)
    case .whole: return min(high, low + ((high - low + 1) * share).rounded(.down))
    case .list: return values[min(values.count - 1, Int(Double(values.count) * share))]
    }
  }

  /// Half way between two values; nil where nothing lies between them.
  public func middle(_ low: Double, _ high: Double) -> Double? {
    let middle: Double
    switch spacing {
    case .linear, .list: middle = low + (high - low) / 2
    case .logarithmic: middle = (low * high).squareRoot()
    case .whole: middle = ((low + high) / 2).rounded(.down)
    }
    return middle > low && middle < high ? middle : nil
  }
}
