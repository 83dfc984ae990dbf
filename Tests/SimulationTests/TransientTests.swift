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

  /// A current source alone drives an inductor: its voltage is L di/dt, and matrices of the search
  /// for consistent values that cannot be factored make smaller steps.
  @Test(arguments: [0.01, 0.02, 0.03]) func inductorDrivenByACurrent(_ slope: Double) throws {
    let (result, _) = try Self.run(
      """
      b1 0 1 i={10*time*exp(-5*time)}
      vmon 1 2 0
      r1 2 3 1u
      l1 3 0 coil 10m
      .model coil l (tc1=\(slope) tc2=9.26e-5)
      .temp 90
      .tran 0.1m 20m
      .print tran v(3)
      """)
    let inductance = 10e-3 * (1 + slope * 63 + 9.26e-5 * 63 * 63)
    for (time, row) in zip(result.times, result.values) where time > 1e-3 {
      let expected = inductance * 10 * (1 - 5 * time) * exponential(-5 * time)
      #expect(abs(row[0] - expected) < 1e-3 * inductance * 10, "at \(time)")
    }
  }

  /// Crossings of a strict comparison are not lost, wherever among the floating-point numbers the
  /// level is met: here the root is found exactly, or not, by the choice of level and stop time.
  @Test(arguments: [0.5, 0.4, 0.25, -0.5], [1e-3, 1.5e-3, 2e-3])
  func comparisonsOfASine(level: Double, stop: Double) throws {
    let (result, _) = try Self.run(
      """
      v3 3 0 sin(0 1 1k)
      r3 3 0 1
      b1 x 0 v={if(v(3)>\(level),100,0)}
      r1 x 0 1
      b2 y 0 v={if(v(3)<\(level),if(v(3)<=-0.9,3,2),1)}
      r2 y 0 1
      .tran 1u \(stop)
      .print tran v(3) v(x) v(y)
      """)
    for row in result.values where abs(row[0] - level) > 1e-3 && abs(row[0] + 0.9) > 1e-3 {
      #expect(row[1] == (row[0] > level ? 100 : 0))
      #expect(row[2] == (row[0] < level ? (row[0] <= -0.9 ? 3 : 2) : 1))
    }
  }

  /// Inverters that nothing but gmin gives an output resistance, and no charge: their outputs move
  /// from one rail to the other while the input moves by nanovolts.
  @Test(arguments: [1e-9, 5e-9, 1e-7], [0.2, 1.3])
  func invertersWithoutCapacitances(rise: Double, load: Double) throws {
    let (result, outcome) = try Self.run(
      """
      .model n nmos (level=1 vto=1 kp=3e-5)
      .model p pmos (level=1 vto=-1 kp=1.5e-5)
      vdd vdd 0 4
      vin in 0 pulse(4 0 1.1u \(rise) \(rise) 1.3u 2.9u)
      m1 a in 0 0 n l=2u w=10u
      m2 a in vdd vdd p l=2u w=20u
      m3 b a 0 0 n l=2u w=10u
      m4 b a vdd vdd p l=2u w=20u
      cl b 0 \(load)p
      .tran 20n 8u
      .print tran v(in) v(a)
      """)
    #expect(outcome.isComplete)
    // the two are alike, so that the output changes sides at half the supply
    for row in result.values where abs(row[0] - 2) > 1e-3 {
      #expect(row[0] > 2 ? row[1] < 2 : row[1] > 2)
    }
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
