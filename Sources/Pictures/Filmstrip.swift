/// Pictures side by side with a title above each, as a paper shows a recall: target, probe,
/// snapshots, recalled; one row a pattern.
public struct Filmstrip: Sendable {
  /// One picture of a strip.
  public struct Frame: Sendable {
    /// One or more lines: "recalled\nerror 2.1 %".
    public var title: String
    public var image: GreyImage

    public init(_ title: String, _ image: GreyImage) {
      self.title = title
      self.image = image
    }
  }

  /// One line of frames, with an optional name on its left.
  public struct Row: Sendable {
    public var name: String?
    public var frames: [Frame]

    public init(name: String? = nil, _ frames: [Frame]) {
      self.name = name
      self.frames = frames
    }
  }

  public enum Palette: Sendable {
    /// 0 black, 1 white.
    case grey
    /// Closed on itself, for phases of the full circle as fractions of a turn.
    case cyclic
  }

  public var rows: [Row]
  public var palette: Palette
  /// Width of a frame in points (pixels).
  public var frameWidth: Int

  public init(rows: [Row], palette: Palette = .grey, frameWidth: Int = 240) {
    precondition(rows.contains { !$0.frames.isEmpty }, "a strip has frames")
    self.rows = rows
    self.palette = palette
    self.frameWidth = frameWidth
  }

  /// Draws `<stem>.png` into `directory`, beside its script and data.
  ///
  /// - Throws: `PictureError`.
  public func draw(
    stem: String, in directory: String, with gnuplot: Gnuplot = Gnuplot()
  ) throws {
    let (script, data) = script(stem)
    try gnuplot.draw(
      script: script, data: data, stem: stem, in: directory, extensions: ["png"])
  }

  private static let gap = 22
  private static let lineHeight = 26

  /// Everything is placed in picture points, y upwards.
  func script(_ stem: String) -> (script: String, data: String) {
    let nameWidth = (rows.compactMap { $0.name?.count }.max()).map { 12 * $0 + Self.gap } ?? 0
    let columns = rows.map(\.frames.count).max() ?? 0
    let width = nameWidth + columns * (frameWidth + Self.gap) + Self.gap
    let heights = rows.map(height)
    let total = heights.reduce(Self.gap, +)
    var labels = ""
    var elements: [String] = []
    var data = ""
    var top = total - Self.gap / 2
    for (row, rowHeight) in zip(rows, heights) {
      let titleLines = lines(row)
      let imageTop = top - titleLines * Self.lineHeight - 6
      if let name = row.name {
        let middle = imageTop - (imageTop - top + rowHeight - Self.gap) / 2
        labels += "set label \(Gnuplot.quoted(name)) at \(nameWidth - 4),\(middle) right\n"
      }
      for (column, frame) in row.frames.enumerated() {
        let left = nameWidth + Self.gap + column * (frameWidth + Self.gap)
        let own = frame.title.split(separator: "\n", omittingEmptySubsequences: false).count
        let base = imageTop + 6 + own * Self.lineHeight - Self.lineHeight / 2
        labels += "set label \(Gnuplot.quoted(frame.title)) "
        labels += "at \(left + frameWidth / 2),\(base) center\n"
        labels += outline(frame.image, left, imageTop)
        elements.append(element(frame.image, stem, elements.count, left, imageTop))
        data += matrix(frame.image)
      }
      top -= rowHeight
    }
    return (head(stem, width, total) + labels + plotCommand(elements), data)
  }

  private func lines(_ row: Row) -> Int {
    row.frames.map { $0.title.split(separator: "\n", omittingEmptySubsequences: false).count }
      .max() ?? 0
  }

  private func imageHeight(_ image: GreyImage) -> Int {
    max(1, frameWidth * image.height / image.width)
  }

  private func height(_ row: Row) -> Int {
    let images = row.frames.map { imageHeight($0.image) }.max() ?? 0
    return images + lines(row) * Self.lineHeight + 6 + Self.gap
  }

  private func head(_ stem: String, _ width: Int, _ height: Int) -> String {
    let palette =
      self.palette == .grey
      ? "set palette gray" : "set palette model HSV functions gray, 0.65, 0.95"
    return """
      # Draws \(Gnuplot.field(stem)).png from \(Gnuplot.field(stem)).tsv; needs gnuplot 5.4.
      if (!exists("stem")) stem = \(Gnuplot.quoted(stem))
      set encoding utf8
      set terminal pngcairo size \(width),\(height) font 'DejaVu Sans,15' noenhanced \
      background rgb 'white'
      set output stem.'.png'
      set datafile separator "\\t"
      unset border
      unset tics
      unset key
      unset colorbox
      \(palette)
      set cbrange [0:1]
      set margins 0,0,0,0
      set xrange [0:\(width)]
      set yrange [0:\(height)]

      """
  }

  private func outline(_ image: GreyImage, _ left: Int, _ top: Int) -> String {
    "set object rectangle from \(left),\(top - imageHeight(image)) to \(left + frameWidth),\(top) "
      + "front fillstyle empty border linecolor rgb '#808080'\n"
  }

  private func element(
    _ image: GreyImage, _ stem: String, _ index: Int, _ left: Int, _ top: Int
  ) -> String {
    let stepX = Double(frameWidth) / Double(image.width)
    let stepY = Double(imageHeight(image)) / Double(image.height)
    return "\(Gnuplot.quoted(stem + ".tsv")) index \(index) matrix using "
      + "(\(left)+($1+0.5)*\(stepX)):(\(top)-($2+0.5)*\(stepY)):3 with image"
  }

  private func plotCommand(_ elements: [String]) -> String {
    "plot \\\n  " + elements.joined(separator: ", \\\n  ") + "\nunset output\n"
  }

  private func matrix(_ image: GreyImage) -> String {
    var text = ""
    for y in 0..<image.height {
      text += (0..<image.width).map { x in
        let level = image[x, y]
        return Gnuplot.number(level.isFinite ? min(max(level, 0), 1) : level)
      }.joined(separator: "\t")
      text += "\n"
    }
    return text + "\n\n"
  }
}
