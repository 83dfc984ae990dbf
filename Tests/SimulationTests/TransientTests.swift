import Devices
import Netlist
import Numerics
import Schematic
import Testing

@testable import Simulation

/// Reads a deck, runs its transient analysis and keeps what it is asked to print.
struct TransientTests {
  struct Keeper: TransientObserver {
    let evaluator: OutputEvaluator
    var times: [Double] = []
    var values: [[Double]] = []
    var wantsSteps: Bool { false }
    mutating func output(_ point: SolutionPoint) {
      times.append(point.abscissa)
      values.append((0..<evaluator.count).map { evaluator.value($0, at: point) })
    }
    mutating func step(
      from start: Double, to end: Double, point: (Double) -> SolutionPoint
    ) {}
  }

  static func run(_ text: String) throws -> (Keeper, TransientAnalysis.Outcome) {
    let reading = DeckReader.read(
      text: Array(("a deck\n" + text + "\n.end\n").utf8), path: "test.cir", devices: Catalogue.all)
    let circuit = try #require(reading.circuit)
    var card: TransientCard?
    var outputs: [Expression] = []
    for one in circuit.cards {
      if case .tran(let tran) = one { card = tran }
      if case .print(let print) = one { outputs += print.outputs.map(\.value) }
    }
    let options = SolverOptions(circuit.options)
    let equations = try CircuitEquations(
      circuit, printStep: card!.printStep, stopTime: card!.stopTime)
    let rest = try OperatingPoint(equations, options)
    let x: [Double]
    if card!.skipsOperatingPoint {
      x = try rest.impose(
        Array(repeating: 0, count: equations.unknownCount), duration: 1e-9 * card!.stopTime
      ).x
    } else {
      x = try rest.solve().x
    }
    var keeper = Keeper(evaluator: try OutputEvaluator(outputs, equations))
    let outcome = try TransientAnalysis(equations, card!, options).run(from: x, &keeper)
    return (keeper, outcome)
  }

  @Test(arguments: [1e-2, 1e-3, 1e-4])
  func chargingOfACapacitor(_ reltol: Double) throws {
    let (result, outcome) = try Self.run(
      """
      v1 in 0 1
      r1 in out 1k
      c1 out 0 1u ic=0
      .tran 50u 5m uic
      .options reltol=\(reltol)
      .print tran v(out) i(v1) i(r1)
      """)
    #expect(outcome.isComplete)
    #expect(result.times.count == 101)
    for (time, values) in zip(result.times, result.values).dropFirst() {
      let exact = 1 - exponential(-time / 1e-3)
      #expect(abs(values[0] - exact) < reltol)
      #expect(abs(values[1] + (1 - exact) / 1e3) < reltol * 1e-3)
      #expect(abs(values[2] + values[1]) < reltol * 1e-4)
    }
  }
}
