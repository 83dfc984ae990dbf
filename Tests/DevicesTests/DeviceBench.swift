import Devices
import Schematic
import Testing

/// Banks of a small circuit with dense matrices, to look at single devices.
final class DeviceBench {
  struct Result {
    var currents: [Double]
    var charges: [Double]
  }

  let circuit: Circuit
  let layout: EquationLayout
  let banks: [any Bank]
  /// Number of unknowns, ground included.
  let count: Int

  init(_ circuit: Circuit, printStep: Double = 1, stopTime: Double = 1, seed: UInt64 = 0) throws {
    self.circuit = circuit
    layout = EquationLayout(nodeCount: circuit.nodeNames.count)
    var banks: [any Bank] = []
    for device in Catalogue.devices {
      let indices = circuit.instances.indices
        .filter { circuit.instances[$0].device == device.description.letter }.map(Int32.init)
      guard !indices.isEmpty else { continue }
      let input = BankInput(
        circuit: circuit, instances: indices, description: device.description,
        printStep: printStep, stopTime: stopTime, seed: seed)
      banks += try device.banks(input, layout)
    }
    self.banks = banks
    count = layout.unknowns.count
    for bank in banks { try bank.connect(layout) }
    for bank in banks { bank.declareEntries(layout) }
    let n = count
    let slots = zip(layout.rows, layout.columns).map { Int32(Int($0) * n + Int($1)) }
    for bank in banks { bank.bind(slots) }
  }

  /// One instance of each sample, each on nodes of its own.
  convenience init(_ samples: [DeviceSample]) throws {
    var circuit = Circuit(title: "sample")
    for (number, sample) in samples.enumerated() { circuit.append(sample, number) }
    try self.init(circuit)
  }

  private func evaluation<Result>(
    _ x: [Double], _ rates: [Double], _ moment: Moment, rateFactor: Double,
    _ body: (Evaluation) -> Result
  ) -> (Result, [Double], [Double], [Double], [Double]) {
    var currents = [Double](repeating: 0, count: count)
    var charges = currents
    var conductances = [Double](repeating: 0, count: count * count)
    var capacitances = conductances
    let result = x.withUnsafeBufferPointer { x in
      rates.withUnsafeBufferPointer { rates in
        currents.withUnsafeMutableBufferPointer { currents in
          charges.withUnsafeMutableBufferPointer { charges in
            conductances.withUnsafeMutableBufferPointer { conductances in
              capacitances.withUnsafeMutableBufferPointer { capacitances in
                body(
                  Evaluation(
                    moment: moment, values: x.baseAddress!, rates: rates.baseAddress!,
                    currents: currents.baseAddress!, charges: charges.baseAddress!,
                    conductances: conductances.baseAddress!,
                    capacitances: capacitances.baseAddress!, rateFactor: rateFactor))
              }
            }
          }
        }
      }
    }
    return (result, currents, charges, conductances, capacitances)
  }

  func ask<Result>(
    _ x: [Double], rates: [Double]? = nil, _ moment: Moment = Moment(),
    _ body: (Evaluation) -> Result
  ) -> Result {
    let rates = rates ?? [Double](repeating: 0, count: count)
    return evaluation(x, rates, moment, rateFactor: 0, body).0
  }

  /// f and q.
  func evaluate(
    _ x: [Double], rates: [Double]? = nil, _ moment: Moment = Moment()
  ) -> Result {
    let rates = rates ?? [Double](repeating: 0, count: count)
    let all = evaluation(x, rates, moment, rateFactor: 0) { evaluation in
      for bank in banks { bank.evaluate(evaluation) }
    }
    return Result(currents: all.1, charges: all.2)
  }

  /// df/dx + rateFactor df/dx' and dq/dx, row-major.
  func linearise(
    _ x: [Double], rates: [Double], rateFactor: Double, _ moment: Moment = Moment()
  ) -> (conductances: [Double], capacitances: [Double]) {
    let all = evaluation(x, rates, moment, rateFactor: rateFactor) { evaluation in
      for bank in banks { bank.linearise(evaluation) }
    }
    return (all.3, all.4)
  }

  /// The bank that holds instance `index` of the circuit, and its number there.
  func place(of index: Int) throws -> (bank: any Bank, k: Int) {
    for bank in banks {
      if let k = bank.instances.firstIndex(of: Int32(index)) { return (bank, k) }
    }
    throw Missing()
  }

  struct Missing: Error {}

  func terminalCurrents(
    of index: Int, _ x: [Double], rates: [Double], _ moment: Moment = Moment()
  ) throws -> [Double] {
    let (bank, k) = try place(of: index)
    var currents = [Double](
      repeating: 0, count: circuit.instances[index].terminals.count)
    currents.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      ask(x, rates: rates, moment) { bank.terminalCurrents(k, $0, into: base) }
    }
    return currents
  }
}

extension Circuit {
  /// Adds a sample and its companions, every terminal on a new node.
  mutating func append(_ sample: DeviceSample, _ number: Int) {
    var model: Int32 = -1
    if let type = sample.model {
      var parameters = sample.modelParameters
      if let level = sample.level { parameters["level"] = .number(Double(level)) }
      models.append(
        Model(name: "m\(number)", type: type, parameters: parameters, origin: .none))
      model = Int32(models.count - 1)
    }
    append(
      sample.letter, "\(sample.letter.lowercased())sample\(number)", sample.terminalCount,
      sample.parameters, model)
    for companion in sample.companions
    where !instances.contains(where: { $0.name == companion.name }) {
      append(companion.letter, companion.name, 2, companion.parameters, -1)
    }
  }

  private mutating func append(
    _ letter: String, _ name: String, _ terminalCount: Int, _ parameters: ParameterList,
    _ model: Int32
  ) {
    let first = nodeNames.count
    nodeNames += (0..<terminalCount).map { "\(name).\($0)" }
    instances.append(
      Instance(
        name: name, device: letter, model: model,
        terminals: (0..<terminalCount).map { Int32(first + $0) },
        parameters: parameters.moved(behind: Int32(first - 1)),
        origin: .none))
  }
}

extension ParameterList {
  /// Expressions of a sample name its own terminals, from 1; here they are nodes of a circuit.
  fileprivate func moved(behind offset: Int32) -> ParameterList {
    var list = self
    for place in list.entries.indices {
      guard case .expression(var expression) = list.entries[place].value else { continue }
      for probe in expression.probes.indices {
        expression.probes[probe].nodes = expression.probes[probe].nodes.map {
          $0 == 0 ? 0 : $0 + offset
        }
      }
      list.entries[place].value = .expression(expression)
    }
    return list
  }
}
