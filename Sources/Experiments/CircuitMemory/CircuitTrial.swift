import Numerics
import Schematic
import Simulation

/// One trial of a recall by Kirchhoff's laws: the oscillators start on their free orbits at the
/// probe's phases, the synapses empty.
struct CircuitTrial {
  let plan: RecallPlan
  let memory: CircuitMemory
  let setup: TrialSetup
  let shouldStop: () -> Bool
  let progress: (Double) -> Void

  /// `reltol` where the deck gives none: edges of some ten picoseconds are then placed to a few
  /// thousandths of a radian.
  private static let tolerance = 0.05
  /// Steps of a period at least, so that waves' fundamentals are integrals of their shapes.
  private static let stepsPerPeriod = 64.0

  /// - Returns: the trial's result; nil when told to stop before the end.
  /// - Throws: `AnalysisFailure`, `Faults`.
  func run() throws -> RecallTrial? {
    var (circuit, voltages) = memory.started(atPhases: setup.probe)
    circuit.temperature = plan.temperature - 273.15
    let period = 1 / memory.frequency
    // the last window has to end within the run
    let stop = (plan.stopTime * memory.frequency + 0.5).rounded(.up) * period + 1e-6 * period
    let equations = try CircuitEquations(
      circuit, printStep: period, stopTime: stop, seed: plan.seed)
    var options = SolverOptions(circuit.options)
    if circuit.options["reltol"] == nil { options.reltol = Self.tolerance }
    // what is not a node starts at 0, currents among it
    voltages += [Double](repeating: 0, count: equations.unknownCount - voltages.count)
    let start = try OperatingPoint(equations, options).impose(voltages, duration: 1e-7 * period)
    if plan.thermal {
      _ = equations.restingPoint(start.x)
      let asked = try TransientNoiseOptions(circuit.options, at: plan.card.origin)
      equations.noise = TransientNoise(
        equations, asked ?? TransientNoiseOptions(bandwidth: 4 * memory.frequency),
        stopTime: stop, seed: plan.seed &+ UInt64(setup.number))
    }
    let draw = SupplyDraw(equations, supply: memory.supply, part: memory.part)
    var told = 0.0
    var watch = PhaseWatch(
      memory.cells.map { Int($0.output) }, frequency: memory.frequency, draw
    ) { time in
      progress((time - told) / stop)
      told = time
    }
    let card = TransientCard(
      printStep: stop, stopTime: stop, stepMaximum: period / Self.stepsPerPeriod,
      skipsOperatingPoint: true, origin: plan.card.origin)
    let outcome = try TransientAnalysis(equations, card, options, shouldStop: shouldStop)
      .run(from: start.x, &watch)
    return outcome.isComplete ? result(watch) : nil
  }

  private func result(_ watch: PhaseWatch) -> RecallTrial {
    let n = memory.cells.count
    let follower = RecallFollower(setup, plan: plan, isComplex: false)
    let times = [0] + watch.times
    let phases = setup.probe + watch.phases
    var next = 0
    func state(_ window: Int, _ part: Double) -> [Double] {
      (0..<n).map { k in
        let low = phases[window * n + k]
        guard part > 0 else { return low }
        return low + part * wrapped(phases[(window + 1) * n + k] - low)
      }
    }
    var end = setup.probe
    for window in times.indices {
      // what is recorded before the window's own time lies between it and the one before
      while next < plan.times.count, plan.times[next] <= times[window] {
        let time = plan.times[next]
        let part =
          window == 0 ? 0 : (time - times[window - 1]) / (times[window] - times[window - 1])
        end = window == 0 ? setup.probe : state(window - 1, part)
        follower.record(next, end, energies: watch.energies(until: time))
        next += 1
      }
      if next == plan.times.count { break }
      follower.step(to: times[window], state(window, 0))
    }
    follower.step(to: plan.times.last ?? 0, end)
    return follower.finish(end) { watch.energies(until: $0 ?? plan.stopTime) }
  }
}
