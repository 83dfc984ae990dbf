import Numerics
import Pictures
import Waveforms

/// A circuit's result as panels: voltages, currents and other quantities one above the other, and
/// magnitude over phase of what is complex.
struct CircuitPicture {
  /// Curves in one panel, at most: more cannot be told apart.
  static let curvesMaximum = 12
  static let panelsMaximum = 4
  private static let labelMaximum = 34

  private(set) var stack: PlotStack
  /// What is not in the picture, in sentences.
  private(set) var notes: [String] = []

  private let result: CircuitResult
  private let x: PlotAxis

  /// - Throws: `UsageError` where there is nothing to draw.
  init(_ result: CircuitResult) throws(UsageError) {
    let isPoint = result.abscissa == nil && result.curves.allSatisfy { $0.abscissas.count < 2 }
    if result.analysis == .op || isPoint {
      throw UsageError(
        "there is nothing to plot: an operating point is one number for each column",
        help: "print the file, or sweep a source with .dc")
    }
    guard result.curves.contains(where: { $0.values.count > 0 }) else {
      throw UsageError("there is nothing to plot: the result has no points")
    }
    self.result = result
    x = Self.axis(result)
    let title = result.isComplete ? result.title : result.title + " (incomplete)"
    stack = PlotStack(panels: [Plot(x: x, y: PlotAxis(""))])
    var panels: [Plot] = []
    let complex = result.curves.filter(\.column.isComplex)
    if !complex.isEmpty { panels += bode(complex) }
    var groups: [(unit: String, curves: [ResultCurve])] = []
    for curve in result.curves where !curve.column.isComplex {
      let unit = Self.group(curve.column)
      if let place = groups.firstIndex(where: { $0.unit == unit }) {
        groups[place].curves.append(curve)
      } else {
        groups.append((unit, [curve]))
      }
    }
    let order = ["V", "A"]
    groups.sort {
      (order.firstIndex(of: $0.unit) ?? 2) < (order.firstIndex(of: $1.unit) ?? 2)
    }
    panels += groups.map { panel($0.curves) }
    if panels.count > Self.panelsMaximum {
      let more = panels.count - Self.panelsMaximum
      notes.append("\(more) more panels of other units are not drawn; pick them with --variable")
    }
    let text = title.trimmed(to: 90)
    stack = PlotStack(
      title: text.isEmpty ? nil : text, panels: Array(panels.prefix(Self.panelsMaximum)))
  }

  private static func group(_ column: ResultColumn) -> String {
    switch column.kind {
    case .voltage where column.unit == nil: "V"
    case .current where column.unit == nil: "A"
    default: column.unit ?? ""
    }
  }

  private static func axis(_ result: CircuitResult) -> PlotAxis {
    guard let abscissa = result.abscissa else { return PlotAxis("point") }
    let values = result.curves.lazy.flatMap(\.abscissas).filter(\.isFinite)
    let isFrequency =
      result.analysis == .ac || result.analysis == .noise || abscissa.name == "offset"
    var axis = PlotAxis(abscissa.name, unit: abscissa.unit)
    if isFrequency, let least = values.filter({ $0 > 0 }).min(), let most = values.max(),
      most >= 5 * least
    {
      axis = PlotAxis(abscissa.name, unit: abscissa.unit, scale: .logarithmic)
      (axis.minimum, axis.maximum) = (least, most)
    } else if let least = values.min(), let most = values.max(), most > least {
      (axis.minimum, axis.maximum) = (least, most)
    }
    return axis
  }

  /// The curves that are drawn of a panel's: all columns that fit, and steps spread over all.
  private mutating func drawn(_ curves: [ResultCurve], _ what: String) -> [ResultCurve] {
    guard curves.count > Self.curvesMaximum else { return curves }
    var labels: [String] = []
    for curve in curves where !labels.contains(curve.column.label) {
      labels.append(curve.column.label)
      if labels.count == Self.curvesMaximum { break }
    }
    let kept = Self.curvesMaximum / labels.count
    let picked = labels.flatMap { label in
      let own = curves.filter { $0.column.label == label }
      let count = min(kept, own.count)
      return (0..<count).map { own[count == 1 ? 0 : $0 * (own.count - 1) / (count - 1)] }
    }
    notes.append(
      "\(what): \(picked.count) of \(curves.count) curves are drawn, \(curves.count - picked.count)"
        + " more are in the file; pick with --variable and --select")
    return picked
  }

  private mutating func panel(_ curves: [ResultCurve]) -> Plot {
    let column = curves[0].column
    let isAlone = Set(curves.map(\.column.label)).count == 1
    let what =
      switch column.kind {
      case .voltage: "voltage"
      case .current: "current"
      case .other: isAlone ? column.label.trimmed(to: Self.labelMaximum) : "value"
      }
    var y = PlotAxis(what, unit: Self.shown(column.unit))
    let values = curves.lazy.flatMap(\.reals)
    if result.analysis == .noise, values.contains(where: { $0 > 0 }),
      !values.contains(where: { $0 < 0 })
    {
      y.scale = .logarithmic
    }
    let chosen = drawn(curves, what)
    return plot(y, chosen.map { ($0, $0.reals) })
  }

  /// "V/sqrt(Hz)" and "V^2/Hz" as people write them.
  private static func shown(_ unit: String?) -> String? {
    unit?.replacing("sqrt(Hz)", with: "√Hz").replacing("^2", with: "²")
  }

  /// Magnitude in decibels over phase in degrees, the phase without jumps.
  private mutating func bode(_ curves: [ResultCurve]) -> [Plot] {
    let units = Set(curves.compactMap { Self.shown($0.column.unit) }).sorted(by: >)
    let reference = units.map { "1 \($0)" }.joined(separator: ", ")
    let chosen = drawn(curves, "magnitude and phase")
    let magnitudes = chosen.map { curve in
      (curve, curve.complexes.map { 20 * decimalLogarithm($0.modulus) })
    }
    let phases = chosen.map { ($0, Self.degrees($0.complexes)) }
    let range = phases.flatMap(\.1).filter(\.isFinite)
    let span = (range.max() ?? 0) - (range.min() ?? 0)
    let spacing: Double? = span < 30 ? nil : span <= 270 ? 45 : span <= 900 ? 90 : nil
    return [
      plot(
        PlotAxis(reference.isEmpty ? "magnitude (dB)" : "magnitude (dB re \(reference))"),
        magnitudes),
      plot(PlotAxis("phase (degrees)", spacing: spacing), phases),
    ]
  }

  private static func degrees(_ values: [Complex]) -> [Double] {
    var turns = 0.0
    var last = Double.nan
    return values.map { value in
      guard value.isFinite, value.modulus > 0 else { return .nan }
      let angle = value.argument * 180 / .pi
      if angle + turns - last > 180 { turns -= 360 }
      if angle + turns - last < -180 { turns += 360 }
      last = angle + turns
      return last
    }
  }

  private func plot(_ y: PlotAxis, _ lines: [(curve: ResultCurve, y: [Double])]) -> Plot {
    let colours = PlotColour.cycle.filter { $0 != .yellow }
    let severalColumns = Set(lines.map(\.curve.column.label)).count > 1
    let layers = lines.enumerated().map { number, line -> Plot.Layer in
      let curve = line.curve
      let label = curve.column.label.trimmed(to: Self.labelMaximum)
      let title =
        switch curve.stepLabel?.trimmed(to: Self.labelMaximum) {
        case let step? where severalColumns: "\(label), \(step)".trimmed(to: 44)
        case let step?: lines.count > 1 ? step : "\(label), \(step)".trimmed(to: 44)
        case nil: label
        }
      let colour = colours[number % colours.count]
      let thin = CurveThinning.thinned(x: curve.abscissas, y: line.y, scale: x.scale)
      if thin.y.filter(\.isFinite).count == 1 {
        return .points(x: thin.x, y: thin.y, title: title, colour: colour)
      }
      return .line(
        x: thin.x, y: thin.y, title: title, colour: colour, dashed: number >= colours.count)
    }
    var y = y
    if !severalColumns, lines.count > 1, let label = lines.first?.curve.column.label,
      y.label == "voltage" || y.label == "current"
    {
      y.label = label.trimmed(to: Self.labelMaximum)
    }
    return Plot(x: x, y: y, layers: layers, legend: .outside)
  }
}

extension ResultCurve {
  /// The values, real parts of what is complex.
  fileprivate var reals: [Double] {
    switch values {
    case .real(let values): values
    case .complex(let values): values.map(\.real)
    }
  }

  fileprivate var complexes: [Complex] {
    switch values {
    case .real(let values): values.map { Complex($0) }
    case .complex(let values): values
    }
  }
}

extension String {
  /// With an ellipsis in place of what is too long.
  fileprivate func trimmed(to length: Int) -> String {
    count > length ? prefix(length - 1) + "…" : self
  }
}
