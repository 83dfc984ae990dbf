import Devices
import Energy
import Schematic
import Simulation

/// An oscillator cell at rest: supply on, input in the middle.
struct OscillatorBench {
  let equations: CircuitEquations
  let supply: Double
  /// Amperes: the cell's own parameter.
  let feedback: Double
  /// The node of the supply.
  let supplyNode: Int32
  /// Of the input's source among the equations, ground removed.
  let inputRow: Int
  /// The output; of a cell with a spin-torque junction also the voltage across that, and the three
  /// components of m.
  let outputs: [Expression]
  /// The node whose voltage tells a turn from the next.
  private let watched: Int32
  private let cellName: String
  private let bias: Double
  private let options: SolverOptions

  /// - Parameter drive: of the input, 0 to 1 from rail to rail.
  init(
    _ cell: CellUnderTest, bias: Double, temperature: Double, supply: Double, drive: Double = 0.5
  ) throws {
    var bench = try TestBench(
      cell, [(name: "bias", value: bias)], temperature: temperature)
    bench.hold("vdd", at: supply)
    bench.hold("in", at: supply * drive)
    self.supply = supply
    supplyNode = bench.node("vdd")
    feedback = bench.parameter("feedback") ?? 0
    cellName = cell.name
    self.bias = bias
    var options = SolverOptions(bench.circuit.options)
    options.reltol = min(options.reltol, 1e-4)
    self.options = options
    guard feedback > 0 else {
      throw Fault(
        "cell-not-measurable", "cell '\(cell.name)' has no feedback to be measured",
        help: "its parameter feedback is the feedback current's amplitude at full drive; > 0")
    }
    equations = try CircuitEquations(bench.circuit)
    inputRow = Int(equations.layout.branch(of: "vin") ?? 1) - 1
    guard let junction = bench.instance("YSTO") else {
      watched = bench.node("out")
      outputs = [TestBench.voltage("out")]
      return
    }
    watched = junction.terminals[0]
    outputs =
      [TestBench.voltage("out"), TestBench.voltage(bench.circuit.nodeNames[Int(watched)])]
      + ["mx", "my", "mz"].map { TestBench.quantity("\(junction.name):\($0)") }
  }

  /// - Returns: nil where the caller asked to stop.
  func orbit(_ shouldStop: @escaping () -> Bool) throws -> PeriodicSolution? {
    let rest = try OperatingPoint(equations, options).solve(startsTransient: true)
    // a junction starts away from its equilibrium, at the m that its line gives
    let unstable = EquilibriumStability(equations, at: rest.x).instability()
    var card = PeriodicSteadyStateCard(origin: .none)
    card.node = watched
    let analysis = try PeriodicSteadyState(equations, card, options, shouldStop: shouldStop)
    do {
      return try analysis.run(from: rest.x, beside: unstable, isRest: true)
    } catch let failure as AnalysisFailure {
      throw still(failure.message)
    }
  }

  /// What the cell's consumers take from the supply.
  var draw: SupplyDraw {
    SupplyDraw(equations, supply: supplyNode) { instance in
      instance.name.hasPrefix("x1.")
        ? MemoryPart(role: .oscillator, name: String(instance.name.dropFirst(3))) : nil
    }
  }

  /// Watts by energy term at rest, without oscillation.
  func restingPowers() throws -> [Double] {
    let rest = try OperatingPoint(equations, options).solve()
    var draw = draw
    var powers = [Double](repeating: 0, count: draw.termCount)
    draw.powers(equations.restingPoint(rest.x).evaluation, into: &powers)
    return powers
  }

  /// The cell does not go round.
  func still(_ reason: String) -> Fault {
    Fault(
      "cell-not-measurable",
      "cell '\(cellName)' does not oscillate at a bias of \(bias) A: \(reason)",
      help: "raise its parameter bias above the threshold current")
  }
}
