import Schematic

/// A parameter of `.param`, of a `.subckt` line or of the command line.
struct ParameterDeclaration: Sendable {
  var name: String
  /// Nil for a text in double quotes.
  var expression: Expression?
  var text: String?
  /// Of the value.
  var origin: Origin
  /// Of the name.
  var place: Origin
}

/// A `.model` line, read but not evaluated.
struct ModelDeclaration: Sendable {
  var name: Token
  var type: Token
  /// `.model m ako:base`: the model whose parameters count where this one gives none.
  var base: Token?
  var parameters: [ParameterDeclaration]
  var origin: Origin
  /// What is wrong with the line, told with its first use at the latest.
  var fault: Fault?
}

/// A `.subckt` with what stands in it.
final class SubcircuitDeclaration: Sendable {
  let name: Token
  let ports: [String]
  /// `optional: node=default`: what the last ports are connected to where a call leaves them out.
  let defaults: [Token]
  let parameters: [ParameterDeclaration]
  let body: Block

  init(
    name: Token, ports: [String], defaults: [Token] = [], parameters: [ParameterDeclaration],
    body: Block
  ) {
    self.name = name
    self.ports = ports
    self.defaults = defaults
    self.parameters = parameters
    self.body = body
  }
}

/// A statement whose reading waits for elaboration.
struct Statement: Sendable {
  /// The name: "r1", "ysto", ".tran"; lower case.
  var name: Token
  var line: LogicalLine
  /// A line of a `.control` block: what cannot be read of it is told and left out.
  var isCommand = false
}

/// An `X` line, read.
struct SubcircuitCall: Sendable {
  var name: Token
  var array: ArrayName?
  var nodes: [Token]
  var definition: Token
  var parameters: [ParameterDeclaration]
  var line: LogicalLine
}

/// What a scope declares and contains, before evaluation.
struct Block: Sendable {
  var parameters: [String: ParameterDeclaration] = [:]
  /// Names in the order written.
  var parameterOrder: [String] = []
  var functions: [String: FunctionDeclaration] = [:]
  var models: [String: ModelDeclaration] = [:]
  var subcircuits: [String: SubcircuitDeclaration] = [:]
  /// Elements and subcircuit calls in the order written.
  var elements: [Element] = []
  var cards: [Statement] = []
  var conditionals: [Conditional] = []
  /// Found while reading; told only if the block is used.
  var faults: [Fault] = []

  enum Element: Sendable {
    case device(Statement)
    case call(SubcircuitCall)
    case synapse(Statement)
  }

  /// `.if (c) ... .elseif (c) ... .else ... .endif`
  struct Conditional: Sendable {
    var branches: [Branch]
    struct Branch: Sendable {
      /// Nil for `.else`.
      var condition: Expression?
      var origin: Origin
      var block: Block
    }
  }

  /// The block with the declarations of a taken branch added, as if written here.
  mutating func merge(_ other: Block) {
    for name in other.parameterOrder {
      if parameters.updateValue(other.parameters[name]!, forKey: name) == nil {
        parameterOrder.append(name)
      }
    }
    functions.merge(other.functions) { $1 }
    models.merge(other.models) { $1 }
    subcircuits.merge(other.subcircuits) { $1 }
    elements.append(contentsOf: other.elements)
    cards.append(contentsOf: other.cards)
    faults.append(contentsOf: other.faults)
  }
}
