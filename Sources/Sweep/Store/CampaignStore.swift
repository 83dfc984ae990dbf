import Foundation
import Synchronization

/// The store of a campaign: one SQLite file (`docs/store.md`). Any number of tasks of this process
/// and any number of processes may use it; each call sees and leaves it whole.
public final class CampaignStore: Sendable {
  public let path: String
  /// What the campaign is.
  public let campaign: CampaignRecord
  let database: Mutex<Database>
  /// This process' row among the workers; 0 where it only reads.
  let worker: Int

  /// Whether a file is SQLite's, as every store is; opening it tells whether it is a store.
  public static func isDatabase(_ path: String) -> Bool {
    // a pipe would never end
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let type = try? FileManager.default.attributesOfItem(atPath: target)[.type]
    guard type as? FileAttributeType == .typeRegular,
      let file = FileHandle(forReadingAtPath: target)
    else { return false }
    defer { try? file.close() }
    return (try? file.read(upToCount: 16)) == Data("SQLite format 3\0".utf8)
  }

  /// Opens a store, checks that it is one, and reads what campaign it holds.
  ///
  /// - Parameter readOnly: no row is written; other processes may write.
  /// - Throws: `StoreFailure`.
  public static func open(_ path: String, readOnly: Bool = false) throws -> CampaignStore {
    guard FileManager.default.fileExists(atPath: path) else {
      throw StoreFailure(.missing, path, "there is no such file")
    }
    var isDirectory: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    if isDirectory.boolValue { throw StoreFailure(.foreign, path, "it is a directory") }
    let database = try connection(path, readOnly: readOnly)
    return try CampaignStore(path, database, isWorking: !readOnly)
  }

  /// A new store with its first points and batches. Written under another name and then linked, so
  /// that it is there whole or not at all, and never in the place of another.
  /// - Throws: `StoreFailure` "exists" where the file is there.
  public static func create(_ path: String, _ campaign: CampaignRecord) throws -> CampaignStore {
    let url = URL(fileURLWithPath: path)
    let exists = StoreFailure(
      .exists, path, "it is there already",
      help: "go on with it by --resume, or name another one with --store")
    if FileManager.default.fileExists(atPath: path) { throw exists }
    try checkWritable(url.deletingLastPathComponent().path, of: path, "its folder")
    let own = ProcessInfo.processInfo.processIdentifier
    let scratch = url.deletingLastPathComponent()
      .appendingPathComponent(".\(url.lastPathComponent).\(own)").path
    try? FileManager.default.removeItem(atPath: scratch)
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    do {
      let database = try Database(scratch, .create)
      // in one file, without a log beside it, until it has its name
      try database.execute("PRAGMA journal_mode = MEMORY")
      try database.transaction { () throws(StoreFailure) in
        try database.execute(StoreSchema.tables)
        try database.execute(StoreSchema.view(campaign.axes))
        try campaign.write(to: database)
        try database.lay(campaign)
      }
    } catch var failure {
      failure.path = path
      throw failure
    }
    if link(scratch, path) != 0 {
      if errno == EEXIST { throw exists }
      // file systems without links
      guard rename(scratch, path) == 0 else {
        throw StoreFailure(
          .unwritable, path, "it cannot be made: \(String(cString: strerror(errno)))")
      }
    }
    return try open(path)
  }

  private init(
    _ path: String, _ database: sending Database, isWorking: Bool
  ) throws(StoreFailure) {
    self.path = path
    let campaign = try CampaignRecord(from: database)
    self.campaign = campaign
    worker = isWorking ? try Self.register(database, campaign.program) : 0
    self.database = Mutex(database)
  }

  /// Enters this process among the workers.
  private static func register(
    _ database: Database, _ program: String
  ) throws(StoreFailure) -> Int {
    let own = WorkerIdentity.own
    return try database.transaction { () throws(StoreFailure) in
      try database.run(
        "INSERT INTO worker (host, process, program) VALUES (?, ?, ?)",
        [.text(own.host), .text(own.process), .text(program)])
      return try database.first("SELECT max(id) FROM worker") { $0.integer(0) } ?? 0
    }
  }

  private static func connection(
    _ path: String, readOnly: Bool
  ) throws(StoreFailure) -> sending Database {
    guard readOnly else {
      // before SQLite leaves a log beside a file that it cannot write
      try checkWritable(path, of: path, "it")
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      try checkWritable(folder, of: path, "its folder")
      let database = try Database(path, .write)
      try check(database)
      try database.execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
      return database
    }
    let database =
      switch Database.reading(path) {
      // may tidy up the log of a process that was killed, and takes its own files away
      case .shared: try Database(path, .write)
      case .existingLog: try Database(path, .read)
      case .frozen: try Database(path, .read, immutable: true)
      }
    try check(database)
    try database.execute("PRAGMA query_only = ON")
    return database
  }

  private static func checkWritable(
    _ place: String, of path: String, _ what: String
  ) throws(StoreFailure) {
    guard access(place, W_OK) != 0 else { return }
    throw StoreFailure(
      .unwritable, path, "\(what) cannot be written: \(String(cString: strerror(errno)))",
      help: "nothing has been changed; a store is written with a log beside it, in a folder that"
        + " can be written")
  }

  private static func check(_ database: Database) throws(StoreFailure) {
    func number(_ name: String) throws(StoreFailure) -> Int {
      try database.first("PRAGMA \(name)") { $0.integer(0) } ?? 0
    }
    guard try number("application_id") == StoreSchema.application else {
      throw StoreFailure(
        .foreign, database.path, "it is an SQLite file, but no store of campaigns")
    }
    let version = try number("user_version")
    guard version == StoreSchema.version else {
      let age = version < StoreSchema.version ? "an older" : "a newer"
      throw StoreFailure(
        .version, database.path,
        "it is of \(age) version (\(version)) of the store; this program reads"
          + " version \(StoreSchema.version)",
        help: "use the program that wrote it, or run the campaign anew")
    }
    let told = try database.first("PRAGMA quick_check(1)") { $0.text(0) } ?? "nothing"
    guard told == "ok" else {
      throw StoreFailure(
        .corrupt, database.path, "it is damaged: \(told)",
        help: "what SQLite can save of it: sqlite3 STORE .recover")
    }
  }

  /// Runs `body` on the connection, one task at a time.
  func locked<Value: Sendable>(
    _ body: (Database) throws(StoreFailure) -> Value
  ) throws(StoreFailure) -> Value {
    try database.withLock { (database) throws(StoreFailure) in try body(database) }
  }
}
