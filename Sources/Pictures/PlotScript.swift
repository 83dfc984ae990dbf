// A plot as a gnuplot script and its data.

/// Builds the script and the data of one plot.
struct PlotScript {
  let script: String
  let data: String

  /// - Precondition: at least one format.
  init(_ plot: Plot, stem: String, formats: [PictureFormat] = PictureFormat.usual) {
    precondition(!formats.isEmpty, "a plot is drawn in some format")
    let panel = PanelScript(plot, stem: stem)
    data = panel.data
    // Room for half of the last number; a legend outside makes its own.
    let margin = plot.legend == .outside ? "" : "set rmargin 4\n"
    script =
      Self.head(stem: stem, formats: formats)
        + """
        set terminal \(formats[0].terminal(plot.width, plot.height))
        set output stem.'.\(formats[0].rawValue)'

        """ + Self.style + margin + panel.settings + panel.command
      + formats.dropFirst().map { format in
        """
        set terminal \(format.terminal(plot.width, plot.height))
        set output stem.'.\(format.rawValue)'
        replot

        """
      }.joined() + "unset output\n"
  }

  static func head(
    stem: String, formats: [PictureFormat] = PictureFormat.usual
  ) -> String {
    let endings = formats.map { ".\($0.rawValue)" }.joined(separator: " and ")
    return """
      # Draws \(Gnuplot.field(stem))\(endings) from its .tsv; needs gnuplot 5.4.
      if (!exists("stem")) stem = \(Gnuplot.quoted(stem))
      set encoding utf8
      set micro

      """
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
  /// Draws `<stem>.png`, `<stem>.svg` or what is asked for into `directory`, beside their script
  /// and data.
  ///
  /// - Precondition: at least one format.
  /// - Throws: `PictureError`.
  public func draw(
    stem: String, in directory: String, formats: [PictureFormat] = PictureFormat.usual,
    with gnuplot: Gnuplot = Gnuplot()
  ) throws {
    let script = PlotScript(self, stem: stem, formats: formats)
    try gnuplot.draw(
      script: script.script, data: script.data, stem: stem, in: directory,
      extensions: formats.map(\.rawValue))
  }
}
