import Devices
import Numerics
import Schematic
import Simulation

/// The orbit of a free-running oscillator cell, from which memories are started at given phases.
struct CellOrbit {
  private let orbit: PeriodicOrbit
  /// Phase of the output's fundamental at the orbit's start, rad.
  private let outputPhase: Double
  /// Places in the orbit's state by the node's name in the cell, and by instance for own unknowns.
  private var nodes: [String: Int] = [:]
  private var states: [String: [Int]] = [:]

  /// - Returns: nil where the caller asked to stop.
  /// - Throws: `Fault` "cell-not-measurable".
  init?(
    _ cell: CellUnderTest, temperature: Double, supply: Double,
    _ shouldStop: @escaping () -> Bool
  ) throws {
    let bias = try TestBench(cell).parameter("bias") ?? 0
    let bench = try OscillatorBench(cell, bias: bias, temperature: temperature, supply: supply)
    guard let solution = try bench.orbit(shouldStop) else { return nil }
    orbit = solution.orbit
    let evaluator = try OutputEvaluator([TestBench.voltage("out")], bench.equations)
    let values = (0..<solution.orbit.stageCount).map {
      evaluator.value(0, at: solution.point(atStage: $0))
    }
    outputPhase = solution.harmonics(of: values, count: 1)[1].argument
    let circuit = bench.equations.circuit
    for (unknown, own) in bench.equations.layout.unknowns.enumerated().dropFirst() {
      if own.instance < 0 {
        nodes[Self.local(circuit.nodeNames[unknown])] = unknown - 1
      } else {
        states[Self.local(circuit.instances[Int(own.instance)].name), default: []]
          .append(unknown - 1)
      }
    }
  }

  /// Names within the cell, which the bench calls x1.
  private static func local(_ name: String) -> String {
    name.hasPrefix("x1.") ? String(name.dropFirst(3)) : name
  }

  /// The cell where its output's fundamental has this phase, cos(omega t + phase).
  func state(atPhase phase: Double) -> State {
    let turns = (phase - outputPhase) / (2 * .pi)
    return State(values: orbit.state(at: turns - turns.rounded(.down)), orbit: self)
  }

  /// All unknowns of the cell at one instant.
  struct State {
    fileprivate let values: [Double]
    fileprivate let orbit: CellOrbit

    /// Volts of a node by its name in the cell, ports included; nil where the cell has none.
    func voltage(_ node: String) -> Double? { orbit.nodes[node].map { values[$0] } }
    /// The own unknowns of an instance by its name in the cell.
    func states(_ instance: String) -> [Double] {
      (orbit.states[instance] ?? []).map { values[$0] }
    }
  }
}
