import Numerics
import Schematic
import Testing

@testable import Devices

/// One instance of a device in a circuit of its own, evaluated at chosen unknowns.
struct BankHarness {
  let bank: any Bank
  let layout: EquationLayout
  var count: Int { layout.unknowns.count }

  init(
    _ device: any Device.Type, type: String, model: [String: Double] = [:],
    instance: [String: Double] = [:], nodes: Int, celsius: Double = 27
  ) throws {
    func list(_ numbers: [String: Double]) -> ParameterList {
      ParameterList(numbers.map { .init(name: $0.key, value: .number($0.value)) })
    }
    let terminals = (1...nodes).map { Int32($0) }
    let circuit = Circuit(
      title: "", nodeNames: ["0"] + terminals.map { "n\($0)" },
      instances: [
        Instance(
          name: "d1", device: device.description.letter, model: 0, terminals: terminals,
          parameters: list(instance), origin: .none)
      ],
      models: [Model(name: "m", type: type, parameters: list(model), origin: .none)],
      temperature: celsius)
    layout = EquationLayout(nodeCount: nodes + 1)
    let input = BankInput(circuit: circuit, instances: [0], description: device.description)
    bank = try #require(try device.banks(input, layout).first { !$0.instances.isEmpty })
    try bank.connect(layout)
    bank.declareEntries(layout)
    bank.bind((0..<Int32(layout.entryCount)).map { $0 })
  }

  struct Result {
    var currents: [Double]
    var charges: [Double]
    /// Row-major, count squared.
    var conductances: [Double]
    var capacitances: [Double]
  }

  /// - Parameters:
  ///   - values: of all unknowns but ground.
  ///   - gmin: siemens across junctions.
  func run<Answer>(
    _ values: [Double], rates: [Double]? = nil, rateFactor: Double = 0, gmin: Double = 0,
    _ body: (Evaluation) -> Answer
  ) -> Answer {
    let n = count
    let x = [0] + values
    let slopes = [0] + (rates ?? Array(repeating: 0, count: values.count))
    precondition(x.count == n && slopes.count == n)
    var f = [Double](repeating: 0, count: n)
    var q = f
    var g = [Double](repeating: 0, count: layout.entryCount)
    var c = g
    return x.withUnsafeBufferPointer { x in
      slopes.withUnsafeBufferPointer { slopes in
        f.withUnsafeMutableBufferPointer { f in
          q.withUnsafeMutableBufferPointer { q in
            g.withUnsafeMutableBufferPointer { g in
              c.withUnsafeMutableBufferPointer { c in
                body(
                  Evaluation(
                    moment: Moment(junctionConductance: gmin), values: x.baseAddress!,
                    rates: slopes.baseAddress!, currents: f.baseAddress!,
                    charges: q.baseAddress!, conductances: g.baseAddress!,
                    capacitances: c.baseAddress!, rateFactor: rateFactor))
              }
            }
          }
        }
      }
    }
  }

  func result(
    _ values: [Double], rates: [Double]? = nil, rateFactor: Double = 0, gmin: Double = 0
  ) -> Result {
    run(values, rates: rates, rateFactor: rateFactor, gmin: gmin) { evaluation in
      bank.evaluate(evaluation)
      bank.linearise(evaluation)
      let n = count
      var result = Result(
        currents: (0..<n).map { evaluation.currents[$0] },
        charges: (0..<n).map { evaluation.charges[$0] },
        conductances: Array(repeating: 0, count: n * n),
        capacitances: Array(repeating: 0, count: n * n))
      for entry in 0..<layout.entryCount {
        let place = Int(layout.rows[entry]) * n + Int(layout.columns[entry])
        result.conductances[place] += evaluation.conductances[entry]
        result.capacitances[place] += evaluation.capacitances[entry]
      }
      return result
    }
  }

  func quantity(_ name: String, _ values: [Double], gmin: Double = 0) -> Double {
    run(values, gmin: gmin) { bank.quantity(name, of: 0, $0) } ?? .nan
  }

  /// The largest difference between the matrices and central differences, relative to the largest
  /// entry, at a point.
  func jacobianError(_ values: [Double], rates: [Double], rateFactor: Double) -> Double {
    let n = count
    let exact = result(values, rates: rates, rateFactor: rateFactor)
    var worst = 0.0
    let scaleG = exact.conductances.map(abs).max() ?? 0
    let scaleC = exact.capacitances.map(abs).max() ?? 0
    for column in 1..<n {
      let h = 1e-5
      func moved(_ sign: Double) -> Result {
        var x = values
        var slope = rates
        x[column - 1] += sign * h
        slope[column - 1] += sign * h * rateFactor
        return result(x, rates: slope)
      }
      let (up, down) = (moved(1), moved(-1))
      for row in 1..<n {
        let f = (up.currents[row] - down.currents[row]) / (2 * h)
        let q = (up.charges[row] - down.charges[row]) / (2 * h)
        if scaleG > 0 {
          worst = max(worst, abs(f - exact.conductances[row * n + column]) / scaleG)
        }
        if scaleC > 0 {
          worst = max(worst, abs(q - exact.capacitances[row * n + column]) / scaleC)
        }
      }
    }
    return worst
  }
}
