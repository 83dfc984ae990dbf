/// An elaborated deck: every subcircuit opened, every array spread, every parameter a number or an
/// expression of circuit quantities.
public struct Circuit: Sendable {
  /// What the names of nodes and instances begin with that the deck does not have: sources that
  /// integrate printed quantities.
  public static let hiddenPrefix = "#"

  public var title: String
  /// Hierarchical, lower case; index 0 is ground ("0").
  public var nodeNames: [String]
  public var instances: [Instance]
  public var models: [Model]
  /// The subcircuit instances, in the order they were opened; parents before children.
  public var cells: [Cell]
  public var synapses: [SynapseArray]
  public var cards: [Card]
  /// Top-level parameters, lower case, after overrides.
  public var parameters: [String: Double]
  /// `.options`, lower case, last one wins.
  public var options: [String: Option]
  /// Celsius.
  public var temperature: Double
  /// Whether some value was computed from the temperature: another temperature then needs another
  /// reading of the deck.
  public var dependsOnTemperature = false
  /// Whether some value was drawn by a random function: another sample then needs another reading.
  public var dependsOnSample = false

  public struct Option: Sendable {
    public var value: ParameterValue
    public var origin: Origin
    public init(value: ParameterValue, origin: Origin) {
      self.value = value
      self.origin = origin
    }
  }

  public init(
    title: String, nodeNames: [String] = ["0"], instances: [Instance] = [], models: [Model] = [],
    cells: [Cell] = [], synapses: [SynapseArray] = [], cards: [Card] = [],
    parameters: [String: Double] = [:], options: [String: Option] = [:], temperature: Double = 27
  ) {
    self.title = title
    self.nodeNames = nodeNames
    self.instances = instances
    self.models = models
    self.cells = cells
    self.synapses = synapses
    self.cards = cards
    self.parameters = parameters
    self.options = options
    self.temperature = temperature
  }
}

/// One subcircuit instance: what the reduced fidelities replace by its view.
public struct Cell: Sendable {
  /// Hierarchical, lower case: "xneuron[3]".
  public var name: String
  /// The subcircuit's name, lower case: "neuron".
  public var definition: String
  /// Index into `Circuit.cells`; -1 at the top.
  public var parent: Int32
  /// Nodes connected to the subcircuit's ports, in port order.
  public var terminals: [Int32]
  /// The subcircuit's parameters as evaluated for this instance, lower case.
  public var parameters: [String: Double]
  public var origin: Origin

  public init(
    name: String, definition: String, parent: Int32, terminals: [Int32],
    parameters: [String: Double], origin: Origin
  ) {
    self.name = name
    self.definition = definition
    self.parent = parent
    self.terminals = terminals
    self.parameters = parameters
    self.origin = origin
  }
}
