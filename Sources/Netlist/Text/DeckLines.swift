import Schematic

/// Reads a deck and the files it includes into one sequence of statements.
struct DeckLines {
  static let includeDepthLimit = 64
  static let lineLimit = 20_000_000
  /// Files that include two others each are a small text and, sixty levels deep, 2^60 readings.
  static let fileLimit = 20_000

  private(set) var lines: [LogicalLine] = []
  private(set) var title = ""
  private(set) var sources = SourceMap()
  /// Faults of include lines by the number of the line: told only if the line stands in a part of
  /// the deck that is used.
  private(set) var deferred: [Int: Fault] = [:]
  /// Analyses and measures of ngspice's `.control` blocks.
  private(set) var commands: [Statement] = []
  /// Those that follow a change of the circuit, or depend on a condition.
  private(set) var lateCommands: [Statement] = []
  /// There was such a block: the deck is ngspice's.
  private(set) var hasCommands = false
  private let faults: FaultCollector
  /// Bytes by absolute path: a library included often is read once.
  private var cache: [String: [UInt8]] = [:]
  private var isFull = false

  /// - Parameter texts: what files hold, by absolute path; others are read.
  init(faults: FaultCollector, texts: [String: [UInt8]] = [:]) {
    self.faults = faults
    cache = texts
  }

  /// What the deck and the files it includes hold, by absolute path.
  var texts: [String: [UInt8]] { cache }

  /// Adds a card that comes from no file, behind the deck's.
  mutating func add(card: String, name: String) {
    let text = Array(card.utf8)
    let file = add(text: text, name: name)
    if let fault = TextCheck.fault(in: text, file: file) {
      faults.report(fault)
    } else {
      add(LogicalLine(file: file, start: 0, end: Int32(text.count)))
    }
  }

  /// Adds a text that comes from no file, such as the command line's.
  mutating func add(text: [UInt8], name: String) -> Int32 {
    sources.add(SourceFile(path: name, folder: FileSystem.workingFolder, bytes: text))
  }

  /// Reads the deck at `path`; its first line is its title.
  mutating func readDeck(_ path: String) {
    let absolute = FileSystem.join(FileSystem.workingFolder, path)
    guard let bytes = load(absolute, named: path, at: .none) else { return }
    readDeck(bytes, path: path, absolute: absolute)
  }

  mutating func readDeck(_ bytes: [UInt8], path: String, absolute: String) {
    read(bytes, path: path, absolute: absolute, at: .none, chain: [absolute], section: nil)
  }

  private mutating func load(_ absolute: String, named: String, at origin: Origin) -> [UInt8]? {
    if let bytes = cache[absolute] { return bytes }
    do throws(FileSystem.Failure) {
      let bytes = try FileSystem.read(absolute)
      cache[absolute] = bytes
      return bytes
    } catch {
      let fault =
        switch error {
        case .missing: Fault("no-such-file", "no file '\(named)'", at: origin)
        case .folder: Fault("file-is-folder", "'\(named)' is a folder, not a file", at: origin)
        case .tooLarge:
          Fault("file-too-large", "'\(named)' is larger than 1 GiB", at: origin)
        case .unreadable(let reason):
          Fault("unreadable-file", "'\(named)' cannot be read: \(reason)", at: origin)
        }
      tellLater(fault)
      return nil
    }
  }

  /// A fault of the line read last; without a line (the deck itself) it is told at once.
  private mutating func tellLater(_ fault: Fault) {
    if fault.origin.file < 0 { faults.report(fault) } else { deferred[lines.count - 1] = fault }
  }

  private mutating func read(
    _ bytes: [UInt8], path: String, absolute: String, at origin: Origin, chain: [String],
    section: String?
  ) {
    let file = sources.add(
      SourceFile(
        path: FileSystem.normalised(path), folder: FileSystem.folder(absolute), bytes: bytes,
        includedAt: origin))
    if let fault = TextCheck.fault(in: bytes, file: file) {
      faults.report(fault)
      if fault.identifier == "nul-byte" { return }
    }
    var splitter = LineSplitter(bytes: bytes, file: file)
    if origin.file < 0 { title = splitter.title() }
    var inSection = false
    var skipping: String?
    var opened: Origin?
    var sections: [String] = []
    while !isFull, let line = splitter.next() {
      guard bytes[Int(line.start)] == UInt8(ascii: ".") else {
        if skipping == nil && (section == nil || inSection) { add(line) }
        continue
      }
      var cursor = cursor(line, file)
      let name = cursor.word()?.text ?? ""
      if name == ".endl" {
        skipping = nil
        opened = nil
        if inSection { return }
      } else if name == ".lib", let header = sectionHeader(cursor) {
        // the definition of a section: `.lib name`
        sections.append(header)
        opened = line.origin
        if header == section { inSection = true } else if !inSection { skipping = header }
      } else if name == ".control" {
        let isUsed = skipping == nil && (section == nil || inSection)
        readCommands(&splitter, from: line, isUsed: isUsed)
      } else if skipping == nil && (section == nil || inSection) {
        if name == ".end" {
          if origin.file < 0, let next = splitter.next() { warnAfterEnd(next) }
          return
        }
        if name == ".title", origin.file < 0 {
          title = cursor.rest
          continue
        }
        add(line)
        if name == ".include" || name == ".inc" || name == ".incl" || name == ".lib" {
          include(&cursor, wantsSection: name == ".lib", path: path, chain: chain)
        }
      }
    }
    if let opened, !isFull {
      faults.report(Fault("unclosed-section", "this .lib has no .endl", at: opened))
    }
    if let section, !inSection, !isFull {
      tellLater(
        Fault(
          "unknown-section", "'\(path)' has no section '\(section)'", at: origin,
          label: NearMiss.label(section, among: sections)))
    }
  }

  /// Reads a script of ngspice, `.control` to `.endc`, whose lines are commands.
  private mutating func readCommands(
    _ splitter: inout LineSplitter, from opening: LogicalLine, isUsed: Bool
  ) {
    var script = ControlScript()
    var isClosed = false
    while !isClosed, let line = splitter.next() {
      var cursor = cursor(line, line.file)
      guard let name = cursor.word() else { continue }
      if name.text == ".endc" { isClosed = true } else { script.take(name, line, cursor.rest) }
    }
    if !isClosed {
      faults.report(Fault("unclosed-control", "this .control has no .endc", at: opening.origin))
    }
    guard isUsed else { return }
    hasCommands = true
    commands += script.statements
    lateCommands += script.lateStatements
    guard !script.skipped.isEmpty else { return }
    let names = script.skipped.prefix(6).map { "'\($0)'" }.joined(separator: ", ")
    faults.report(
      Fault(
        "control-block",
        "of this .control block analyses and measures are run, but not \(names)"
          + (script.skipped.count > 6 ? " and others" : ""), at: opening.origin,
        help: "results hold every voltage; .step changes values, .print names results",
        severity: .warning))
  }

  private func warnAfterEnd(_ line: LogicalLine) {
    var cursor = cursor(line, line.file)
    faults.report(
      Fault(
        "text-after-end", "what stands behind .end is not read",
        at: cursor.word()?.origin ?? line.origin, severity: .warning))
  }

  private func cursor(_ line: LogicalLine, _ file: Int32) -> Cursor {
    Cursor(line, in: sources.files[Int(file)], dialect: .xyce, faults: faults)
  }

  /// The name in `.lib name`, where nothing follows it.
  private func sectionHeader(_ cursor: Cursor) -> String? {
    var cursor = cursor
    cursor.skipBlanks()
    guard cursor.byte != UInt8(ascii: "\""), cursor.byte != UInt8(ascii: "'"),
      let word = cursor.word(), cursor.atEnd
    else { return nil }
    return word.text
  }

  private mutating func add(_ line: LogicalLine) {
    lines.append(line)
    guard lines.count >= DeckLines.lineLimit else { return }
    isFull = true
    faults.report(
      Fault(
        "deck-too-large", "the deck has more than \(DeckLines.lineLimit) statements",
        at: line.origin))
  }

  /// `.include "file"` or `.lib "file" section`.
  private mutating func include(
    _ cursor: inout Cursor, wantsSection: Bool, path: String, chain: [String]
  ) {
    do throws(Fault) {
      let file = try cursor.quoted("the name of a file")
      let section =
        wantsSection && !cursor.atEnd ? try cursor.word("the name of a section").text : nil
      try cursor.finish()
      let folder = sources.files[Int(cursor.file)].folder
      var absolute = FileSystem.join(folder, file.text)
      if !FileSystem.exists(absolute), let top = sources.files.first?.folder {
        // then beside the deck itself
        let other = FileSystem.join(top, file.text)
        if FileSystem.exists(other) { absolute = other }
      }
      let key = section.map { "\(absolute)#\($0)" } ?? absolute
      guard !chain.contains(key) else {
        throw Fault(
          "include-cycle", "'\(file.text)' includes itself", at: file.origin,
          label: "it is being read already")
      }
      guard chain.count < DeckLines.includeDepthLimit else {
        throw Fault(
          "nesting-too-deep",
          "includes are nested more than \(DeckLines.includeDepthLimit) levels deep",
          at: file.origin)
      }
      guard sources.files.count < DeckLines.fileLimit else {
        isFull = true
        faults.report(
          Fault(
            "deck-too-large", "the deck includes files more than \(DeckLines.fileLimit) times",
            at: file.origin))
        return
      }
      guard let bytes = load(absolute, named: file.text, at: file.origin) else { return }
      read(
        bytes, path: FileSystem.join(FileSystem.folder(path), file.text), absolute: absolute,
        at: file.origin, chain: chain + [key], section: section)
    } catch { tellLater(error) }
  }
}
