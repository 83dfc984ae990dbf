/// Plots one above the other on a common x axis: voltages over currents, magnitude over phase.
public struct PlotStack: Sendable {
  public var title: String?
  /// From the top; their x axes show the same, their titles, sizes and legends' places do not
  /// count.
  public var panels: [Plot]
  public var width: Int
  /// Of the whole picture in points (pixels).
  public var height: Int

  /// - Precondition: at least one panel.
  public init(title: String? = nil, panels: [Plot], width: Int = 1400) {
    precondition(!panels.isEmpty, "a stack has panels")
    self.title = title
    self.panels = panels
    self.width = width
    height = 190 + (panels.count == 1 ? 650 : 430 * panels.count)
  }

  /// Draws `<stem>.png` and `<stem>.svg` into `directory`, beside their script and data.
  ///
  /// - Throws: `PictureError`.
  public func draw(stem: String, in directory: String, with gnuplot: Gnuplot = Gnuplot()) throws {
    let script = StackScript(self, stem: stem)
    try gnuplot.draw(
      script: script.script, data: script.data, stem: stem, in: directory,
      extensions: ["png", "svg"])
  }
}

/// Builds the script and the data of a stack.
struct StackScript {
  private(set) var script: String
  private(set) var data = ""
  private let stack: PlotStack

  init(_ stack: PlotStack, stem: String) {
    self.stack = stack
    script = PlotScript.head(stem: stem)
    var panels: [PanelScript] = []
    for plot in stack.panels {
      var plot = plot
      plot.title = nil
      plot.legend = plot.hasTitles ? .outside : .hidden
      let panel = PanelScript(plot, stem: stem, firstBlock: panels.last?.blocks ?? 0)
      data += panel.data
      panels.append(panel)
    }
    let commands = panels.indices.map { command($0, panels[$0]) }.joined()
    for format in PictureFormat.usual {
      script += """
        set terminal \(format.terminal(stack.width, stack.height))
        set output stem.'.\(format.rawValue)'

        """ + PlotScript.style + "set multiplot\n" + commands + "unset multiplot\nunset output\n"
    }
  }

  private func command(_ index: Int, _ panel: PanelScript) -> String {
    let isLast = index == stack.panels.count - 1
    let height = Double(stack.height)
    let (above, below, gap) = (stack.title == nil ? 30.0 : 70, 120.0, 40.0)
    let count = Double(stack.panels.count)
    let own = (height - above - below - gap * (count - 1)) / count
    let top = 1 - (above + Double(index) * (own + gap)) / height
    let bottom = top - own / height
    let right = 1 - (legendWidth / Double(stack.width))
    let title = index == 0 ? stack.title.map { "\(Gnuplot.quoted($0)) offset 0,0.3" } : nil
    let corner = "\(Self.text(right + 0.012)),\(Self.text(top))"
    let plot = stack.panels[index]
    return """
      unset logscale
      unset arrow
      unset label
      set format
      set xtics autofreq
      set ytics autofreq
      set xrange [*:*]
      set yrange [*:*]
      set lmargin at screen \(Self.text(180 / Double(stack.width)))
      set rmargin at screen \(Self.text(right))
      set tmargin at screen \(Self.text(top))
      set bmargin at screen \(Self.text(bottom))

      """ + panel.settings
        + (plot.hasTitles
          ? "set key at screen \(corner) left top Left reverse\n"
          : "") + (isLast ? "" : "set xlabel ''\nset format x ''\n")
        + (title.map { "set title \($0)\n" } ?? "unset title\n") + panel.command
  }

  /// Of the widest legend: capitals of 20 points are up to 19 wide, other letters 14.5.
  private var legendWidth: Double {
    let widths = stack.panels.flatMap { $0.layers.compactMap(\.title) }.map { title in
      title.reduce(0.0) { $0 + ($1.isUppercase ? 19 : 14.5) }
    }
    return widths.max().map { 110 + $0 } ?? 50
  }

  private static func text(_ part: Double) -> String { "\((part * 1e4).rounded() / 1e4)" }
}

extension Plot {
  fileprivate var hasTitles: Bool { layers.contains { $0.title != nil } }
}

extension Plot.Layer {
  /// What the legend says.
  var title: String? {
    switch self {
    case .line(_, _, let title, _, _, _), .bundle(_, _, let title), .band(_, _, _, let title, _),
      .points(_, _, _, let title, _):
      title
    default: nil
    }
  }
}
