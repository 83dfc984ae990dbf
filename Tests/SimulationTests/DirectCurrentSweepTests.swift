import Devices
import Numerics
import Schematic
import Testing

@testable import Simulation

struct DirectCurrentSweepTests {
  struct Keeper: SweepObserver {
    let outputs: [Expression]
    var evaluator: OutputEvaluator?
    var builds = 0
    var abscissae: [Double] = []
    var values: [[Double]] = []
    mutating func begin(_ equations: CircuitEquations) throws {
      evaluator = try OutputEvaluator(outputs, equations)
      builds += 1
    }
    mutating func output(
      _ point: SolutionPoint, index: Int, _ solution: OperatingPoint.Solution
    ) {
      abscissae.append(point.abscissa)
      values.append((0..<outputs.count).map { evaluator!.value($0, at: point) })
    }
  }

  static func run(_ text: String) throws -> Keeper {
    let deck = try DeckCase(text)
    var keeper = Keeper(outputs: deck.printed(.dc))
    for case .dc(let card) in deck.circuit.cards {
      let sweep = DirectCurrentSweep(card, deck.options) { settings in
        var circuit = deck.circuit
        for (target, value) in settings {
          switch target {
          case .temperature: circuit.temperature = value
          case .instance(let name, let parameter):
            let index = circuit.instances.firstIndex { $0.name == name }!
            let main = circuit.instances[index].device == "R" ? "r" : "dc"
            circuit.instances[index].parameters[parameter.isEmpty ? main : parameter] =
              .number(value)
          default: Issue.record("not swept in this test")
          }
        }
        return try CircuitEquations(circuit)
      }
      #expect(try sweep.run(&keeper))
    }
    return keeper
  }

  @Test func firstAxisIsInnermost() throws {
    let result = try Self.run(
      """
      v1 a 0 0
      i1 0 b 0
      r1 a b 1k
      r2 b 0 1k
      .dc v1 0 2 1 i1 0 2m 1m
      .print dc v(b) i(v1)
      """)
    #expect(result.builds == 1)
    #expect(result.abscissae == [0, 1, 2, 0, 1, 2, 0, 1, 2])
    for (index, row) in result.values.enumerated() {
      let wanted = 0.5 * Double(index % 3) + 0.5 * Double(index / 3)
      #expect(abs(row[0] - wanted) < 1e-12)
      #expect(abs(row[1] - (wanted - Double(index % 3)) / 1000) < 1e-15)
    }
  }

  @Test func parametersAndTemperatureBuildAnew() throws {
    let result = try Self.run(
      """
      v1 a 0 1
      r1 a b 1k
      r2 b 0 1k tc1=0.01
      .dc v1 1 2 1 r1 1k 3k 2k temp 27 127 100
      .print dc v(b)
      """)
    #expect(result.builds == 4)
    let resistances = [1000.0, 1000, 3000, 3000, 1000, 1000, 3000, 3000]
    for (index, row) in result.values.enumerated() {
      let lower = index < 4 ? 1000.0 : 2000.0
      let wanted = Double(1 + index % 2) * lower / (lower + resistances[index])
      #expect(abs(row[0] - wanted) < 1e-12)
    }
  }

  @Test func diodeLaw() throws {
    let result = try Self.run(
      """
      v1 a 0 0
      d1 a 0 dd
      .model dd d is=1e-14
      .dc v1 -1 0.8 0.05
      .print dc i(v1)
      """)
    let thermal = 1.380649e-23 * 300.15 / 1.602176634e-19
    for (voltage, row) in zip(result.abscissae, result.values) where voltage > 0.1 {
      let wanted = -1e-14 * (exponential(voltage / thermal) - 1) - 1e-12 * voltage
      #expect(abs(row[0] / wanted - 1) < 3e-5)
    }
    #expect(result.values.count == 37)
  }

  /// out = tanh(3 (in + out)) has two stable branches up to |in| = 0.434: the way back is another
  /// than the way there.
  @Test func branchesAreFollowed() throws {
    let result = try Self.run(
      """
      v1 in 0 0
      b1 out 0 v=tanh(3*(v(in)+v(out)))
      .dc v1 list -1 -0.3 0 0.3 0.6 0.3 0 -0.3 -0.6 0
      .print dc v(out)
      """)
    let signs = result.values.map { $0[0] < 0 ? -1 : 1 }
    #expect(signs == [-1, -1, -1, -1, 1, 1, 1, 1, -1, -1])
  }

  @Test func failuresNameThePoint() throws {
    #expect {
      _ = try Self.run(
        """
        v1 a 0 1
        r1 a 0 1k
        b1 b 0 i={v(a)+v(b)**2}
        .dc v1 1 2 1
        .print dc v(b)
        """)
    } throws: { error in
      guard let failure = error as? AnalysisFailure else { return false }
      return failure.analysis == "dc analysis" && failure.message.hasSuffix("v1:dc = 1.0")
    }
  }

  @Test func reportNamesEverything() throws {
    let deck = try DeckCase(
      """
      v1 a 0 2
      r1 a b 1k
      r2 b 0 1k
      """)
    let report = OperatingPointReport(deck.equations, at: try deck.rest())
    #expect(report.nodes.map(\.name) == ["a", "b"])
    #expect(abs(report.nodes[1].value - 1) < 1e-12)
    #expect(report.branches.map(\.name) == ["current of v1"])
    #expect(abs(report.branches[0].value + 1e-3) < 1e-15)
    #expect(report.devices.map(\.name) == ["v1", "r1", "r2"])
    #expect(report.devices[0].dissipation == nil)
    #expect(abs((report.devices[2].dissipation ?? 0) - 1e-3) < 1e-15)
    #expect(report.devices[2].quantities.contains { $0.name == "r" && abs($0.value - 1e3) < 1e-9 })
  }
}
