/// A figure in two dimensions: axes, and layers drawn one over the other.
///
/// Data are in SI units; an axis with a unit chooses the prefix (ns, nJ) by its range.
public struct Plot: Sendable {
  public var title: String?
  public var x: PlotAxis
  public var y: PlotAxis
  public var layers: [Layer]
  public var legend: Legend
  /// Size of the picture in points (pixels).
  public var width: Int
  public var height: Int

  public enum Legend: Sendable { case topRight, topLeft, bottomRight, bottomLeft, outside, hidden }

  public init(
    title: String? = nil, x: PlotAxis, y: PlotAxis, layers: [Layer] = [],
    legend: Legend = .topRight, width: Int = 1400, height: Int = 900
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.layers = layers
    self.legend = legend
    self.width = width
    self.height = height
  }
}

/// One direction of a plot.
public struct PlotAxis: Sendable {
  public enum Scale: Sendable { case linear, logarithmic }

  /// "time after release"; the unit is added in parentheses.
  public var label: String
  /// SI symbol without prefix ("s"); a prefix is chosen for s, Hz, J, W, A, V, T, F, m and ohm.
  public var unit: String?
  public var scale: Scale
  /// In SI units; nil for what the data need.
  public var minimum: Double?
  public var maximum: Double?
  /// Between numbered marks, in the units drawn; nil for a round number that suits.
  public var spacing: Double?
  /// The numbered marks, in SI units; empty for round ones.
  public var marks: [Double]

  public init(
    _ label: String, unit: String? = nil, scale: Scale = .linear, minimum: Double? = nil,
    maximum: Double? = nil, spacing: Double? = nil, marks: [Double] = []
  ) {
    self.label = label
    self.unit = unit
    self.scale = scale
    self.minimum = minimum
    self.maximum = maximum
    self.spacing = spacing
    self.marks = marks
  }
}

extension Plot {
  /// One thing drawn. Coordinates that are NaN or infinite leave a gap.
  public enum Layer: Sendable {
    /// A line through points; `emphasis` draws it twice as thick.
    case line(
      x: [Double], y: [Double], title: String? = nil, colour: PlotColour = .automatic,
      emphasis: Bool = false, dashed: Bool = false)
    /// Many thin grey lines of one kind, as a background for their median.
    case bundle(x: [Double], ys: [[Double]], title: String? = nil)
    /// A shaded region between two lines.
    case band(
      x: [Double], low: [Double], high: [Double], title: String? = nil,
      colour: PlotColour = .automatic)
    /// Areas on top of each other: their upper edge is the sum.
    case stack(x: [Double], areas: [(title: String, y: [Double])])
    /// Points, each with an optional label beside it: published values, for one.
    case points(
      x: [Double], y: [Double], labels: [String] = [], title: String? = nil,
      colour: PlotColour = .automatic)
    /// A vertical line at x.
    case verticalReference(Double, label: String? = nil)
    /// A horizontal line at y.
    case horizontalReference(Double, label: String? = nil)
  }
}

/// Colours that people of any colour vision tell apart.
///
/// Source: M. Okabe, K. Ito, "Color universal design" (2008).
public enum PlotColour: String, CaseIterable, Sendable {
  /// The next of the others that no layer has.
  case automatic = ""
  case blue = "#0072B2"
  case vermilion = "#D55E00"
  case green = "#009E73"
  case purple = "#CC79A7"
  case orange = "#E69F00"
  case skyBlue = "#56B4E9"
  case yellow = "#F0E442"
  case black = "#000000"

  /// The colours in the order in which they are given out.
  public static let cycle: [PlotColour] = [
    .blue, .vermilion, .green, .purple, .orange, .skyBlue, .yellow, .black,
  ]
}
