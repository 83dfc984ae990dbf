import Schematic

/// Reads the structure of a deck: which declarations, elements and cards stand in which subcircuit
/// and which branch of a conditional.
struct BlockBuilder {
  static let depthLimit = 128

  let sources: SourceMap
  let faults: FaultCollector
  let dialect: Dialect
  /// Names of `.global`.
  private(set) var globals: Set<String> = []
  var frames: [Frame] = [Frame(kind: .deck)]

  /// A block that is being read.
  struct Frame {
    var kind: Kind
    var block = Block()
    /// Names of the elements so far, to refuse a second of the same name.
    var names: Set<String> = []
  }

  enum Kind {
    case deck
    case subcircuit(name: Token, ports: Ports, parameters: [ParameterDeclaration])
    case branch(Block.Conditional, condition: Expression?, origin: Origin)
  }

  /// The ports of a `.subckt` line, and the nodes of those that a call may leave out.
  struct Ports {
    var names: [String] = []
    var defaults: [Token] = []
  }

  init(sources: SourceMap, faults: FaultCollector, dialect: Dialect) {
    self.sources = sources
    self.faults = faults
    self.dialect = dialect
  }

  mutating func build(_ lines: [LogicalLine], deferred: [Int: Fault]) -> Block {
    for (index, line) in lines.enumerated() {
      if faults.isFull { break }
      if let fault = deferred[index] {
        top.block.faults.append(fault)
        continue
      }
      do throws(Fault) {
        try read(line)
      } catch {
        faults.report(error)
        if error.identifier == "nesting-too-deep" { return frames[0].block }
      }
    }
    while frames.count > 1 { closeUnfinished() }
    return frames[0].block
  }

  var top: Frame {
    get { frames[frames.count - 1] }
    _modify { yield &frames[frames.count - 1] }
  }

  private mutating func closeUnfinished() {
    switch top.kind {
    case .deck: return
    case .subcircuit(let name, _, _):
      faults.report(
        Fault("unclosed-subcircuit", "subcircuit '\(name.text)' has no .ends", at: name.origin))
      endSubcircuit()
    case .branch(_, _, let origin):
      faults.report(Fault("unclosed-if", "this .if has no .endif", at: origin))
      endConditional()
    }
  }

  func push(_ frame: Frame, at origin: Origin) throws(Fault) -> [Frame] {
    guard frames.count < BlockBuilder.depthLimit else {
      throw Fault(
        "nesting-too-deep", "blocks are nested more than \(BlockBuilder.depthLimit) levels deep",
        at: origin)
    }
    return frames + [frame]
  }

  mutating func endSubcircuit() {
    let frame = frames.removeLast()
    guard case .subcircuit(let name, let ports, let parameters) = frame.kind else { return }
    let declaration = SubcircuitDeclaration(
      name: name, ports: ports.names, defaults: ports.defaults, parameters: parameters,
      body: frame.block)
    if let first = top.block.subcircuits.updateValue(declaration, forKey: name.text) {
      faults.report(duplicate("subcircuit", name, first.name.origin))
    }
  }

  mutating func endConditional() {
    let frame = frames.removeLast()
    guard case .branch(var conditional, let condition, let origin) = frame.kind else { return }
    conditional.branches.append(
      .init(condition: condition, origin: origin, block: frame.block))
    top.block.conditionals.append(conditional)
  }

  func duplicate(_ what: String, _ name: Token, _ first: Origin) -> Fault {
    let place = sources.position(first).map {
      "\(sources.file(first)?.path ?? ""):\($0.line)"
    }
    return Fault(
      "duplicate-\(what)", "there is already a \(what) named '\(name.text)'", at: name.origin,
      label: place.map { "the first is at \($0)" })
  }

  private mutating func read(_ line: LogicalLine) throws(Fault) {
    var cursor = Cursor(
      line, in: sources.files[Int(line.file)], dialect: dialect, faults: faults)
    let name = try cursor.word("the name of an element or card")
    if name.text.utf8.first == UInt8(ascii: ".") {
      try card(name, &cursor, line)
    } else {
      try element(name, &cursor, line)
    }
  }

  private mutating func card(
    _ name: Token, _ cursor: inout Cursor, _ line: LogicalLine
  ) throws(Fault) {
    switch name.text {
    case ".param", ".params", ".parameter": try parameters(&cursor, global: false)
    case ".global_param": try parameters(&cursor, global: true)
    case ".func", ".function": try function(&cursor)
    case ".model": try model(&cursor, line)
    case ".subckt", ".macro": try subcircuit(&cursor)
    case ".ends", ".eom": try ends(name, &cursor)
    case ".if", ".elseif", ".elif", ".else", ".endif": try conditional(name, &cursor)
    case ".global":
      globals.insert(try cursor.word("the name of a node").text)
      while let node = cursor.word() { globals.insert(node.text) }
    case ".include", ".inc", ".incl", ".lib": return
    case ".title", ".width", ".plot", ".probe", ".csparam", ".load", ".result", ".output",
      ".restart", ".dcop", ".graph", ".op_save", ".fft":
      return warnForeign(name)
    default:
      if let what = BlockBuilder.unsupported[name.text] {
        throw Fault(
          "unsupported-card", "'\(name.text)', \(what), is not done here", at: name.origin)
      }
      guard CardDecoders.byName[name.text] != nil else {
        throw Fault(
          "unknown-card", "there is no card '\(name.text)'", at: name.origin,
          label: NearMiss.label(
            name.text, among: Array(CardDecoders.byName.keys) + BlockBuilder.structure))
      }
      top.block.cards.append(Statement(name: name, line: line))
      return
    }
    try cursor.finish()
  }

  /// Cards of other simulators that change no result.
  private func warnForeign(_ name: Token) {
    faults.report(
      Fault(
        "foreign-card", "the card '\(name.text)' of other simulators has no effect here",
        at: name.origin,
        help: [".plot", ".probe"].contains(name.text) ? "name results with .print or .save" : nil,
        severity: .warning))
  }

  /// Cards of other simulators that would change what is computed.
  static let unsupported = [
    ".tf": "the small-signal transfer function at dc", ".sens": "sensitivities",
    ".pz": "poles and zeros", ".disto": "small-signal distortion", ".hb": "harmonic balance",
    ".mpde": "multi-time analysis", ".sp": "scattering parameters", ".lin": "linear networks",
    ".sampling": "sampling", ".embeddedsampling": "sampling", ".pce": "polynomial chaos",
    ".alter": "a second run with changes", ".hdl": "a model in another language",
    ".verilog": "a model in another language", ".del": "the removal of a library",
  ]

  static let structure = [
    ".param", ".global_param", ".func", ".model", ".subckt", ".ends", ".if", ".elseif", ".else",
    ".endif", ".global", ".include", ".lib", ".endl", ".end",
  ]

  private mutating func element(
    _ name: Token, _ cursor: inout Cursor, _ line: LogicalLine
  ) throws(Fault) {
    var full = name
    let letter = name.text.utf8.first ?? 0
    if letter == UInt8(ascii: "y") {
      let second = try cursor.word("the name of the element")
      full = Token(text: "\(name.text)!\(second.text)", origin: second.origin)
    }
    guard top.names.insert(full.text).inserted else {
      throw Fault(
        "duplicate-element", "there is already an element named '\(full.text)'", at: full.origin)
    }
    if letter == UInt8(ascii: "x") {
      top.block.elements.append(.call(try call(name, &cursor, line)))
    } else if name.text == "ysynapse" {
      top.block.elements.append(.synapse(Statement(name: full, line: line)))
    } else {
      let kind = ElementKind.letter(of: name.text)
      guard ElementDecoders.byLetter[kind] != nil else {
        let y = ElementDecoders.byLetter.keys.filter { $0.count > 1 }.map { $0.lowercased() }
        throw Fault(
          "unknown-element", "no element begins with '\(kind)'", at: name.origin,
          label: letter == UInt8(ascii: "y") ? NearMiss.label(name.text, among: y) : nil)
      }
      top.block.elements.append(.device(Statement(name: name, line: line)))
    }
  }
}

/// What kind of element a name is.
enum ElementKind {
  /// "R" of "rload"; "YSTO" of "ysto".
  static func letter(of name: String) -> String {
    name.utf8.first == UInt8(ascii: "y") ? name.uppercased() : name.prefix(1).uppercased()
  }
}
