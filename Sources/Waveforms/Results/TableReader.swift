// Results as columns of text: csv, and Xyce's prn with or without its `Index`. The first line has
// the headings. A step begins where `Index` is 0 again or, without it, where the abscissa goes
// back; which value was stepped such files do not tell.

import Numerics

/// Reads a csv or prn file.
struct TableReader {
  private let path: String
  private let bytes: [UInt8]

  init(_ path: String, _ bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  private func malformed(_ reason: String) -> FileError { FileError(path, .malformed, reason) }

  func result() throws -> CircuitResult {
    var text = NumberScanner(bytes)
    let first = text.nextLine() ?? ""
    let (headings, isComma) = Self.headings(first)
    let isText = first.unicodeScalars.allSatisfy {
      $0 == "\t" || $0.value >= 32 && $0 != "\u{FFFD}"
    }
    guard isText, let front = headings.first, headings.allSatisfy({ !$0.isEmpty }) else {
      throw malformed("it is no result file")
    }
    var rows: [[Double]] = Array(repeating: [], count: headings.count)
    var hasEnd = false
    while text.place < text.end {
      text.skipBlanksAndLines()
      guard text.place < text.end else { break }
      if text.byte == UInt8(ascii: "E"), let line = text.nextLine() {
        guard line.hasPrefix("End of ") else {
          throw malformed("line \(text.line - 1): '\(line.prefix(40))' is no row of numbers")
        }
        hasEnd = true
        continue
      }
      try readRow(&text, into: &rows, isComma: isComma)
    }
    guard hasEnd || !rows[0].isEmpty else { throw malformed("it is no result file") }
    let hasIndex = front.lowercased() == "index" && !isComma
    let label = headings.dropFirst(hasIndex ? 1 : 0).first ?? ""
    let abscissa: CircuitResult.Abscissa? =
      switch label.uppercased() {
      case "TIME": .init("time", unit: "s")
      case "FREQ", "FREQUENCY", "HERTZ": .init("frequency", unit: "Hz")
      default: nil
      }
    let columns = Self.columns(
      headings, from: (hasIndex ? 1 : 0) + (abscissa == nil ? 0 : 1))
    let line = abscissa == nil ? nil : rows[hasIndex ? 1 : 0]
    let steps = Self.steps(index: hasIndex ? rows[0] : nil, abscissa: line, count: rows[0].count)
    let isComplete =
      hasIndex ? hasEnd : (try? WholeFile.size(TextResult.remark(path), limit: .max)) == nil
    return CircuitResult(
      title: "", analysis: Self.analysis(abscissa, columns.map(\.column)), isComplete: isComplete,
      abscissa: abscissa, curves: curves(steps, columns, rows, line))
  }

  private func readRow(
    _ text: inout NumberScanner, into rows: inout [[Double]], isComma: Bool
  ) throws {
    for index in rows.indices {
      if index > 0 {
        text.skipBlanks()
        if isComma {
          guard text.byte == UInt8(ascii: ",") else {
            throw malformed("line \(text.line) has \(index) numbers in place of \(rows.count)")
          }
          text.place += 1
          text.skipBlanks()
        }
      }
      guard let number = text.number() else {
        throw malformed(
          text.place >= text.end || text.byte == 0x0A
            ? "line \(text.line) has \(index) numbers in place of \(rows.count)"
            : "line \(text.line): '\(text.word)' is no number")
      }
      rows[index].append(number)
    }
    text.skipBlanks()
    guard text.place >= text.end || text.byte == 0x0A else {
      throw malformed("line \(text.line) has more than \(rows.count) numbers")
    }
  }

  /// The words of the first line, and whether commas separate them.
  private static func headings(_ line: String) -> ([String], isComma: Bool) {
    let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    if words.first?.lowercased() == "index" { return (words, false) }
    var fields = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        // A doubled quote opens again at once and stands for itself.
        if !isQuoted, fields[fields.count - 1].last != nil { fields[fields.count - 1] += "\"" }
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        fields.append("")
      } else {
        fields[fields.count - 1].append(character)
      }
    }
    // Blank-separated headings may have commas of their own: v(a,b).
    let first = words.first?.uppercased()
    if words.count > 1, first == "TIME" || first == "FREQ" { return (words, false) }
    return (fields, true)
  }

  private typealias Column = (column: ResultColumn, place: Int)

  /// `Re(x)` and `Im(x)` side by side are one complex column.
  private static func columns(_ headings: [String], from start: Int) -> [Column] {
    var result: [Column] = []
    var place = start
    while place < headings.count {
      let label = headings[place]
      if let inner = inside(label, "re("), place + 1 < headings.count,
        inside(headings[place + 1], "im(") == inner
      {
        result.append((.heading(inner, isComplex: true), place))
        place += 2
      } else {
        result.append((.heading(label), place))
        place += 1
      }
    }
    return result
  }

  private static func inside(_ label: String, _ front: String) -> String? {
    guard label.lowercased().hasPrefix(front), label.last == ")" else { return nil }
    return String(label.dropFirst(front.count).dropLast())
  }

  /// Where steps begin, and the end.
  private static func steps(index: [Double]?, abscissa: [Double]?, count: Int) -> [Int] {
    var starts = [0]
    for row in 0..<count where row > 0 {
      let isNew = index.map { $0[row] == 0 } ?? abscissa.map { $0[row] < $0[row - 1] } ?? false
      if isNew { starts.append(row) }
    }
    return starts + [count]
  }

  private static func analysis(
    _ abscissa: CircuitResult.Abscissa?, _ columns: [ResultColumn]
  ) -> ResultSchema.Analysis? {
    switch abscissa?.unit {
    case "s": .tran
    case "Hz":
      columns.contains { column in
        ["ONOISE", "INOISE", "DNO(", "DNI("].contains { column.label.uppercased().hasPrefix($0) }
      } ? .noise : .ac
    default: nil
    }
  }

  private func curves(
    _ steps: [Int], _ columns: [Column], _ rows: [[Double]], _ line: [Double]?
  ) -> [ResultCurve] {
    zip(steps, steps.dropFirst()).enumerated().flatMap { number, ends -> [ResultCurve] in
      let range = ends.0..<ends.1
      let step = steps.count > 2 ? [ResultCurve.Setting("step", Double(number + 1))] : []
      let abscissas = line.map { Array($0[range]) } ?? range.indices.map { Double($0 - ends.0) }
      return columns.map { column, place in
        let points: ResultCurve.Points =
          column.isComplex
          ? .complex(zip(rows[place][range], rows[place + 1][range]).map { Complex($0, $1) })
          : .real(Array(rows[place][range]))
        return ResultCurve(column, step: step, abscissas: abscissas, points)
      }
    }
  }
}
