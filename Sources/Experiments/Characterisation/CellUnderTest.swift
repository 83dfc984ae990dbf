public import Schematic

/// A subcircuit to be measured, which its maker elaborates alone as "x1", its ports connected
/// to top-level nodes of their own names, "vss" to ground.
public struct CellUnderTest {
  /// What can be measured on a cell.
  public enum Kind: String, Sendable { case oscillator, delay, synapse }

  /// Reads the cell with these parameters of its own.
  public typealias Elaborate = (_ parameters: [(name: String, value: Double)]) throws -> Circuit

  /// Lower case.
  public let name: String
  public let ports: [String]
  public let parameters: [String]
  /// Absolute path of the file that declares it, and the digest of its text.
  public let file: String
  public let digest: String
  let elaborate: Elaborate

  public init(
    name: String, ports: [String], parameters: [String], file: String, digest: String,
    elaborate: @escaping Elaborate
  ) {
    self.name = name
    self.ports = ports
    self.parameters = parameters
    self.file = file
    self.digest = digest
    self.elaborate = elaborate
  }

  /// What this cell is: an oscillator has a bias and a feedback, a delay holds a memristor whose
  /// memristance is its parameter, a synapse is programmed by a weight and a phase; nil for another
  /// cell.
  public func kind() throws -> Kind? {
    guard ["in", "out", "vdd"].allSatisfy(ports.contains) else { return nil }
    let synapse = ["weight", "phase", "frequency", "unit", "read"]
    if synapse.allSatisfy(parameters.contains) { return .synapse }
    if ["bias", "feedback"].allSatisfy(parameters.contains) { return .oscillator }
    guard parameters.contains("memristance") else { return nil }
    let holdsMemristor = try elaborate([]).instances.contains { $0.device == "YMEMRISTOR" }
    return holdsMemristor ? .delay : nil
  }

  /// The name that its view has: a chain's, where the cell is one stage of it.
  public var viewName: String {
    name.hasSuffix("_stage") ? String(name.dropLast("_stage".count)) : name
  }
}
