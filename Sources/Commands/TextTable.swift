/// A table of text with aligned columns, as results are printed.
struct TextTable {
  enum Alignment { case left, right }

  var headings: [String]
  var alignments: [Alignment]
  private(set) var rows: [[String]] = []

  /// Columns as heading and alignment.
  init(_ columns: [(String, Alignment)]) {
    headings = columns.map(\.0)
    alignments = columns.map(\.1)
  }

  /// - Precondition: one cell a column.
  mutating func append(_ row: [String]) {
    precondition(row.count == headings.count, "a row has one cell a column")
    rows.append(row)
  }

  var text: String {
    let all = [headings] + rows
    let widths = headings.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      let cells = row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return alignments[column] == .left ? row[column] + space : space + row[column]
      }
      var line = cells.joined(separator: "  ")[...]
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
