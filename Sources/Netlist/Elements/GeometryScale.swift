import Schematic

/// `.options scale=1u`: the unit of the lengths written at elements, as in ngspice and Xyce.
/// Lengths that models give are metres all the same.
enum GeometryScale {
  /// The power of the scale in each parameter, by the letter of the element.
  private static let dimensions: [String: [String: Int]] = [
    "M": ["l": 1, "w": 1, "pd": 1, "ps": 1, "ad": 2, "as": 2],
    "R": ["l": 1, "w": 1], "C": ["l": 1, "w": 1],
  ]

  static func apply(to circuit: inout Circuit) {
    guard let scale = circuit.options["scale"]?.value.number, scale != 1 else { return }
    for index in circuit.instances.indices {
      guard let powers = dimensions[circuit.instances[index].device] else { continue }
      for (name, power) in powers {
        guard let value = circuit.instances[index].parameters[name]?.number else { continue }
        circuit.instances[index].parameters[name] = .number(
          value * (power == 2 ? scale * scale : scale))
      }
    }
  }
}
