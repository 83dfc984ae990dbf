import Schematic

/// Turns the blocks of a deck into a flat circuit.
final class Elaborator {
  let sources: SourceMap
  let faults: FaultCollector
  let dialect: Dialect
  /// By letter, upper case.
  let devices: [String: DeviceDescription]
  /// Of the random functions.
  var seed: UInt64
  let sample: Int
  /// By the command line: `.options seed=` does not count then.
  let seedIsGiven: Bool

  var circuit: Circuit
  var nodeIndices: [String: Int32] = ["0": 0]
  /// Names of `.global`: the same node at every depth.
  var globals: Set<String> = []
  /// Beside `circuit.cells`.
  var cellDeclarations: [SubcircuitDeclaration] = []
  /// Parameters of single calls that win over the deck's, by "x1.x2:name".
  var callOverrides: [String: ParameterDeclaration] = [:]
  /// Met while opening, decoded when all nodes are there.
  var synapses: [(statement: Statement, scope: Scope)] = []
  var scopesWithCards: [Scope] = []
  /// `.preprocess replaceground true`: gnd, gnd! and ground are node 0.
  var replacesGround = false
  /// Names of all `.measure` cards, once they are asked for; and the cards decoded so far.
  var measureNames: Set<String>?
  /// Those of `eqn` measures whose value at a point is known at that point.
  var measureEquations: Set<String> = []
  var measureCards: [String: Int] = [:]
  /// Opening what no instance calls, only to find mistakes.
  var isTrying = false
  /// Array names of the statement being read, by their place: read once, not for each element.
  private var arrayNames: [Origin: ArrayName] = [:]
  /// The limit of instances is reached and told.
  var isOverfull = false
  private var instanceNames: Set<String>?
  private var cellIndices: [String: Int]?

  /// The temperature is given, in Celsius, and that of the cards does not count.
  let temperatureIsGiven: Bool
  /// Which elements inside subcircuits are read.
  var cells: CellDepth
  /// Subcircuits that were opened with their elements, where each is once.
  private var openedOnce: Set<ObjectIdentifier> = []

  init(
    title: String, sources: SourceMap, faults: FaultCollector, dialect: Dialect,
    devices: [DeviceDescription], seed: UInt64?, sample: Int, temperature: Double?,
    cells: CellDepth
  ) {
    self.sources = sources
    self.faults = faults
    self.dialect = dialect
    self.devices = Dictionary(devices.map { ($0.letter, $0) }) { first, _ in first }
    self.seed = seed ?? 1
    seedIsGiven = seed != nil
    self.sample = sample
    circuit = Circuit(title: title)
    temperatureIsGiven = temperature != nil
    self.cells = cells
    if let temperature { circuit.temperature = temperature }
    if dialect == .ngspice {
      circuit.options["dialect"] = .init(value: .text(dialect.rawValue), origin: .none)
    }
  }

  /// Whether the elements of a scope that is being opened are read.
  func readsElements(of scope: Scope) -> Bool {
    guard let declaration = scope.declaration else { return true }
    return switch cells {
    case .everything: true
    case .oneOfEach: openedOnce.insert(ObjectIdentifier(declaration)).inserted
    case .nothing: false
    }
  }

  func report(_ fault: Fault, in scope: Scope) {
    var located = fault
    if located.instancePath == nil, !isTrying { located.instancePath = scope.path }
    faults.report(located)
  }

  /// The array a word names; nil for a plain name.
  func arrayName(_ token: Token) throws(Fault) -> ArrayName? {
    guard token.text.utf8.contains(UInt8(ascii: ":")) else { return nil }
    if let known = arrayNames[token.origin] { return known }
    guard let array = try ArrayName(token) else { return nil }
    if arrayNames.count > 100 { arrayNames.removeAll() }
    arrayNames[token.origin] = array
    return array
  }

  /// Runs `body` and reports what it throws.
  ///
  /// - Parameter leniently: whether what it throws is a warning.
  func collecting(
    in scope: Scope, leniently: Bool = false, _ body: () throws(Fault) -> Void
  ) {
    do { try body() } catch {
      var fault = error
      if leniently { fault.severity = .warning }
      report(fault, in: scope)
    }
  }

  func cursor(_ statement: Statement) -> Cursor {
    var cursor = Cursor(
      statement.line, in: sources.files[Int(statement.line.file)], dialect: dialect,
      faults: faults)
    cursor.position = Int(statement.name.origin.offset + statement.name.origin.length)
    return cursor
  }

  func isInstance(_ name: String) -> Bool {
    if instanceNames == nil { instanceNames = Set(circuit.instances.map(\.name)) }
    return instanceNames?.contains(name) ?? false
  }

  func cellIndex(_ name: String) -> Int? {
    if cellIndices == nil || cellIndices?.count != circuit.cells.count {
      cellIndices = Dictionary(
        circuit.cells.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
    return cellIndices?[name]
  }
}
