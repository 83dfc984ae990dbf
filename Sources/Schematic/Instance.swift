/// A value written in a deck: a number, a text, or an expression of circuit quantities.
public enum ParameterValue: Sendable {
  case number(Double)
  case text(String)
}

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
  public var terminals: [Int32]
  public var parameters: [String: ParameterValue]
  public var origin: Origin
}

/// A `.model` card, evaluated.
public struct Model: Sendable {
  public var name: String
  public var type: String
  public var parameters: [String: ParameterValue]
  public var origin: Origin
}
