// Results as columns of text, headed by the printed expressions as the deck writes them; the steps'
// blocks stand one below the other.
//
// prn follows Xyce: blank-separated, an `Index` that starts again with each step, and the last line
// that Xyce writes, word for word. The readers of such files (Xyce's comparison scripts among them)
// know that line and stop there; those that do not know it fail on Xyce's own files too. An
// incomplete file ends without it, as Xyce's does when it is stopped. Blanks inside an expression
// would split its heading and are dropped.
//
// csv has no place for remarks, on which its readers would stumble. Beside an incomplete `x.csv`
// lies `x.csv.incomplete`, which says so and why; the next complete run removes it.

/// Writes comma- or blank-separated columns.
final class TextResult: ResultEncoder {
  enum Style { case csv, prn }

  private let schema: ResultSchema
  private let path: String
  private let style: Style
  private var file: ByteFile?

  init(_ schema: ResultSchema, _ path: String, _ style: Style) {
    self.schema = schema
    self.path = path
    self.style = style
  }

  var blockLength: Int { schema.blockLength }

  func open(_ temporary: String) throws {
    let file = try ByteFile(temporary, for: path)
    self.file = file
    var headings: [String] = []
    if style == .prn { headings.append("Index") }
    if let label = schema.abscissa?.label { headings.append(label) }
    for column in schema.columns {
      headings +=
        column.isComplex ? ["Re(\(column.label))", "Im(\(column.label))"] : [column.label]
    }
    switch style {
    case .csv: try file.write(headings.map(CommaSeparatedTable.quoted).joined(separator: ","))
    case .prn:
      let words = headings.map { heading in heading.filter { !$0.isWhitespace } }
      try file.write(words.joined(separator: " "))
    }
    try file.write(byte: Self.newline)
  }

  func begin(step: Int) throws {}

  func write(_ block: ResultBlock, step: Int) throws {
    guard let file else { preconditionFailure("a file not opened") }
    let separator = style == .csv ? UInt8(ascii: ",") : UInt8(ascii: " ")
    let hasAbscissa = schema.abscissa?.label != nil
    let parts = schema.isComplex ? 2 : 1
    var next = 0
    for point in 0..<block.count {
      var isFirst = true
      func separate() throws {
        if !isFirst { try file.write(byte: separator) }
        isFirst = false
      }
      if style == .prn {
        try separate()
        try file.write(number: block.start + point)
      }
      if hasAbscissa {
        try separate()
        try file.write(number: block.abscissas[point])
      }
      for column in schema.columns {
        for part in 0..<(column.isComplex ? 2 : 1) {
          try separate()
          try file.write(number: block.values[next + part])
        }
        next += parts
      }
      try file.write(byte: Self.newline)
    }
  }

  func end(step: Int, count: Int) throws {}

  func close(isComplete: Bool, _ attributes: Attributes) throws {
    if style == .prn, isComplete {
      let what = schema.steps.isEmpty ? "Simulation" : "Parameter Sweep"
      try file?.write("End of Xyce(TM) \(what)\n")
    }
    try file?.finish()
    // Before the file has its name, so that it is never there without the remark.
    if style == .csv, !isComplete {
      let reasons = attributes.names.compactMap { name in
        attributes[name]?.text.map { "\(name): \($0)\n" }
      }
      try WholeFile.write(
        Array(("This result is incomplete: the run ended early.\n" + reasons.joined()).utf8),
        to: Self.remark(path))
    }
  }

  func didRename(isComplete: Bool, _ attributes: Attributes) throws {
    if style == .csv, isComplete { WholeFile.remove(Self.remark(path)) }
  }

  func abandon() { file?.close() }

  private static let newline = UInt8(ascii: "\n")

  /// The file that marks a csv file as incomplete.
  static func remark(_ path: String) -> String { path + ".incomplete" }
}
