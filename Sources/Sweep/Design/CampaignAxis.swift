import Numerics
public import Schematic

/// One quantity that a campaign varies, or the rows of a `.data` table that it goes through.
public struct CampaignAxis: Codable, Sendable, Equatable {
  /// A parameter of the deck, lower case; `r1:r` of an element or a model; `temp` for the
  /// temperature in Celsius; the name of a table.
  public var name: String
  /// SI symbol; `CampaignAxis.row` where the values are numbers of a table's rows; nil where it is
  /// not known.
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

  /// The unit of an axis whose values are numbers of rows, from 1.
  public static let row = "row"

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
