import Devices
import Integration

/// Values and, where they are wanted, rates at any time of the solver's last step.
final class StepSampler {
  private let equations: CircuitEquations
  let values: UnsafeMutablePointer<Double>
  private let takesRates: Bool
  private let rates: UnsafeMutablePointer<Double>

  /// - Parameter takesRates: whether anybody reads rates; where not, they are zero.
  init(_ equations: CircuitEquations, takesRates: Bool) {
    self.equations = equations
    self.takesRates = takesRates
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
  func load(_ x: [Double], _ ida: IDA) {
    values.update(from: x, count: x.count)
    guard takesRates else { return }
    ida.withState { _, now, _ in rates.update(from: now, count: equations.unknownCount) }
  }

  /// Takes the solver's polynomial at `time`.
  func load(_ time: Double, _ ida: IDA) {
    // a corner's vanishing steps are in no polynomial: the nearest time of the last step serves
    let within = ida.lastStep
    let time = min(max(time, within.lowerBound), within.upperBound)
    ida.interpolate(at: time, into: values)
    if takesRates { ida.interpolate(at: time, derivative: 1, into: rates) }
  }

  /// What was taken, as the point at `time`; valid until the next.
  func point(_ time: Double) -> SolutionPoint {
    equations.loadPoint(time, values, takesRates ? rates : nil)
    return SolutionPoint(
      abscissa: time, evaluation: equations.pointEvaluation,
      temperature: equations.circuit.temperature)
  }
}
