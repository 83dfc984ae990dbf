import CSQLite

/// What SQLite keeps in a cell.
enum SQLValue: Equatable, Sendable {
  case null
  case integer(Int)
  case real(Double)
  case text(String)

  /// NaN becomes null: SQLite has no other word for it.
  static func number(_ value: Double?) -> SQLValue {
    value.map { $0.isNaN ? .null : .real($0) } ?? .null
  }

  static func optional(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
  static func optional(_ value: Int?) -> SQLValue { value.map { .integer($0) } ?? .null }
  static func flag(_ value: Bool?) -> SQLValue { value.map { .integer($0 ? 1 : 0) } ?? .null }
}

/// One row of a query, while it stands on it.
struct Row {
  let statement: OpaquePointer

  func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL
  }

  func integer(_ column: Int) -> Int { Int(sqlite3_column_int64(statement, Int32(column))) }

  func optionalInteger(_ column: Int) -> Int? { isNull(column) ? nil : integer(column) }

  /// Nil where nothing stands.
  func real(_ column: Int) -> Double? {
    isNull(column) ? nil : sqlite3_column_double(statement, Int32(column))
  }

  func optionalText(_ column: Int) -> String? {
    sqlite3_column_text(statement, Int32(column)).map { String(cString: $0) }
  }

  func text(_ column: Int) -> String { optionalText(column) ?? "" }

  func value(_ column: Int) -> SQLValue {
    switch sqlite3_column_type(statement, Int32(column)) {
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_FLOAT: .real(real(column) ?? 0)
    case SQLITE_TEXT: .text(text(column))
    default: .null
    }
  }

  var count: Int { Int(sqlite3_column_count(statement)) }

  func name(_ column: Int) -> String {
    sqlite3_column_name(statement, Int32(column)).map { String(cString: $0) } ?? ""
  }
}
