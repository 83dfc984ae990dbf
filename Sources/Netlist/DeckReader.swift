public import Schematic

/// Reads a deck: text in, circuit or faults out.
///
/// The way of a deck: `DeckLines` reads files into statements, `BlockBuilder` sorts them into
/// subcircuits and branches, `Elaborator` opens and evaluates everything. Cards and elements are
/// read by the decoders listed in `CardDecoders` and `ElementDecoders`.
public enum DeckReader {
  public struct Reading: Sendable {
    /// Nil when there was an error.
    public var circuit: Circuit?
    /// Everything found wrong, errors and warnings, in the order of the text.
    public var faults: [Fault]
    /// To show the faults with.
    public var sources: SourceMap
    /// Subcircuits of the top level, in the order of the text.
    public var subcircuits: [SubcircuitOutline]
    /// What the deck and the files it includes held, by absolute path.
    public var texts: [String: [UInt8]]
  }

  /// Reads the deck at `path` and all it includes.
  ///
  /// - Parameters:
  ///   - overrides: values of top-level parameters, and of calls' as `x1:w`, that win over the
  ///     deck's, as texts: `-p`.
  ///   - seed: of random functions; nil takes `.options seed=`, and 1 without.
  ///   - sample: number of the draw of all random functions.
  ///   - temperature: in Celsius, in place of the deck's; nil takes that.
  ///   - cards: statements behind the deck's, and what messages call where they come from.
  ///   - texts: what files held when they were first read, by absolute path: later readings of a
  ///     deck then see the same text though it is edited meanwhile.
  ///   - cells: which elements inside subcircuits are read; a deck whose cards speak of others has
  ///     faults then.
  ///   - devices: what the catalogue says of each device.
  public static func read(
    path: String, overrides: [(name: String, value: String)] = [], seed: UInt64? = nil,
    sample: Int = 0, temperature: Double? = nil, cards: [(text: String, name: String)] = [],
    texts: [String: [UInt8]] = [:], cells: CellDepth = .everything, devices: [DeviceDescription]
  ) -> Reading {
    var reader = Reader(
      overrides: overrides, seed: seed, sample: sample, temperature: temperature, texts: texts,
      devices: devices)
    reader.cells = cells
    reader.lines.readDeck(path)
    for card in cards { reader.lines.add(card: card.text, name: card.name) }
    return reader.finish()
  }

  /// Reads a deck held in memory, as if it stood in a file called `path`.
  public static func read(
    text: [UInt8], path: String, overrides: [(name: String, value: String)] = [],
    seed: UInt64? = nil, sample: Int = 0, texts: [String: [UInt8]] = [:],
    devices: [DeviceDescription]
  ) -> Reading {
    var reader = Reader(
      overrides: overrides, seed: seed, sample: sample, temperature: nil, texts: texts,
      devices: devices)
    reader.lines.readDeck(
      text, path: path, absolute: FileSystem.join(FileSystem.workingFolder, path))
    return reader.finish()
  }
}

/// How much of the subcircuits that are called is read, for fidelities that know cells by views.
public enum CellDepth: Sendable {
  case everything
  /// Everything, but of very many elements those of the first call of each subcircuit only: its
  /// mistakes are found all the same.
  case oneOfEach
  /// No elements.
  case nothing
}

/// One reading under way.
private struct Reader {
  let overrides: [(name: String, value: String)]
  let seed: UInt64?
  let sample: Int
  let temperature: Double?
  let devices: [DeviceDescription]
  var cells = CellDepth.everything
  let faults: FaultCollector
  var lines: DeckLines

  init(
    overrides: [(name: String, value: String)], seed: UInt64?, sample: Int, temperature: Double?,
    texts: [String: [UInt8]], devices: [DeviceDescription]
  ) {
    self.overrides = overrides
    self.seed = seed
    self.sample = sample
    self.temperature = temperature
    self.devices = devices
    faults = FaultCollector()
    lines = DeckLines(faults: faults, texts: texts)
  }

  mutating func finish() -> DeckReader.Reading {
    let dialect = self.dialect()
    let given = overrides.compactMap { override($0.name, $0.value, dialect) }
    let titleIsCard = lines.title.first == "."
    if titleIsCard {
      faults.report(
        Fault(
          "title-is-card", "the first line is the title, though it looks like a card",
          at: Origin(file: 0, offset: 0, length: Int32(lines.title.utf8.count)),
          help: "put a title above it", severity: .warning))
    }
    if lines.lines.isEmpty, faults.errorCount == 0 {
      faults.report(
        Fault(
          "empty-deck",
          lines.hasCommands
            ? "the deck has a .control block and nothing else"
            : lines.title.isEmpty ? "the deck is empty" : "the deck has a title and nothing else",
          at: Origin(file: 0, offset: 0, length: Int32(lines.title.utf8.count)),
          help: "the first line is the title; elements and cards follow it"))
    }
    var builder = BlockBuilder(sources: lines.sources, faults: faults, dialect: dialect)
    var block = builder.build(lines.lines, deferred: lines.deferred)
    block.cards += commands(besides: block)
    let elaborator = Elaborator(
      title: lines.title, sources: lines.sources, faults: faults, dialect: dialect,
      devices: devices, seed: seed, sample: sample, temperature: temperature,
      cells: cells)
    elaborator.elaborate(block, globals: builder.globals, overrides: given)
    return DeckReader.Reading(
      circuit: faults.errorCount == 0 ? elaborator.circuit : nil,
      faults: faults.faults.sorted {
        ($0.origin.file, $0.origin.offset, $0.identifier)
          < ($1.origin.file, $1.origin.offset, $1.identifier)
      }, sources: lines.sources,
      subcircuits: block.subcircuits.values.map(SubcircuitOutline.init).sorted {
        ($0.origin.file, $0.origin.offset) < ($1.origin.file, $1.origin.offset)
      }, texts: lines.texts)
  }

  /// What `.control` blocks ask for. Analyses behind a change of the circuit are taken only where
  /// there are no others: of the circuit as the deck describes it.
  private func commands(besides block: Block) -> [Statement] {
    let analyses: Set = [".op", ".dc", ".ac", ".tran", ".noise", ".pss"]
    let isAsked = (block.cards + lines.commands).contains { analyses.contains($0.name.text) }
    guard !isAsked, let first = lines.lateCommands.first else { return lines.commands }
    faults.report(
      Fault(
        "control-block", "this analysis is run once, with the circuit as the deck describes it",
        at: first.name.origin,
        help: "what the script does to the circuit before is left out; .step changes values",
        severity: .warning))
    return lines.commands + lines.lateCommands
  }

  /// The dialect must be known before the first expression is read, wherever its card stands. A
  /// deck with a `.control` block is ngspice's, unless it says otherwise.
  private func dialect() -> Dialect {
    var dialect = lines.hasCommands ? Dialect.ngspice : Dialect.xyce
    for line in lines.lines {
      let source = lines.sources.files[Int(line.file)]
      guard source.bytes[Int(line.start)] == UInt8(ascii: ".") else { continue }
      var cursor = Cursor(line, in: source, dialect: dialect, faults: faults)
      guard let card = cursor.word(), card.text.hasPrefix(".opt") else { continue }
      while !cursor.atEnd {
        if let key = cursor.key(), key.text == "dialect" {
          do throws(Fault) { dialect = try cursor.choice("dialect") } catch {
            faults.report(error)
          }
        } else if cursor.word() == nil {
          cursor.position += 1
        }
      }
    }
    return dialect
  }

  /// `-p name=value`, read as if it were a line of a file.
  private mutating func override(
    _ name: String, _ value: String, _ dialect: Dialect
  ) -> ParameterDeclaration? {
    // x1:w, or with Xyce's colons x1:x2:w, is a parameter of one call
    let levels = name.lowercased().split(separator: ":", omittingEmptySubsequences: false)
    let text = Array("\(levels.last ?? "")=\(value)".utf8)
    let file = lines.add(text: text, name: "-p")
    if let fault = TextCheck.fault(in: text, file: file) {
      faults.report(fault)
      return nil
    }
    let line = LogicalLine(file: file, start: 0, end: Int32(text.count))
    var cursor = Cursor(
      line, in: lines.sources.files[Int(file)], dialect: dialect, faults: faults)
    let builder = BlockBuilder(sources: lines.sources, faults: faults, dialect: dialect)
    do throws(Fault) {
      var declaration = try builder.assignment(&cursor, try cursor.key("name=value"))
      try cursor.finish()
      if levels.count > 1 {
        declaration.name = "\(levels.dropLast().joined(separator: ".")):\(declaration.name)"
      }
      return declaration
    } catch {
      faults.report(error)
      return nil
    }
  }
}
