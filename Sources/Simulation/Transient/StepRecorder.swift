import Devices
import Integration

/// Turns the solver's steps into output points.
struct StepRecorder<Observer: TransientObserver> {
  /// Between two written steps a straight line misses the solver's polynomial by less than this
  /// part of an unknown's largest value.
  private let straightness = 2e-4
  private let divisionsMaximum = 32

  private let plan: OutputPlan
  private let equations: CircuitEquations
  private var nextGrid = 0 { didSet { nextTime = plan.time(nextGrid) ?? .infinity } }
  /// The grid's time of that number; infinite behind its end.
  private var nextTime: Double
  private var last = -Double.infinity
  /// Up to where the observer knows.
  private var followed = 0.0
  private var largest: [Double]
  private let sampler: StepSampler
  private var ends: [Double]
  private let tested: [Bool]
  var observer: Observer
  /// Asked now and then along a long grid; true leaves out the rest of it.
  var shouldStop: () -> Bool = { false }

  /// - Parameters:
  ///   - tested: the unknowns that are accurate within steps, ground removed.
  ///   - derived: unknowns that are not, but can be computed.
  init(
    _ plan: OutputPlan, _ equations: CircuitEquations, tested: [Bool], derived: DerivedUnknowns?,
    _ observer: Observer
  ) {
    self.plan = plan
    nextTime = plan.time(0) ?? .infinity
    self.equations = equations
    self.observer = observer
    largest = Array(repeating: 1e-6, count: equations.unknownCount)
    sampler = StepSampler(equations, needsRates: observer.needsRates, derived: derived)
    ends = Array(repeating: 0, count: equations.unknownCount)
    self.tested = tested
  }

  /// The first point: the given values at time 0, with the rates of the first instant.
  mutating func start(_ x: [Double], _ solver: some TimeStepper) throws {
    ends = x
    sampler.load(x, solver)
    if observer.wantsSteps {
      let first = sampler.point(0)
      try observer.step(from: 0, to: 0) { _ in first }
    }
    if plan.start <= 0 {
      nextGrid = 1
      try emit(0)
    }
  }

  /// All points of the solver's last step, which began at `before` (or a little later, behind a
  /// corner).
  mutating func step(from before: Double, _ solver: some TimeStepper) throws {
    let end = solver.time
    let begin = max(before, solver.lastStep.lowerBound)
    if plan.steps == .all {
      let pieces = divisions(solver)
      for piece in 1...pieces {
        let time = piece == pieces ? end : begin + (end - begin) * Double(piece) / Double(pieces)
        try grid(upTo: time, solver)
        if time > last, time >= plan.start {
          sampler.load(time, solver)
          try emit(time)
        }
      }
    } else {
      try grid(upTo: end, solver)
    }
    if observer.wantsSteps {
      // what lies before is in no polynomial
      if begin > followed + 4 * followed.ulp { try follow(begin, begin, solver) }
      try follow(begin, end, solver)
      followed = end
    }
    if plan.steps == .none { return }
    sampler.load(end, solver)
    for k in ends.indices { ends[k] = sampler.values[k] }
    for k in largest.indices { largest[k] = max(largest[k], abs(ends[k])) }
  }

  private mutating func follow(_ begin: Double, _ end: Double, _ solver: some TimeStepper) throws {
    let sampler = sampler
    try observer.step(from: begin, to: end) { time in
      sampler.load(time, solver)
      return sampler.point(time)
    }
  }

  mutating func finish(_ solver: some TimeStepper) throws { try grid(upTo: plan.stop, solver) }

  private mutating func grid(upTo time: Double, _ solver: some TimeStepper) throws {
    while nextTime <= time {
      let next = nextTime
      nextGrid += 1
      if nextGrid & 0xFFFF == 0, shouldStop() { return }
      if next <= last { continue }
      sampler.load(next, solver)
      try emit(next)
    }
  }

  private mutating func emit(_ time: Double) throws {
    last = time
    try observer.output(sampler.point(time))
  }

  /// Into how many straight pieces the last step has to be cut.
  private mutating func divisions(_ solver: some TimeStepper) -> Int {
    let step = solver.lastStep
    let middle = step.lowerBound + 0.5 * (step.upperBound - step.lowerBound)
    sampler.load(middle, solver)
    let values = sampler.values
    var worst = 0.0
    solver.withState { end, _, _ in
      for k in tested.indices where tested[k] {
        let bend = abs(values[k] - 0.5 * (ends[k] + end[k]))
        worst = max(worst, bend / max(largest[k], abs(end[k])))
      }
    }
    if !worst.isFinite { return 1 }
    return max(1, min(divisionsMaximum, Int((worst / straightness).squareRoot()) + 1))
  }
}
