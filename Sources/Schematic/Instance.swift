/// One device instance.
public struct Instance: Sendable {
  /// Hierarchical, lower case: "xneuron[3].rload".
  public var name: String
  /// The device's letter, upper case: "R", "YSTO".
  public var device: String
  /// Index into `Circuit.models`; -1 for none.
  public var model: Int32
  /// Index into `Circuit.cells` of the subcircuit instance it stands in; -1 at the top.
  public var cell: Int32
  /// Indices into `Circuit.nodeNames`, in the order the device declares its terminals.
  public var terminals: [Int32]
  public var parameters: ParameterList
  public var origin: Origin

  public init(
    name: String, device: String, model: Int32 = -1, cell: Int32 = -1, terminals: [Int32],
    parameters: ParameterList = [:], origin: Origin
  ) {
    self.name = name
    self.device = device
    self.model = model
    self.cell = cell
    self.terminals = terminals
    self.parameters = parameters
    self.origin = origin
  }
}

/// A `.model` card, evaluated.
public struct Model: Sendable {
  /// Lower case; hierarchical where it stands in a subcircuit: "x1.fast".
  public var name: String
  /// Lower case: "nmos", "memristor".
  public var type: String
  public var parameters: ParameterList
  public var origin: Origin

  public init(name: String, type: String, parameters: ParameterList = [:], origin: Origin) {
    self.name = name
    self.type = type
    self.parameters = parameters
    self.origin = origin
  }
}
