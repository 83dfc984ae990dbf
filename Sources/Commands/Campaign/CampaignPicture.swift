import Netlist
import Pictures
import Schematic
import Sweep

/// One figure of a campaign: a quantity against an axis, a curve with its band for each value of
/// another axis.
struct CampaignPicture {
  /// What the command line asks for; nil is left to the campaign.
  struct Choice {
    var x: String?
    var by: String?
    var quantity = PointQuantity.error
    /// "x", "y", "x,y" or "none".
    var log: String?
    /// Slope of the linear law of small errors, rad.
    var slope: Double?
    var selections: [String] = []
    /// `VALUE=TEXT`.
    var legend: [String] = []
  }

  /// Curves in a figure, at most: as many as there are colours beside black.
  static let curveLimit = PlotColour.cycle.count - 1
  /// The published system recalls with this error, and bears this relative frequency spread.
  /// Source: N. Prasad et al., Neuromorph. Comput. Eng. 2, 034003 (2022).
  static let published = (error: 0.05, spread: 1e-3)

  var plot: Plot
  let quantity: PointQuantity
  private(set) var notes: [String] = []
  let stem: String

  /// - Throws: `UsageError` where the campaign has no such axis, value or figure.
  init(_ results: CampaignResults, _ choice: Choice) throws(UsageError) {
    let axes = results.campaign.axes
    guard !axes.isEmpty else {
      throw UsageError("the campaign has no axis to draw against", help: "it is a single point")
    }
    let layout = try CurveLayout(results, choice)
    notes = layout.notes
    let quantity = choice.quantity
    self.quantity = quantity
    let logs = try Self.logs(choice, axes[layout.x])
    let points = layout.curves.flatMap(\.points)
    guard points.contains(where: { $0.figure(quantity).value.isFinite }) else {
      throw UsageError(
        "no point of the campaign has a figure of \(quantity.rawValue)",
        help: results.campaign.targetError == nil
          ? "its deck has no target: .recall stop=error<0.05" : "no trial has reached the target")
    }
    if logs.x, let least = points.map({ $0.values[layout.x] }).min(), least <= 0 {
      throw UsageError("'\(axes[layout.x].name)' is \(least) at a point: no logarithmic axis")
    }
    let axis = axes[layout.x]
    let words = axis.name.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    stem = "\(results.stem)-\(quantity.rawValue)-\(words.joined(separator: "-"))"
    let marks = logs.x ? Self.marks(points.map { $0.values[layout.x] }) : []
    plot = Plot(
      title: layout.title(results.campaign.title),
      x: PlotAxis(
        axis.name, unit: axis.drawnUnit, scale: logs.x ? .logarithmic : .linear,
        // a hair beyond the last mark, so that rounding does not lose it
        maximum: marks.last.map { $0 * (1 + 1e-9) }, marks: marks),
      y: quantity.axis(logs.y ? .logarithmic : .linear),
      legend: layout.by == nil && choice.slope == nil ? .hidden : .outside)
    let spread = CampaignCurve.isFrequencySpread(results.points, axis: layout.x)
    var law: LinearLaw?
    if let slope = choice.slope {
      guard spread, quantity == .error else {
        throw UsageError(
          "the linear law is of the error against a frequency spread",
          help: "--y error, with --x an axis that the networks' frequency spread follows")
      }
      law = try LinearLaw(slope, results.campaign)
    }
    let coloured = zip(layout.curves, PlotColour.cycle).filter { curve, _ in
      let isDrawn = curve.points.contains { $0.figure(quantity).value.isFinite }
      if !isDrawn, let title = layout.title(of: curve) { notes.append("nothing to draw: \(title)") }
      return isDrawn
    }
    if layout.isGrid {
      for (curve, colour) in coloured { addBands(of: curve, along: layout.x, colour) }
    }
    for (curve, colour) in coloured { add(curve, layout, colour) }
    if let law { add(law, along: layout.x, layout.curves) }
    addReferences(spread: spread, points.map { $0.values[layout.x] })
  }

  /// Values of an axis whose powers of ten are too few to read it by; else none.
  private static func marks(_ values: [Double]) -> [Double] {
    let marks = Set(values).sorted()
    guard let first = marks.first, let last = marks.last, first > 0, marks.count <= 9,
      last < 50 * first, zip(marks, marks.dropFirst()).allSatisfy({ $1 > 1.2 * $0 })
    else { return [] }
    return marks
  }

  /// What is drawn of a value: in percent where it is a fraction, nothing below a logarithmic axis.
  private func drawn(_ value: Double) -> Double {
    plot.y.scale == .logarithmic && value <= 0 ? .nan : value * quantity.factor
  }

  private mutating func addBands(of curve: CampaignCurve, along x: Int, _ colour: PlotColour) {
    let ends = curve.points.map { point in
      let figure = point.figure(quantity)
      return (x: point.values[x], low: drawn(figure.low), high: drawn(figure.high))
    }
    // a band has no gaps of its own: one for each run of points that have both ends
    for run in ends.split(whereSeparator: { !($0.low.isFinite && $0.high.isFinite) }) {
      plot.layers.append(
        .band(x: run.map(\.x), low: run.map(\.low), high: run.map(\.high), colour: colour))
    }
  }

  private mutating func add(
    _ curve: CampaignCurve, _ layout: CurveLayout, _ colour: PlotColour
  ) {
    let x = curve.points.map { $0.values[layout.x] }
    let y = curve.points.map { drawn($0.figure(quantity).value) }
    let title = layout.title(of: curve)
    if layout.isGrid {
      plot.layers.append(.line(x: x, y: y, title: title, colour: colour, emphasis: true))
    }
    plot.layers.append(
      .points(x: x, y: y, title: layout.isGrid ? nil : title, colour: colour))
  }

  /// Above the curves, which follow it.
  private mutating func add(_ law: LinearLaw, along x: Int, _ curves: [CampaignCurve]) {
    for (index, curve) in curves.enumerated() {
      plot.layers.append(
        .line(
          x: curve.points.map { $0.values[x] },
          y: curve.points.map { drawn(law.error(at: $0)) },
          title: index == 0 ? "law of small errors" : nil, colour: .black, dashed: true))
    }
  }

  private mutating func addReferences(spread: Bool, _ x: [Double]) {
    if quantity == .error {
      plot.layers.append(
        .horizontalReference(
          Self.published.error * quantity.factor, label: "published error 5 %"))
    }
    let value = Self.published.spread
    if spread, let low = x.min(), let high = x.max(), low <= value, value <= high {
      plot.layers.append(.verticalReference(value, label: "published spread 1e-3"))
    }
  }

  private static func logs(
    _ choice: Choice, _ axis: CampaignAxis
  ) throws(UsageError) -> (x: Bool, y: Bool) {
    if let log = choice.log { return (log.contains("x"), log.contains("y")) }
    let isSpaced = axis.spacing == .logarithmic
    // the error is a power of the spread: a straight line on two logarithmic axes
    return (isSpaced, isSpaced && choice.quantity == .error)
  }
}

extension PointQuantity {
  /// What is drawn over what the store holds.
  fileprivate var factor: Double { self == .error || self == .success ? 100 : 1 }

  fileprivate func axis(_ scale: PlotAxis.Scale) -> PlotAxis {
    let zero = scale == .linear ? 0.0 : nil
    switch self {
    case .error: return PlotAxis("rms error (% of the range)", scale: scale, minimum: zero)
    case .success:
      return PlotAxis(
        "recalled (% of the trials)", scale: scale, minimum: zero,
        maximum: scale == .linear ? 100 : nil)
    case .time: return PlotAxis("time to target", unit: "s", scale: scale, minimum: zero)
    case .energy: return PlotAxis("energy to target", unit: "J", scale: scale, minimum: zero)
    }
  }
}

/// rms error in rad = slope sigma_omega / kappa, for small spreads (`docs/physics.md`).
private struct LinearLaw {
  let slope: Double
  /// Of the encoding's phases, rad.
  let range: Double

  /// - Throws: `UsageError` where the store's deck cannot be read: it tells the encoding.
  init(_ slope: Double, _ campaign: CampaignRecord) throws(UsageError) {
    guard slope > 0 else { throw UsageError("option '--theory' needs a positive slope") }
    self.slope = slope
    range = try StoredDeck(campaign).encoding == .half ? Double.pi : 2 * Double.pi
  }

  /// NaN from half the range on: the law is one of small errors.
  func error(at point: PointStatistics) -> Double {
    let error = point.relativeSpread.map { slope * $0 / range } ?? .nan
    return error < 0.5 ? error : .nan
  }
}
