// A plot as a gnuplot script and its data.

/// Builds the script and the data of one plot.
struct PlotScript {
  let script: String
  let data: String

  init(_ plot: Plot, stem: String) {
    let panel = PanelScript(plot, stem: stem)
    data = panel.data
    // Room for half of the last number; a legend outside makes its own.
    let margin = plot.legend == .outside ? "" : "set rmargin 4\n"
    script =
      Self.head(stem: stem)
        + """
        set terminal \(Self.terminal("pngcairo", plot.width, plot.height))
        set output stem.'.png'

        """ + Self.style + margin + panel.settings + panel.command
        + """
        set terminal \(Self.terminal("svg", plot.width, plot.height))
        set output stem.'.svg'
        replot
        unset output

        """
  }

  static func head(stem: String) -> String {
    """
    # Draws \(Gnuplot.field(stem)).png and .svg from its .tsv; needs gnuplot 5.4.
    if (!exists("stem")) stem = \(Gnuplot.quoted(stem))
    set encoding utf8
    set micro

    """
  }

  static func terminal(_ name: String, _ width: Int, _ height: Int) -> String {
    "\(name) size \(width),\(height) font 'DejaVu Sans,20' "
      + "linewidth 1.5 noenhanced background rgb 'white'"
  }

  static let style = """
    set datafile separator "\\t"
    set border 3 linecolor rgb '#404040'
    set tics nomirror out textcolor rgb '#202020'
    set mxtics default
    set mytics default
    set grid linecolor rgb '#E4E4E4' linewidth 0.7 linetype 1
    set style fill solid 1 noborder

    """
}

extension Plot {
  /// Draws `<stem>.png` and `<stem>.svg` into `directory`, beside their script and data.
  ///
  /// - Throws: `PictureError`.
  public func draw(
    stem: String, in directory: String, with gnuplot: Gnuplot = Gnuplot()
  ) throws {
    let script = PlotScript(self, stem: stem)
    try gnuplot.draw(
      script: script.script, data: script.data, stem: stem, in: directory,
      extensions: ["png", "svg"])
  }
}
