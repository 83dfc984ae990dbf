public import Schematic

/// What the parameters of one device come to, by the code that answers `N()`.
public struct DerivedQuantities: Sendable {
  /// In the order of the device's table. Not a number: no such thing exists, or it needs a
  /// parameter of `missing`.
  public let values: [Double]
  /// Required parameters that were not given.
  public let missing: [String]

  /// - Parameters:
  ///   - description: of a device of the catalogue.
  ///   - instance, model: parameters by name; those absent have the table's defaults.
  ///   - celsius: the circuit's temperature.
  /// - Throws: `Faults` where the parameters contradict each other.
  public init(
    of description: DeviceDescription, instance: [String: Double] = [:],
    model: [String: Double] = [:], celsius: Double = 27
  ) throws {
    guard !description.derived.isEmpty,
      let device = Catalogue.devices.first(where: {
        $0.description.letter == description.letter
      })
    else {
      (values, missing) = ([], [])
      return
    }
    let table = description.models.first
    missing = (table?.parameters ?? []).filter { $0.required && model[$0.name] == nil }
      .map(\.name)
    let unknown = missing.map { ($0, Double.nan) }
    let terminals = description.terminals.indices.map { Int32($0 + 1) }
    let circuit = Circuit(
      title: "", nodeNames: ["0"] + description.terminals,
      instances: [
        Instance(
          name: description.letter.lowercased(), device: description.letter,
          model: table == nil ? -1 : 0, terminals: terminals, parameters: Self.list(instance),
          origin: .none)
      ],
      models: table.map { table in
        [
          Model(
            name: table.type, type: table.type,
            parameters: Self.list(model.merging(unknown) { given, _ in given }), origin: .none)
        ]
      } ?? [],
      temperature: celsius)
    let layout = EquationLayout(nodeCount: circuit.nodeNames.count)
    let banks = try device.banks(
      BankInput(circuit: circuit, instances: [0], description: description), layout)
    values = Self.read(description.derived.map(\.name), banks, count: layout.unknowns.count)
  }

  private static func list(_ numbers: [String: Double]) -> ParameterList {
    ParameterList(numbers.map { .init(name: $0.key, value: .number($0.value)) })
  }

  /// The quantities depend on no unknown: all of them are zero here.
  private static func read(_ names: [String], _ banks: [any Bank], count: Int) -> [Double] {
    var zeros = [Double](repeating: 0, count: count)
    return zeros.withUnsafeMutableBufferPointer { zeros in
      guard let x = zeros.baseAddress else { return [] }
      let evaluation = Evaluation(
        moment: Moment(), values: x, rates: x, currents: x, charges: x, conductances: x,
        capacitances: x, rateFactor: 0)
      return names.map { name in
        guard let bank = banks.first(where: { !$0.instances.isEmpty }),
          let value = bank.quantity(name, of: 0, evaluation)
        else { preconditionFailure("'\(name)' is in the table, but no quantity") }
        return value
      }
    }
  }
}
