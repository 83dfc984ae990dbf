public import Schematic

/// What a deck's top level declares as a subcircuit, whether or not anything is made of it.
public struct SubcircuitOutline: Sendable, Hashable {
  /// Lower case.
  public var name: String
  /// Lower case, in order.
  public var ports: [String]
  /// Names of its parameters, lower case, in the order written.
  public var parameters: [String]
  /// Of the name.
  public var origin: Origin

  init(_ declaration: SubcircuitDeclaration) {
    name = declaration.name.text
    ports = declaration.ports
    parameters = declaration.parameters.map(\.name)
    origin = declaration.name.origin
  }
}
