/// An element of a memory at circuit fidelity, by what it belongs to and its name there.
public struct MemoryPart: Hashable, Sendable {
  public enum Role: Sendable {
    case oscillator, synapse
    /// The line that sums the synapses' currents into one oscillator.
    case line
  }

  public var role: Role
  /// Within the cell, lower case: "ibias", "xstage1.mcharge".
  public var name: String

  public init(role: Role, name: String) {
    self.role = role
    self.name = name
  }

  /// Whether the element's own name, without its letter, begins with one of these.
  func isNamed(_ stems: String...) -> Bool {
    let own = name.split(separator: ".").last.map { $0.dropFirst() } ?? ""
    return stems.contains { own.hasPrefix($0) }
  }
}
