import Devices
import Integration
import Numerics
import Schematic

/// The transient analysis before a periodic steady state, until the circuit goes round.
struct OrbitStart {
  private let equations: CircuitEquations
  private let card: PeriodicSteadyStateCard
  private let options: SolverOptions
  private let unstable: UnstableEquilibrium?
  private(set) var passagesTaken = 0
  /// Periods that the transient analysis may take.
  private static let periodsMaximum = 20_000.0
  private static let drivenPeriodsMaximum = 1000.0

  init(
    _ equations: CircuitEquations, _ card: PeriodicSteadyStateCard, _ options: SolverOptions,
    _ unstable: UnstableEquilibrium?
  ) {
    self.equations = equations
    self.card = card
    self.options = options
    self.unstable = unstable
  }

  /// One period at the end of a transient analysis from `x`, and the time of its end, seconds; nil
  /// where the caller asked to stop.
  ///
  /// - Parameter passages: how often the circuit must have gone round before.
  /// - Throws: `Fault` where nothing tells what to watch or how long; `AnalysisFailure`.
  mutating func search(
    from x: [Double], passages: Int, _ shouldStop: @escaping () -> Bool
  ) throws -> (RecordedStretch, endTime: Double)? {
    let signal = card.isDriven ? nil : try watched()
    let search = OrbitSearch(
      signal: signal, period: card.isDriven ? card.frequency.map { 1 / $0 } : nil,
      isTested: equations.testedUnknowns, timeMinimum: card.stabilisationTime ?? 0,
      isPatient: card.stabilisationTime == nil, passagesMinimum: passages,
      countSwitchings: { [equations] in equations.switchings })
    var observer = search
    let passagesMaximum = passages + Int(Self.periodsMaximum)
    let transient = TransientAnalysis(
      equations, try schedule(x), options,
      shouldStop: {
        search.found != nil || search.passageCount > passagesMaximum || shouldStop()
      })
    let outcome = try transient.run(from: x, &observer)
    passagesTaken = search.passageCount
    if !card.isDriven, !shouldStop() { search.settleForLast() }
    if search.found != nil, search.switchings > 0 { throw switching() }
    if let found = search.found { return (found, found.times[found.times.count - 1]) }
    if shouldStop() { return nil }
    throw AnalysisFailure(
      analysis: PeriodicSteadyState.name,
      message: search.passageCount < 3
        ? "nothing oscillates within \(outcome.time) s"
        : "the circuit did not come back to the same state within \(outcome.time) s",
      advice: "initial conditions away from rest (.ic, UIC), a guess of the frequency (fund=), a "
        + "given stabilisation (tstab=)")
  }

  private func switching() -> Fault {
    let instance = equations.circuit.instances[Int(max(0, equations.lastSwitched))]
    return Fault(
      "switch-in-steady-state",
      "a switch or comparison changes within the period, as '\(instance.name)' or one like it",
      at: instance.origin,
      help: "a smooth switch (no hysteresis), tanh() in place of a comparison")
  }

  /// The unknown and its reference whose passages are counted, ground at 0.
  private func watched() throws(Fault) -> (Int, Int) {
    if let node = card.node { return (Int(node), Int(card.reference)) }
    if let name = unstable?.nodes.first,
      let node = equations.circuit.nodeNames.firstIndex(of: name)
    {
      return (node, 0)
    }
    throw Fault(
      "no-oscillator-node", "no unstable equilibrium tells which node oscillates",
      at: card.origin, help: "name one: .pss v(out)")
  }

  private func schedule(_ x: [Double]) throws(Fault) -> TransientCard {
    let before = card.stabilisationTime ?? 0
    let guess = card.frequency ?? 0
    var duration = 0.0
    if guess > 0 {
      duration = (card.isDriven ? Self.drivenPeriodsMaximum : Self.periodsMaximum) / guess
    } else if let unstable {
      // how it leaves the equilibrium may be much faster than how it goes round
      let rate = max(unstable.growth, unstable.angularFrequency)
      duration = 100 * Self.periodsMaximum / rate
    } else if before > 0 {
      duration = 100 * before
    } else if let constant = longestTimeConstant(x) {
      duration = 1e4 * constant
    } else {
      throw Fault(
        "no-time-scale", "nothing tells how long a period might be", at: card.origin,
        help: "guess the frequency, fund=1meg, or give a time of stabilisation, tstab=10u")
    }
    let stop = before + duration
    return TransientCard(
      printStep: stop / 100, stopTime: stop,
      stepMaximum: guess > 0 ? 0.05 / guess : nil,
      skipsOperatingPoint: card.skipsOperatingPoint, origin: card.origin)
  }

  /// Seconds: of all rows of the equations alone, without what is as good as open; nil where none
  /// has any.
  private func longestTimeConstant(_ x: [Double]) -> Double? {
    let matrices = equations.deviationMatrices(x)
    let pattern = equations.pattern
    var still = [Double](repeating: 0, count: pattern.count)
    var moving = still
    for entry in 0..<pattern.entryCount {
      let row = Int(pattern.rowIndices[entry])
      still[row] += abs(matrices.conductances[entry])
      moving[row] += abs(matrices.capacitances[entry])
    }
    let times = zip(moving, still).filter { $0 > 0 && $1 > 1e-9 }.map { $0 / $1 }
    return times.max().flatMap { $0.isFinite ? $0 : nil }
  }

  /// The state a little along the deviation that grows; where none is known, with a push at the
  /// node that is watched.
  func pushed(_ x: [Double]) -> [Double] {
    let nodes = equations.layout.nodeCount - 1
    let voltage = x.prefix(nodes).reduce(0) { max($0, abs($1)) }
    guard let unstable, unstable.direction.count == x.count else {
      guard let node = card.node, node > 0 else { return x }
      var x = x
      x[Int(node) - 1] += 0.05 * (voltage > 0 ? voltage : 1)
      return x
    }
    var factor = Double.infinity
    for (k, unknown) in equations.layout.unknowns.dropFirst().enumerated() {
      let size = abs(unstable.direction[k])
      if size == 0 { continue }
      switch unknown.kind {
      case .voltage: factor = min(factor, 0.05 * (voltage > 0 ? voltage : 1) / size)
      case .state(let scale): factor = min(factor, max(0.05 * abs(x[k]), 1e4 * scale) / size)
      case .current, .inductorCurrent, .auxiliary: break
      }
    }
    guard factor.isFinite else { return x }
    return zip(x, unstable.direction).map { $0 + factor * $1 }
  }
}
