import Schematic

/// `.data name columns... values... [.enddata]`, its rows on continuation lines.
enum DataDecoder: CardDecoder {
  static let names = [".data"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    let name = try cursor.word("the name of the table")
    var columns: [Token] = []
    while !cursor.atValue {
      guard let column = cursor.word() else {
        throw Fault(
          "missing-value", "expected the values of the table", at: cursor.here,
          label: cursor.found, help: "rows stand on continuation lines that begin with '+'")
      }
      if columns.contains(where: { $0.text == column.text }) {
        throw Fault("given-twice", "'\(column.text)' is a column already", at: column.origin)
      }
      columns.append(column)
    }
    guard !columns.isEmpty else {
      throw Fault("missing-value", "expected the columns of the table", at: cursor.here)
    }
    for column in columns { try check(column, context) }
    let rows = try rows(&cursor, columns.count, context)
    return .data(
      DataCard(
        name: name.text, columns: columns.map(\.text), rows: rows, origin: context.origin))
  }

  /// `freq` is the frequency of an `.ac data=` sweep.
  private static func check(_ column: Token, _ context: DecodingContext) throws(Fault) {
    guard !["freq", "hertz"].contains(column.text) else { return }
    _ = try SweepTarget.resolve(column, context)
  }

  private static func rows(
    _ cursor: inout Cursor, _ width: Int, _ context: DecodingContext
  ) throws(Fault) -> [[Double]] {
    var values: [Double] = []
    var last = context.origin
    while !cursor.atEnd {
      let start = cursor.position
      if let word = cursor.word(), word.text == ".enddata" { break }
      cursor.position = start
      values.append(try context.number(&cursor, of: "data"))
      last = cursor.origin(from: start)
    }
    guard values.count % width == 0 else {
      throw Fault(
        "uneven-table", "the last row has \(values.count % width) of \(width) values", at: last)
    }
    return stride(from: 0, to: values.count, by: width).map { Array(values[$0..<$0 + width]) }
  }
}

/// `.enddata` on a line of its own closes what its `.data` statement has closed already.
enum EndDataDecoder: CardDecoder {
  static let names = [".enddata"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? { nil }
}
