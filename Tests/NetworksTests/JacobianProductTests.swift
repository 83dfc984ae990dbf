import Integration
import Networks
import Numerics
import Testing

/// Jacobian products against central differences of the right-hand sides.
@Suite struct JacobianProductTests {
  static func check(_ system: any OrdinarySystem, state: [Double]) throws -> Double {
    var stream = RandomStream(seed: 17, purpose: .parameter)
    let direction = state.map { _ in stream.normal() }
    var product = state
    try system.jacobianProduct(at: 0.3, state: state, with: direction, into: &product)
    let step = 1e-6
    var (up, down) = (state, state)
    try system.derivative(
      at: 0.3, of: zip(state, direction).map { $0 + step * $1 }, into: &up)
    try system.derivative(
      at: 0.3, of: zip(state, direction).map { $0 - step * $1 }, into: &down)
    var worst = 0.0
    for k in state.indices {
      worst = max(worst, abs((up[k] - down[k]) / (2 * step) - product[k]))
    }
    return worst
  }

  static func couplings(_ n: Int) -> [Coupling] {
    let weights = DenseCoupling(CouplingOperatorTests.random(n, n, seed: 21))
    let gain = CouplingOperatorTests.random(n, 1, seed: 22).elements
    let ramp = GainSchedule(points: [(time: 0, factor: 0), (time: 1, factor: 2)])
    return [
      Coupling(weights, gain: gain), Coupling(weights, signal: .linear, gain: gain, schedule: ramp),
    ]
  }

  @Test(arguments: [3, 8, 13])
  func envelope(count: Int) throws {
    var stream = RandomStream(seed: 23, purpose: .parameter)
    let oscillators = EnvelopeOscillators(
      (0..<count).map { _ in
        .init(
          offset: stream.normal(), shift: stream.normal(), dampingLinear: stream.uniform(),
          dampingNonlinear: stream.uniform(), antidamping: stream.uniform())
      })
    let system = EnvelopeSystem(
      oscillators: oscillators, couplings: Self.couplings(count), trials: 3)
    let state = (0..<6 * count).map { _ in stream.normal() }
    #expect(try Self.check(system, state: state) < 1e-7 * Double(count))
  }

  @Test(arguments: [3, 8, 13])
  func phase(count: Int) throws {
    var stream = RandomStream(seed: 24, purpose: .parameter)
    let oscillators = PhaseOscillators(detuning: (0..<count).map { _ in stream.normal() })
    let third = Coupling(
      DenseCoupling(CouplingOperatorTests.random(count, count, seed: 25)),
      gain: CouplingOperatorTests.random(count, 1, seed: 26).elements, harmonic: 3)
    let system = PhaseSystem(
      oscillators: oscillators, couplings: Self.couplings(count) + [third], trials: 3)
    let state = (0..<3 * count).map { _ in stream.normal() }
    #expect(try Self.check(system, state: state) < 1e-7 * Double(count))
  }

  @Test func scheduleInterpolates() {
    let ramp = GainSchedule(points: [(time: 1, factor: 0), (time: 3, factor: 1)])
    #expect(ramp.factor(at: 0) == 0)
    #expect(ramp.factor(at: 2) == 0.5)
    #expect(ramp.factor(at: 9) == 1)
    #expect(GainSchedule.constant.factor(at: 5) == 1)
  }
}
