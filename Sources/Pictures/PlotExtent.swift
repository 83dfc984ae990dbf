// How far what is drawn reaches.

extension Plot.Layer {
  private func extent(_ values: [Double]) -> Double {
    values.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
  }

  private func least(_ values: [Double]) -> Double {
    values.reduce(.infinity) { $1.isFinite && $1 > 0 ? min($0, $1) : $0 }
  }

  /// The smallest x that is positive; infinite where there is none.
  var xLeast: Double {
    switch self {
    case .line(let x, _, _, _, _, _), .bundle(let x, _, _), .band(let x, _, _, _, _),
      .stack(let x, _), .points(let x, _, _, _, _):
      least(x)
    case .verticalReference, .horizontalReference: .infinity
    }
  }

  /// The smallest y that is positive; infinite where there is none.
  var yLeast: Double {
    switch self {
    case .line(_, let y, _, _, _, _), .points(_, let y, _, _, _): least(y)
    case .bundle(_, let ys, _): ys.map(least).min() ?? .infinity
    case .band(_, let low, let high, _, _): min(least(low), least(high))
    case .stack(_, let areas): areas.map { least($0.y) }.min() ?? .infinity
    case .verticalReference, .horizontalReference: .infinity
    }
  }

  /// The largest |x|.
  var xExtent: Double {
    switch self {
    case .line(let x, _, _, _, _, _), .bundle(let x, _, _), .band(let x, _, _, _, _),
      .stack(let x, _), .points(let x, _, _, _, _):
      extent(x)
    case .verticalReference(let value, _): abs(value)
    case .horizontalReference: 0
    }
  }

  /// The largest |y|.
  var yExtent: Double {
    switch self {
    case .line(_, let y, _, _, _, _), .points(_, let y, _, _, _): extent(y)
    case .bundle(_, let ys, _): ys.map(extent).max() ?? 0
    case .band(_, let low, let high, _, _): max(extent(low), extent(high))
    case .stack(let x, let areas):
      extent(x.indices.map { row in areas.reduce(0) { $0 + $1.y[row] } })
    case .horizontalReference(let value, _): abs(value)
    case .verticalReference: 0
    }
  }

  var fixedColour: PlotColour? {
    switch self {
    case .line(_, _, _, let colour, _, _), .band(_, _, _, _, let colour),
      .points(_, _, _, _, let colour):
      colour == .automatic ? nil : colour
    default: nil
    }
  }
}
