// The periodic steady state: a transient analysis until the circuit goes round, Newton's method on
// the whole period by collocation, finer meshes until the answer stands, then the linearisation
// around it: Floquet multipliers, perturbation projection vector, phase noise.

import Devices
import Integration
import Numerics
public import Schematic

/// One periodic steady state analysis of one circuit.
public final class PeriodicSteadyState {
  private let equations: CircuitEquations
  private let card: PeriodicSteadyStateCard
  private let options: SolverOptions
  private let shouldStop: () -> Bool
  private var quality = PeriodicSolution.Quality()
  static let name = "periodic steady state"
  /// How often a longer transient analysis is tried.
  private static let attempts = 3
  private static let attemptsForFamilies = 7
  private static let refinementsMaximum = 8
  /// Up to which an accurate orbit is refined for the sake of its linearisation.
  private static let intervalsForKinks = 1600
  /// Stages times unknowns that an orbit may have.
  private static let sizeMaximum = 5_000_000

  /// - Throws: `Fault` for what such an analysis cannot do.
  public init(
    _ equations: CircuitEquations, _ card: PeriodicSteadyStateCard, _ options: SolverOptions,
    shouldStop: @escaping () -> Bool = { false }
  ) throws(Fault) {
    self.equations = equations
    self.card = card
    self.options = options
    self.shouldStop = shouldStop
    if let signal = equations.layout.delayedSignals.first {
      let instance = equations.layout.unknowns[Int(signal.unknown)].instance
      let origin = instance >= 0 ? equations.circuit.instances[Int(instance)].origin : card.origin
      throw Fault(
        "delay-in-steady-state", "a periodic steady state cannot have delays yet", at: origin,
        help: "a ladder of inductors and capacitors, or of stages, can stand for a line")
    }
  }

  /// Finds the steady state that the circuit reaches from `x` at time 0 (ground removed).
  ///
  /// - Parameters:
  ///   - unstable: the deviation that leaves the circuit's equilibrium: it tells what oscillates
  ///     and about how fast.
  ///   - isRest: whether `x` is that equilibrium; then the circuit is pushed away from it.
  /// - Returns: nil where the caller asked to stop.
  /// - Throws: `AnalysisFailure`, `Fault` for what the deck must change.
  public func run(
    from x: [Double], beside unstable: UnstableEquilibrium? = nil, isRest: Bool = false
  ) throws -> PeriodicSolution? {
    quality = PeriodicSolution.Quality()
    var passages = 0
    for attempt in 1...Self.attemptsForFamilies {
      var start = OrbitStart(equations, card, options, unstable)
      let x = isRest ? start.pushed(x) : x
      guard let (stretch, time) = try start.search(from: x, passages: passages, shouldStop) else {
        return nil
      }
      passages = 4 * max(passages, start.passagesTaken)
      quality.stabilisationTime = time
      do {
        return try solve(stretch, endTime: time)
      } catch let failure as PeriodicNewton.Failure {
        let most = failure.isOfFamily ? Self.attemptsForFamilies : Self.attempts
        if attempt >= most { throw explained(failure) }
      }
    }
    return nil
  }

  private func solve(_ stretch: RecordedStretch, endTime: Double) throws -> PeriodicSolution? {
    let startTime = card.isDriven ? endTime - stretch.period : endTime
    let corners = card.isDriven ? try self.corners(from: startTime, stretch.period) : []
    var count = max(40, min(200, stretch.times.count))
    var orbit = stretch.orbit(intervals: count, corners: corners)
    if !card.isDriven { try checkStillness(orbit, at: startTime) }
    let scales = self.scales(orbit)
    var newton = try solveNewton(orbit, scales, startTime)
    try checkLife(newton, scales)
    try checkFamily(newton)
    for refinement in 1...Self.refinementsMaximum {
      if shouldStop() { return nil }
      let coarse = newton.system.orbit
      let mesh = CollocationMesh.adapted(
        to: coarse, count: count, scales: scales, isTested: equations.testedUnknowns,
        corners: corners)
      orbit = coarse.onMesh(mesh)
      newton = try solveNewton(orbit, scales, startTime)
      quality.refinements = refinement
      judge(newton.system.orbit, coarse, scales, order: count == coarse.intervalCount ? 1 : 5)
      if !card.isDriven { quality.flowError = newton.flowError }
      if quality.isAccurate,
        quality.flowError < 100 * card.tolerance || count >= Self.intervalsForKinks
      {
        break
      }
      if 6 * count * equations.unknownCount > Self.sizeMaximum { break }
      count *= 2
    }
    if shouldStop() { return nil }
    return try finish(newton)
  }

  private func solveNewton(
    _ orbit: PeriodicOrbit, _ scales: [Double], _ startTime: Double
  ) throws -> PeriodicNewton {
    let system = CollocationEquations(
      equations, orbit, startTime: startTime, isDriven: card.isDriven)
    let newton = try PeriodicNewton(system, scales: scales)
    defer { quality.iterations += newton.iterations }
    try newton.solve(shouldStop: shouldStop)
    quality.intervals = orbit.intervalCount
    quality.neutralDirections = newton.neutralDirections
    return newton
  }

  private func finish(_ newton: PeriodicNewton) throws -> PeriodicSolution {
    let multipliers = try FloquetMultipliers(newton, isAutonomous: !card.isDriven)
    let projection = card.isDriven ? nil : try PerturbationProjection(newton)
    return PeriodicSolution(
      isAutonomous: !card.isDriven, multipliers: multipliers, projection: projection,
      noise: projection.map { PhaseNoise(newton.system, $0) }, quality: quality,
      system: newton.system)
  }

  /// What two solutions on meshes of different density tell of the finer one's error.
  private func judge(
    _ fine: PeriodicOrbit, _ coarse: PeriodicOrbit, _ scales: [Double], order: Int
  ) {
    let isTested = equations.testedUnknowns
    var worst = 0.0
    for end in coarse.mesh.dropLast() {
      let (a, b) = (fine.state(at: end), coarse.state(at: end))
      for k in a.indices where isTested[k] { worst = max(worst, abs(a[k] - b[k]) / scales[k]) }
    }
    quality.periodError = abs(fine.period / coarse.period - 1)
    quality.waveformError = worst
    quality.isAccurate = max(quality.periodError, worst) < card.tolerance
  }

  /// Largest values along the orbit; those of a kind that is nowhere else count beside zeros.
  private func scales(_ orbit: PeriodicOrbit) -> [Double] {
    let sizes = orbit.largest
    let kinds = equations.layout.unknowns.dropFirst()
    func largest(_ isOwn: (EquationLayout.Unknown.Kind) -> Bool) -> Double {
      zip(kinds, sizes).reduce(0) { isOwn($1.0.kind) ? max($0, $1.1) : $0 }
    }
    let voltage = largest { if case .voltage = $0 { true } else { false } }
    let current = largest {
      switch $0 {
      case .current, .inductorCurrent: true
      default: false
      }
    }
    return zip(kinds, sizes).map { unknown, size in
      switch unknown.kind {
      case .voltage: max(size, 1e-3 * voltage, 1e-9)
      case .current, .inductorCurrent: max(size, 1e-3 * current, 1e-15)
      case .state(let scale), .auxiliary(let scale): max(size, scale)
      }
    }
  }

  /// The phases at which sources have corners.
  private func corners(from start: Double, _ period: Double) throws -> [Double] {
    var corners: [Double] = []
    var time = start * (1 - 1e-12) - 1e-9 * period
    while true {
      time = equations.nextBreakpoint(after: time)
      let phase = (time - start) / period
      guard phase < 1 - 1e-9 else { return corners }
      if phase > -1e-9 { corners.append(max(phase, 0)) }
      guard corners.count < 10_000 else {
        throw AnalysisFailure(
          analysis: Self.name, message: "the sources have more than 10000 corners in a period",
          advice: "a longer fundamental, or smoother sources")
      }
    }
  }

  private func explained(_ failure: PeriodicNewton.Failure) -> AnalysisFailure {
    AnalysisFailure(
      analysis: Self.name, message: failure.message,
      equation: failure.row.map { equations.name(of: $0 + 1) },
      advice: failure.isOfFamily
        ? "a smaller .options reltol, which keeps what is to be kept, and a longer tstab="
        : "a longer stabilisation (tstab=), or a better guess of the frequency (fund=)")
  }
}

// MARK: what cannot be a steady state of an oscillator

extension PeriodicSteadyState {
  /// An oscillator's equations must be the same at all times.
  private func checkStillness(_ orbit: PeriodicOrbit, at time: Double) throws {
    let period = orbit.period
    let references = residuals(orbit, at: time)
    for later in [0.3719, 1.871, 11.43] {
      let other = residuals(orbit, at: time + later * period)
      for k in other.indices {
        let size = max(abs(other[k]), abs(references[k]))
        if abs(other[k] - references[k]) > 1e-9 * size + 1e-18 {
          let row = k % equations.unknownCount
          let instance = equations.layout.unknowns[row + 1].instance
          let origin =
            instance >= 0 ? equations.circuit.instances[Int(instance)].origin : card.origin
          throw Fault(
            "moving-oscillator",
            "an oscillator's equations may not depend on time: \(equations.name(of: row + 1))",
            at: origin,
            help: "give driven circuits their period, .pss fund=..., and name no node; tstab= "
              + "waits for sources that come to rest")
        }
      }
    }
  }

  private func residuals(_ orbit: PeriodicOrbit, at time: Double) -> [Double] {
    let system = CollocationEquations(equations, orbit, startTime: time, isDriven: false)
    system.evaluate()
    return system.residuals
  }

  /// The largest correction, relative, that an orbit of a family may need: what tells one from the
  /// other (a length that is kept) changes by its square.
  private static let familyTolerance = 3e-4

  /// Where another multiplier is 1 too, as far as can be seen, a large correction may have led to
  /// another family member than the one that the circuit goes to.
  private func checkFamily(_ newton: PeriodicNewton) throws {
    guard !card.isDriven, newton.largestChange > Self.familyTolerance,
      newton.states.count <= FloquetMultipliers.denseLimit
    else { return }
    let multipliers = try FloquetMultipliers(newton, isAutonomous: true)
    let error = min(1e-5, max(1e-9, 10 * (multipliers.errorOfUnit ?? 0)))
    guard multipliers.others.contains(where: { ($0 - .one).modulus < error }) else { return }
    throw PeriodicNewton.Failure(
      message: "orbits come in a family, as where a vector keeps its length, and the transient "
        + "analysis did not settle on one", row: nil, isOfFamily: true)
  }

  /// Newton's method may have found the equilibrium.
  private func checkLife(_ newton: PeriodicNewton, _ scales: [Double]) throws {
    let orbit = newton.system.orbit
    let n = orbit.unknownCount
    let isTested = equations.testedUnknowns
    let isAlive = (0..<n).contains { k in
      guard isTested[k] else { return false }
      let values = (0..<orbit.stageCount).map { orbit.states[$0 * n + k] }
      return (values.max() ?? 0) - (values.min() ?? 0) > 1e-4 * scales[k]
    }
    if isAlive || card.isDriven { return }
    throw PeriodicNewton.Failure(message: "the search ended at an equilibrium", row: nil)
  }
}
