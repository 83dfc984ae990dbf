import Devices
import Integration

/// Values and rates at any time of the solver's last step.
final class StepSampler {
  private let equations: CircuitEquations
  let values: UnsafeMutablePointer<Double>
  private let rates: UnsafeMutablePointer<Double>
  private let needsRates: Bool
  private let derived: DerivedUnknowns?

  init(_ equations: CircuitEquations, needsRates: Bool, derived: DerivedUnknowns? = nil) {
    self.derived = derived
    self.equations = equations
    self.needsRates = needsRates
    values = .allocate(capacity: equations.unknownCount)
    rates = .allocate(capacity: equations.unknownCount)
    values.initialize(repeating: 0, count: equations.unknownCount)
    rates.initialize(repeating: 0, count: equations.unknownCount)
  }

  deinit {
    values.deallocate()
    rates.deallocate()
  }

  /// Takes given values, with the solver's rates.
  func load(_ x: [Double], _ solver: some TimeStepper) {
    values.update(from: x, count: x.count)
    guard needsRates else { return }
    solver.withState { _, now, _ in rates.update(from: now, count: equations.unknownCount) }
  }

  /// Takes the solver's polynomial at `time`.
  func load(_ time: Double, _ solver: some TimeStepper) {
    defer { derived?.write(at: time, into: values) }
    // a corner's vanishing steps are in no polynomial: the nearest time of the last step serves
    let within = solver.lastStep
    let time = min(max(time, within.lowerBound), within.upperBound)
    solver.interpolate(at: time, into: values)
    if needsRates { solver.interpolate(at: time, derivative: 1, into: rates) }
  }

  /// What was taken, as the point at `time`; valid until the next.
  func point(_ time: Double) -> SolutionPoint {
    equations.loadPoint(time, values, needsRates ? rates : nil)
    return SolutionPoint(
      abscissa: time, evaluation: equations.pointEvaluation,
      temperature: equations.circuit.temperature)
  }
}
