import Schematic

/// One opened block: the deck itself, or a subcircuit as called by one instance.
final class Scope {
  /// Where the block stands in the text: names not found here are looked up there.
  let parent: Scope?
  /// "" for the deck, "x1.x2." for a subcircuit instance.
  let prefix: String
  /// Index into `Circuit.cells`; -1 for the deck.
  let cell: Int32
  /// What is declared here; branches of `.if` are merged in as they are taken.
  var block: Block
  /// The subcircuit's declaration; nil for the deck.
  let declaration: SubcircuitDeclaration?
  /// Where the subcircuit is called; nil for the deck.
  let caller: Scope?
  /// Parameters given by the call: they win over those declared.
  let given: [String: ParameterValue]

  /// How many copies of everything here stand in parallel: `m=` of the calls.
  var copies = 1.0

  /// Nodes by local name: ports, and inner nodes as they are first met.
  var nodes: [String: Int32] = [:]
  /// Parameters evaluated so far; those of the call are given from the start.
  var values: [String: Resolved] = [:]
  var modelIndices: [String: Result<Int32, Fault>] = [:]

  enum Resolved {
    case value(ParameterValue)
    /// Told already; whoever needs the parameter fails with it.
    case failed(Fault)
    /// Being evaluated: meeting it again is a cycle.
    case open

    var value: ParameterValue? {
      if case .value(let value) = self { value } else { nil }
    }
  }

  init(
    parent: Scope?, prefix: String, cell: Int32, block: Block,
    declaration: SubcircuitDeclaration? = nil, caller: Scope? = nil,
    given: [String: ParameterValue] = [:]
  ) {
    self.parent = parent
    self.prefix = prefix
    self.cell = cell
    self.block = block
    self.declaration = declaration
    self.caller = caller
    self.given = given
    forgetValues()
  }

  /// Back to what the call gave, when new declarations may change what was evaluated.
  func forgetValues() { values = given.mapValues { .value($0) } }

  /// The scope and its lexical parents, innermost first.
  var chain: some Sequence<Scope> { sequence(first: self) { $0.parent } }

  /// The scope in which a parameter is declared (or given by a call).
  func owner(of parameter: String) -> Scope? {
    for scope in chain
    where scope.block.parameters[parameter] != nil || scope.values[parameter] != nil {
      return scope
    }
    return nil
  }

  func function(_ name: String) -> FunctionDeclaration? {
    for scope in chain {
      if let found = scope.block.functions[name] { return found }
    }
    return nil
  }

  func model(_ name: String) -> (declaration: ModelDeclaration, scope: Scope)? {
    for scope in chain {
      if let found = scope.block.models[name] { return (found, scope) }
    }
    return nil
  }

  func subcircuit(_ name: String) -> (declaration: SubcircuitDeclaration, scope: Scope)? {
    for scope in chain {
      if let found = scope.block.subcircuits[name] { return (found, scope) }
    }
    return nil
  }

  /// "x1.x2", for messages; nil for the deck.
  var path: String? { prefix.isEmpty ? nil : String(prefix.dropLast()) }
}
