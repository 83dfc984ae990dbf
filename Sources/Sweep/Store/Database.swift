import CSQLite

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A connection to one SQLite file. The corresponding C type is `sqlite3`. Not for several tasks at
/// once: `CampaignStore` lets in one at a time.
final class Database {
  enum Access { case read, write, create }

  let path: String
  private let connection: OpaquePointer
  private var statements: [String: OpaquePointer] = [:]

  /// Opens the file; nothing is read before the first statement.
  /// - Throws: `StoreFailure`.
  init(_ path: String, _ access: Access, immutable: Bool = false) throws(StoreFailure) {
    self.path = path
    // URIs for files that are attached
    var flags = SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_URI
    switch access {
    case .read: flags |= SQLITE_OPEN_READONLY
    case .write: flags |= SQLITE_OPEN_READWRITE
    case .create: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    }
    var opened: OpaquePointer?
    let address = Self.address(path, immutable ? "immutable=1" : nil)
    let code = sqlite3_open_v2(address, &opened, flags, nil)
    guard let opened else { throw StoreFailure(.other, path, "SQLite has no memory") }
    guard code == SQLITE_OK else {
      let failure = StoreFailure.of(
        code, String(cString: sqlite3_errmsg(opened)), system: sqlite3_system_errno(opened),
        path: path)
      sqlite3_close_v2(opened)
      throw failure
    }
    connection = opened
    // others hold the file for milliseconds at a time
    sqlite3_busy_timeout(opened, 60_000)
  }

  deinit {
    for statement in statements.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(connection)
  }

  /// A file as a URI, whatever its name holds.
  static func address(_ path: String, _ query: String? = nil) -> String {
    let safe = path.replacing("%", with: "%25").replacing("?", with: "%3f")
      .replacing("#", with: "%23")
    // a name such as ":memory:" is a file here
    return "file:" + (path.hasPrefix("/") ? safe : "./" + safe) + (query.map { "?" + $0 } ?? "")
  }

  /// How a file can be read that others may be writing.
  enum Reading {
    /// With the log's index beside it, which goes when the last one closes it.
    case shared
    /// In a folder that cannot be written, where a writer keeps log and index.
    case existingLog
    /// In a folder that cannot be written, and nobody writes.
    case frozen
  }

  static func reading(_ path: String) -> Reading {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    if access(folder.isEmpty ? "/" : folder, W_OK) == 0, access(path, W_OK) == 0 { return .shared }
    return access(path + "-wal", F_OK) == 0 ? .existingLog : .frozen
  }

  /// Runs statements that give nothing back.
  func execute(_ sql: String) throws(StoreFailure) {
    let code = sqlite3_exec(connection, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Runs one statement and passes each row to `body`.
  func run(
    _ sql: String, _ values: [SQLValue] = [], _ body: (Row) throws(StoreFailure) -> Void = { _ in }
  ) throws(StoreFailure) {
    let statement = try prepared(sql)
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    for (index, value) in values.enumerated() {
      let code = bind(value, to: statement, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw failure(code) }
    }
    while true {
      let code = sqlite3_step(statement)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw failure(code) }
      try body(Row(statement: statement))
    }
  }

  func rows<Value>(
    _ sql: String, _ values: [SQLValue] = [], _ make: (Row) -> Value
  ) throws(StoreFailure) -> [Value] {
    var all: [Value] = []
    try run(sql, values) { all.append(make($0)) }
    return all
  }

  func first<Value>(
    _ sql: String, _ values: [SQLValue] = [], _ make: (Row) -> Value
  ) throws(StoreFailure) -> Value? { try rows(sql, values, make).first }

  /// Rows that the last statement changed.
  var changes: Int { Int(sqlite3_changes64(connection)) }

  /// All of `body` or nothing of it, and nobody else's writes in between.
  func transaction<Value>(
    _ body: () throws(StoreFailure) -> Value
  ) throws(StoreFailure) -> Value {
    try execute("BEGIN IMMEDIATE")
    do throws(StoreFailure) {
      let value = try body()
      try execute("COMMIT")
      return value
    } catch {
      // a full disk may have rolled back already
      try? execute("ROLLBACK")
      throw error
    }
  }

  private func prepared(_ sql: String) throws(StoreFailure) -> OpaquePointer {
    if let known = statements[sql] { return known }
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v3(
      connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK, let statement else { throw failure(code) }
    statements[sql] = statement
    return statement
  }

  private func bind(_ value: SQLValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
    switch value {
    case .null: sqlite3_bind_null(statement, index)
    case .integer(let value): sqlite3_bind_int64(statement, index, Int64(value))
    case .real(let value): sqlite3_bind_double(statement, index, value)
    case .text(let value):
      oscine_bind_text(statement, index, value, Int32(value.utf8.count))
    }
  }

  private func failure(_ code: Int32) -> StoreFailure {
    let system = code & 0xFF == SQLITE_IOERR || code & 0xFF == SQLITE_CANTOPEN
    return StoreFailure.of(
      code, String(cString: sqlite3_errmsg(connection)),
      system: system ? sqlite3_system_errno(connection) : 0, path: path)
  }
}
