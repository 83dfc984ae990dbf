/// A deck expression: numbers, names, circuit quantities and functions of them.
///
/// Held flat, operands before their operator, so that neither evaluating nor releasing an
/// expression recurses, however deep its writer nested it.
public struct Expression: Sendable, Hashable {
  public enum Node: Sendable, Hashable {
    case number(Double)
    /// Index into `names`: a parameter or formal argument, before binding.
    case name(Int32)
    case variable(Variable)
    /// Index into `probes`.
    case probe(Int32)
    /// Operands are `arguments[first..<first + count]`, each an index of an earlier node. For
    /// `.user` the first of them is an index into `names` instead.
    case call(Function, first: Int32, count: Int32)
  }

  /// What every simulation knows without the deck saying.
  public enum Variable: UInt8, Sendable, Hashable {
    /// Seconds.
    case time
    /// Hertz; 0 outside ac analysis.
    case frequency
    /// Celsius.
    case temperature
  }

  /// A printed or measured circuit quantity: `v(a)`, `v(a,b)`, `i(r1)`, `n(ysto!x1:mx)`.
  public struct Probe: Sendable, Hashable {
    /// Lower case: "v", "i", "p", "w", "n", "vdb", ...
    public var function: String
    /// Lower case, hierarchical once bound.
    public var names: [String]
    /// For voltages, indices into `Circuit.nodeNames` once bound, as many as `names`; else empty.
    public var nodes: [Int32]
    public var origin: Origin

    public init(function: String, names: [String], nodes: [Int32] = [], origin: Origin) {
      self.function = function
      self.names = names
      self.nodes = nodes
      self.origin = origin
    }
  }

  public var nodes: [Node] = []
  public var arguments: [Int32] = []
  public var names: [String] = []
  public var probes: [Probe] = []
  /// Where each name and call stands in the text, beside `nodes`.
  public var origins: [Origin] = []

  public init() {}

  public init(number: Double, at origin: Origin = .none) {
    append(.number(number), at: origin)
  }

  /// The number this is, when it is nothing else.
  public var constant: Double? {
    if nodes.count == 1, case .number(let value) = nodes[0] { return value }
    return nil
  }

  /// Whether results of `.measure` cards occur in it.
  public var namesMeasures: Bool { probes.contains { $0.function == "measure" } }

  /// The name this is, when it is nothing else: `rule=hebb` reads as a name.
  public var singleName: String? {
    if nodes.count == 1, case .name(let index) = nodes[0] { return names[Int(index)] }
    return nil
  }

  /// The node whose value is the expression's: the last one appended, unless set.
  public var root: Int32 = -1

  @discardableResult
  public mutating func append(_ node: Node, at origin: Origin) -> Int32 {
    nodes.append(node)
    origins.append(origin)
    root = Int32(nodes.count - 1)
    return root
  }

  @discardableResult
  public mutating func append(
    _ function: Function, _ operands: [Int32], at origin: Origin
  ) -> Int32 {
    let first = Int32(arguments.count)
    arguments.append(contentsOf: operands)
    return append(.call(function, first: first, count: Int32(operands.count)), at: origin)
  }

  @discardableResult
  public mutating func append(name: String, at origin: Origin) -> Int32 {
    names.append(name)
    return append(.name(Int32(names.count - 1)), at: origin)
  }

  @discardableResult
  public mutating func append(probe: Probe) -> Int32 {
    probes.append(probe)
    return append(.probe(Int32(probes.count - 1)), at: probe.origin)
  }
}
