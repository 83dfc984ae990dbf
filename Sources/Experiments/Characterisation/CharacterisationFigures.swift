public import Pictures
public import Schematic

/// A page of curves for each measured view.
public struct CharacterisationFigures {
  private let views: [View]

  public init(_ library: ViewLibrary) { views = library.cells.filter { $0.curves != nil } }

  /// Draws `<stem>-<cell>-<curve>.png` into `directory`.
  /// - Returns: the pictures' names.
  /// - Throws: `PictureError`.
  @discardableResult
  public func draw(
    stem: String, in directory: String, with gnuplot: Gnuplot = Gnuplot()
  ) throws -> [String] {
    var names: [String] = []
    for view in views {
      for curve in view.curves ?? [] {
        let name = "\(stem)-\(view.cell)-\(curve.name)"
        try page(view, curve).draw(stem: name, in: directory, with: gnuplot)
        names.append(name + ".png")
      }
    }
    return names
  }

  /// A panel a quantity, with the constants' own model beside what was measured.
  func page(_ view: View, _ curve: View.Curve) -> PlotStack {
    let abscissa = curve.columns[0]
    // some fifty times as large at the end as at the start
    let isWide = (abscissa.values.last ?? 1) > 20 * (abscissa.values.first ?? 1)
    let x = PlotAxis(
      abscissa.name, unit: abscissa.unit, scale: isWide ? .logarithmic : .linear)
    let panels = curve.columns.dropFirst().filter { Self.drawn.contains($0.name) }.map { column in
      // what a microampere locks, in hertz: numbers that people read
      let isGain = column.name == "feedback_gain"
      let label = isGain ? "locks at 1 uA" : column.name.replacing("_", with: " ")
      let values = isGain ? column.values.map { 1e-6 * $0 / (2 * .pi) } : column.values
      let unit = isGain ? "Hz" : column.unit
      var layers: [Plot.Layer] = [
        .points(x: abscissa.values, y: values, title: "measured", colour: .blue)
      ]
      if let model = model(of: column.name, view, curve) {
        layers.append(
          .line(
            x: abscissa.values, y: model, title: "constants", colour: .vermilion, dashed: true))
      }
      return Plot(
        x: x, y: PlotAxis(label, unit: unit == "1" ? nil : unit), layers: layers,
        legend: .outside)
    }
    return PlotStack(title: "\(view.cell) against \(curve.name)", panels: panels)
  }

  private static let drawn: Set<String> = [
    "frequency", "power", "damping_power", "linewidth", "feedback_gain", "delay", "energy",
    "jitter", "error",
  ]

  /// What the view's constants make of a quantity; nil where they say nothing.
  private func model(of quantity: String, _ view: View, _ curve: View.Curve) -> [Double]? {
    func constant(_ name: String) -> Double { view.constants[name]?.value ?? .nan }
    switch (quantity, curve.name) {
    case ("power", "bias"):
      return curve["bias"]?.map { bias in
        let zeta = bias / constant("critical_current")
        return (zeta - 1) / (zeta + constant("damping_nonlinear"))
      }
    case ("damping_power", "bias"):
      return curve["bias"]?.map { bias in
        constant("damping_linear") * (bias / constant("critical_current") - 1)
      }
    case ("delay", "memristance"):
      return curve["memristance"]?.map { memristance in
        0.6931471805599453 * constant("load_capacitance")
          * (constant("on_resistance") + memristance)
      }
    case ("energy", "supply"):
      return curve["supply"]?.map { constant("stage_capacitance") * $0 * $0 }
    default: return nil
    }
  }
}
