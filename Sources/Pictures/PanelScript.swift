// One system of axes as gnuplot commands, and its data.

/// Builds the settings, the curves and the data of one plot.
struct PanelScript {
  /// Labels, scales, the legend, references: everything but the curves.
  private(set) var settings = ""
  /// The curves, as the plot command lists them.
  private(set) var elements: [String] = []
  private(set) var data = ""
  /// Blocks of data so far.
  private(set) var blocks: Int
  private let plot: Plot
  private let stem: String
  private let xPrefix: SIPrefix
  private let yPrefix: SIPrefix
  private var colours = 0

  /// - Parameter firstBlock: blocks of data that other panels have.
  init(_ plot: Plot, stem: String, firstBlock: Int = 0) {
    self.plot = plot
    self.stem = stem
    blocks = firstBlock
    xPrefix = Self.prefix(plot.x, plot.layers.map(\.xExtent))
    yPrefix = Self.prefix(plot.y, plot.layers.map(\.yExtent))
    writeSettings()
    for layer in plot.layers { add(layer) }
    if elements.isEmpty { elements = ["NaN notitle"] }
  }

  var command: String { "plot \\\n  " + elements.joined(separator: ", \\\n  ") + "\n" }

  private static func prefix(_ axis: PlotAxis, _ extents: [Double]) -> SIPrefix {
    guard let unit = axis.unit, SIPrefix.prefixable.contains(unit), axis.scale == .linear else {
      return .none
    }
    let bounds = [axis.minimum, axis.maximum].compactMap { $0 }.map(abs)
    let size = axis.maximum.map(abs) ?? (extents + bounds).max() ?? 1
    return SIPrefix(for: size)
  }

  private mutating func writeSettings() {
    settings += """
      set autoscale xfix
      set xlabel \(Gnuplot.quoted(label(plot.x, xPrefix)))
      set ylabel \(Gnuplot.quoted(label(plot.y, yPrefix)))

      """
    if let title = plot.title { settings += "set title \(Gnuplot.quoted(title)) offset 0,0.3\n" }
    let key: String =
      switch plot.legend {
      case .topRight: "top right opaque"
      case .topLeft: "top left opaque Left reverse"
      case .bottomRight: "bottom right opaque"
      case .bottomLeft: "bottom left opaque Left reverse"
      case .outside: "outside right top Left reverse"
      case .hidden: "off"
      }
    settings +=
      "set key \(key)" + (plot.legend == .hidden ? "\n" : " samplen 2 spacing 1.2 noautotitle\n")
    settings += axisSettings("x", plot.x, xPrefix) + axisSettings("y", plot.y, yPrefix)
  }

  private func label(_ axis: PlotAxis, _ prefix: SIPrefix) -> String {
    guard let unit = axis.unit else { return axis.label }
    return "\(axis.label) (\(prefix.symbol)\(unit == "ohm" ? "Ω" : unit))"
  }

  private func axisSettings(_ name: String, _ axis: PlotAxis, _ prefix: SIPrefix) -> String {
    var lines = ""
    if axis.scale == .logarithmic {
      // Over decades no one prefix suits: each number has its own.
      let hasPrefixes = axis.unit.map(SIPrefix.prefixable.contains) ?? false
      // powers alike, where %g would write 1e-05 beside 0.0001
      let least = plot.layers.map { name == "x" ? $0.xLeast : $0.yLeast }.min() ?? 1
      let plain = least < 0.999e-3 ? "%.0te%T" : "%g"
      lines += "set logscale \(name)\nset format \(name) '\(hasPrefixes ? "%.0s %c" : plain)'\n"
    }
    if let spacing = axis.spacing, spacing > 0 { lines += "set \(name)tics \(spacing)\n" }
    if !axis.marks.isEmpty {
      let marks = axis.marks.map { mark in
        "\(Gnuplot.quoted(Self.number(mark, axis, prefix))) \(Gnuplot.number(mark / prefix.factor))"
      }
      lines += "set \(name)tics (\(marks.joined(separator: ", ")))\nunset m\(name)tics\n"
    }
    let bound = { (value: Double?) in value.map { Gnuplot.number($0 / prefix.factor) } ?? "*" }
    if axis.minimum != nil || axis.maximum != nil {
      lines += "set \(name)range [\(bound(axis.minimum)):\(bound(axis.maximum))]\n"
    }
    return lines
  }

  /// A mark's number, with a prefix of its own on an axis that has none.
  private static func number(_ mark: Double, _ axis: PlotAxis, _ prefix: SIPrefix) -> String {
    guard axis.scale == .logarithmic, axis.unit.map(SIPrefix.prefixable.contains) ?? false else {
      let number = mark / prefix.factor
      return abs(number) < 1e9 && number == number.rounded() ? "\(Int(number))" : "\(number)"
    }
    return SIPrefix.text(mark, unit: "")
  }

  private mutating func add(_ layer: Plot.Layer) {
    switch layer {
    case .line(let x, let y, let title, let colour, let emphasis, let dashed):
      let index = block([zip(x, y).map { point($0, [$1]) }])
      elements.append(
        "\(source(index)) using 1:2 with lines linecolor rgb '\(pick(colour))' "
          + "linewidth \(emphasis ? 3.5 : 1.7)\(dashed ? " dashtype 2" : "")\(titled(title))")
    case .bundle(let x, let ys, let title):
      let index = block(ys.map { y in zip(x, y).map { point($0, [$1]) } })
      elements.append(
        "\(source(index)) using 1:2 with lines linecolor rgb '#A8808080' linewidth 0.8")
      // A legend entry as dark as the bundle looks, where single lines are nearly transparent.
      if title != nil {
        elements.append("NaN with lines linecolor rgb '#A0A0A0' linewidth 1.5\(titled(title))")
      }
    case .band(let x, let low, let high, let title, let colour):
      let rows = x.indices.map { point(x[$0], [low[$0], high[$0]]) }
      let index = block([rows])
      // Three quarters transparent, so that lines and other bands stay visible.
      let shade = "#C0" + pick(colour).dropFirst()
      elements.append(
        "\(source(index)) using 1:2:3 with filledcurves linecolor rgb '\(shade)'\(titled(title))")
    case .stack(let x, let areas): addStack(x, areas)
    case .points(let x, let y, let labels, let title, let colour):
      addPoints(x, y, labels, title, pick(colour))
    case .verticalReference(let value, let label):
      addReference(along: "x", Gnuplot.number(value / xPrefix.factor), label)
    case .horizontalReference(let value, let label):
      addReference(along: "y", Gnuplot.number(value / yPrefix.factor), label)
    }
  }

  private mutating func addStack(_ x: [Double], _ areas: [(title: String, y: [Double])]) {
    var edges = [[Double](repeating: 0, count: x.count)]
    for area in areas {
      edges.append(zip(edges[edges.count - 1], area.y).map { $0 + $1 })
    }
    let index = block([x.indices.map { row in point(x[row], edges.map { $0[row] }) }])
    // The topmost area first, so that the legend reads like the picture.
    for (number, area) in areas.enumerated().reversed() {
      let colour = PlotColour.cycle[number % PlotColour.cycle.count].rawValue
      elements.append(
        "\(source(index)) using 1:\(number + 2):\(number + 3) with filledcurves "
          + "linecolor rgb '\(colour)'\(titled(area.title))")
    }
  }

  private mutating func addPoints(
    _ x: [Double], _ y: [Double], _ labels: [String], _ title: String?, _ colour: String
  ) {
    let rows = x.indices.map { row in
      point(x[row], [y[row]])
        + "\t" + Gnuplot.field(row < labels.count ? labels[row] : "")
    }
    let index = block([rows])
    elements.append(
      "\(source(index)) using 1:2 with points pointtype 7 pointsize 1.6 "
        + "linecolor rgb '\(colour)'\(titled(title))")
    if !labels.isEmpty {
      elements.append(
        "\(source(index)) using 1:2:3 with labels left offset 1,0.6 textcolor rgb '\(colour)'")
    }
  }

  private mutating func addReference(along name: String, _ value: String, _ label: String?) {
    let ends =
      name == "x"
      ? ("first \(value), graph 0", "first \(value), graph 1")
      : ("graph 0, first \(value)", "graph 1, first \(value)")
    settings += "set arrow from \(ends.0) to \(ends.1) nohead front "
    settings += "linecolor rgb '#404040' linewidth 1.2 dashtype (8,6)\n"
    guard let label else { return }
    let atLeft = name == "y" && ReferenceLabel(plot, Double(value) ?? 0, yPrefix).isAtLeft
    let place =
      name == "x"
      ? "first \(value), graph 0.97 left offset 0.6,0"
      : "graph \(atLeft ? "0.01" : "0.995"), first \(value)"
        + " \(atLeft ? "left" : "right") offset 0,0.6"
    settings += "set label \(Gnuplot.quoted(label)) at \(place) front textcolor rgb '#404040'\n"
  }

  private func point(_ x: Double, _ ys: [Double]) -> String {
    ([x / xPrefix.factor] + ys.map { $0 / yPrefix.factor }).map(Gnuplot.number)
      .joined(separator: "\t")
  }

  /// Adds lines of data as one block, and gives its number.
  private mutating func block(_ parts: [[String]]) -> Int {
    let filled = parts.filter { !$0.isEmpty }
    // Two blank lines end a block, one breaks a line; an empty block still needs a row.
    data += filled.isEmpty ? "NaN\tNaN\tNaN\n" : ""
    data += filled.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    data += "\n\n"
    blocks += 1
    return blocks - 1
  }

  private func source(_ index: Int) -> String { "\(Gnuplot.quoted(stem + ".tsv")) index \(index)" }

  private func titled(_ title: String?) -> String {
    title.map { " title \(Gnuplot.quoted($0))" } ?? ""
  }

  private mutating func pick(_ colour: PlotColour) -> String {
    guard colour == .automatic else { return colour.rawValue }
    let taken = Set(plot.layers.compactMap(\.fixedColour))
    let free = PlotColour.cycle.filter { !taken.contains($0) }
    defer { colours += 1 }
    return (free.isEmpty ? PlotColour.cycle : free)[colours % max(1, free.count)].rawValue
  }
}
