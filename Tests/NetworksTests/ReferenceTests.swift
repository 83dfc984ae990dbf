import Integration
import Networks
import Numerics
import TestSupport
import Testing

/// The network equations against trajectories that other code computed at a tolerance of 1e-12.
@Suite struct ReferenceTests {
  static func weights(_ file: ReferenceTrajectory) -> ComplexMatrix {
    let real = file.matrix("weightsReal")
    let imaginary = file.matrix("weightsImag")
    let n = real.count
    var matrix = ComplexMatrix(rows: n, columns: n)
    for i in 0..<n {
      for j in 0..<n { matrix[i, j] = Complex(real[i][j], imaginary[i][j]) }
    }
    return matrix
  }

  @Test(arguments: IntegrationMethod.allCases)
  func phaseNetwork(method: IntegrationMethod) throws {
    let file = try ReferenceTrajectory("phase-network")
    let detuning = file.vector("detuning")
    let kappa = file.number("kappa")
    let system = PhaseSystem(
      oscillators: PhaseOscillators(detuning: detuning),
      couplings: [
        Coupling(
          DenseCoupling(Self.weights(file)),
          gain: [Complex](repeating: Complex(kappa), count: detuning.count))
      ], trials: 1)
    let solver = try CVODE(
      system, initial: file.vector("initial"), method: method,
      tolerances: Tolerances(relative: 1e-10, absolute: 1e-10))
    var worst = 0.0
    for (time, expected) in zip(file.vector("time"), file.matrix("phase")) where time > 0 {
      try solver.advance(to: time)
      for (a, b) in zip(solver.stateValues, expected) { worst = max(worst, abs(a - b)) }
    }
    #expect(worst < 1e-6)
  }

  @Test(arguments: IntegrationMethod.allCases)
  func envelopeNetwork(method: IntegrationMethod) throws {
    let file = try ReferenceTrajectory("envelope-network")
    let detuning = file.vector("detuning")
    let oscillators = EnvelopeOscillators(
      detuning.map {
        .init(
          offset: $0, shift: file.number("nonlinearShift", in: "parameters"),
          dampingLinear: file.number("dampingLinear", in: "parameters"),
          dampingNonlinear: file.number("dampingNonlinear", in: "parameters"),
          antidamping: file.number("antidamping", in: "parameters"))
      })
    let gain = Complex(file.number("coupling", in: "parameters"))
    let system = EnvelopeSystem(
      oscillators: oscillators,
      couplings: [
        Coupling(
          DenseCoupling(Self.weights(file)),
          gain: [Complex](repeating: gain, count: detuning.count))
      ], trials: 1)
    let start = zip(file.vector("initialReal"), file.vector("initialImag")).flatMap { [$0, $1] }
    let solver = try CVODE(
      system, initial: start, method: method,
      tolerances: Tolerances(relative: 1e-10, absolute: 1e-10))
    var worst = 0.0
    let expected = zip(file.matrix("real"), file.matrix("imag"))
    for (time, (real, imaginary)) in zip(file.vector("time"), expected) where time > 0 {
      try solver.advance(to: time)
      let state = solver.stateValues
      for i in real.indices {
        worst = max(worst, abs(state[2 * i] - real[i]), abs(state[2 * i + 1] - imaginary[i]))
      }
    }
    #expect(worst < 1e-6)
  }
}
