import Numerics

/// Where the label of a horizontal reference stands: at the end of the line at which fewer points
/// come near it, at the right one where both are free.
struct ReferenceLabel {
  let isAtLeft: Bool

  /// Parts of the axes that a label covers, with some room around it.
  private static let (width, height) = (0.4, 0.09)

  /// - Parameter value: in the units drawn.
  init(_ plot: Plot, _ value: Double, _ prefix: SIPrefix) {
    var points: [(x: Double, y: Double)] = []
    for layer in plot.layers {
      switch layer {
      case .line(let x, let y, _, _, _, _), .points(let x, let y, _, _, _):
        points += zip(x, y).map { (Self.place($0, plot.x), Self.place($1, plot.y)) }
      default: break
      }
    }
    points = points.filter { $0.x.isFinite && $0.y.isFinite }
    let line = Self.place(value * prefix.factor, plot.y)
    let bounds = [plot.y.minimum, plot.y.maximum].compactMap { $0 }.map { Self.place($0, plot.y) }
    let heights = points.map(\.y) + bounds.filter(\.isFinite) + [line]
    guard let left = points.map(\.x).min(), let right = points.map(\.x).max(), right > left,
      let low = heights.min(), let high = heights.max(), high > low
    else {
      isAtLeft = false
      return
    }
    // the label stands above its line
    let near = points.filter { ($0.y - line) / (high - low) > -0.02 }
      .filter { ($0.y - line) / (high - low) < Self.height }
    let atLeft = near.count { ($0.x - left) / (right - left) < Self.width }
    let atRight = near.count { (right - $0.x) / (right - left) < Self.width }
    isAtLeft = atLeft < atRight
  }

  private static func place(_ value: Double, _ axis: PlotAxis) -> Double {
    axis.scale == .logarithmic ? naturalLogarithm(value) : value
  }
}
