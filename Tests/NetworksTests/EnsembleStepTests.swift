import Numerics
import Testing

@testable import Networks

/// The parts of an ensemble's step, each against a closed form.
@Suite struct EnsembleStepTests {
  /// Weights of a plan for stored values at `times` (newest first).
  static func plan(_ times: [Double], step: Double, order: Int, rate: Double) -> StepPlan {
    let plan = StepPlan()
    let unused = UnsafeMutablePointer<Double>.allocate(capacity: 1)
    plan.prepare(
      times: times, drives: { _ in unused }, from: times[0], step: step, order: order, rate: rate)
    unused.deallocate()
    return plan
  }

  static func sum(_ weights: UnsafeMutablePointer<Double>, _ values: [Double]) -> Double {
    values.indices.reduce(0) { $0 + weights[$1] * values[$1] }
  }

  /// A constant and a polynomial that decays at the plan's rate are extrapolated without error.
  @Test(arguments: [2, 3, 4, 5])
  func extrapolatesItsOwnBasis(order: Int) {
    let times = [2.0, 1.4, 1.1, 0.3, -0.5, -1].prefix(order + 1)
    let (rate, step) = (0.7, 0.9)
    let plan = Self.plan(Array(times), step: step, order: order, rate: rate)
    for degree in 0...(order - 2) {
      let drive = { (t: Double) in
        2 - exponential(-rate * t) * (1 - power(t + 3, Double(degree)))
      }
      let values = times.prefix(order).map(drive)
      #expect(abs(Self.sum(plan.ahead, values) - drive(2.9)) < 1e-11)
    }
    #expect(plan.judgesHigher == (order < EnsembleTrial.orderMaximum))
  }

  /// Over a short span plain polynomials are used: mean, first moment and end are exact.
  @Test(arguments: [1, 2, 3, 4, 5])
  func integratesPolynomials(order: Int) {
    let times = Array([0.0, -0.01, -0.03, -0.035, -0.05].prefix(order))
    let step = 0.02
    let plan = Self.plan(times, step: step, order: order, rate: 1)
    for degree in 0..<order {
      let n = Double(degree)
      let values = times.map { power($0 / step, n) }
      #expect(abs(Self.sum(plan.ahead, values) - 1) < 1e-12)
      #expect(abs(Self.sum(plan.mean, values) - 1 / (n + 1)) < 1e-12)
      // Twelve times the integral of (s - 1/2) s^n over 0...1.
      let moment = 12 * (1 / (n + 2) - 0.5 / (n + 1))
      #expect(abs(Self.sum(plan.slope, values) - moment) < 1e-11)
    }
  }

  /// One step of the flow with a drive e^{i v t} h and detuning w.
  static func flow(
    from phase: Double, step: Double, strength: Double, turning: Double, detuning: Double
  ) -> Complex {
    let points = [StepPoints.all[0], StepPoints.all[1], StepPoints.all[2]]
    let h = points.map { Complex(modulus: strength, argument: turning * step * ($0 + 1)) }
    let mean = (step / 36) * (5 * (h[0] + h[2]) + 8 * h[1])
    let slope = (step / 2 * 10 * StepPoints.offset / 3) * (h[2] - h[0])
    let lanes = { (z: Complex) in
      EightComplex(real: SIMD8(repeating: z.real), imaginary: SIMD8(repeating: z.imaginary))
    }
    let result = MagnusStep(
      from: lanes(Complex(modulus: 1, argument: phase)), mean: lanes(mean), slope: lanes(slope),
      turn: SIMD8(repeating: detuning * step / 2)
    ).phasor
    return Complex(result.real[0], result.imaginary[0])
  }

  /// A constant drive: tan(phi / 2) falls as e^{-h t} exactly, in one step.
  @Test func flowOfAConstantDriveIsExact() {
    for start in [-3.1, -1, 0, 0.01, 2, 3.1] {
      for step in [1e-3, 0.5, 2, 6] {
        let z = Self.flow(from: start, step: step, strength: 1.3, turning: 0, detuning: 0)
        let expected = 2 * arcTangent(tangent(start / 2) * exponential(-1.3 * step))
        // The ratio of polynomials for tanh is short of it by 1e-9 at a step of 6.
        #expect(abs(wrapped(z.argument - expected)) < (step > 3 ? 1e-5 : 1e-9))
        #expect(abs(z.modulus - 1) < 1e-14)
      }
    }
    let free = Self.flow(from: 0.2, step: 1.7, strength: 0, turning: 0, detuning: -1.1)
    #expect(abs(wrapped(free.argument - 0.2 + 1.1 * 1.7)) < 1e-9)
  }

  /// In the frame of a turning drive the equation is the constant one with another detuning, so the
  /// error of one step is known; it falls with the fifth power of the step.
  @Test func flowHasOrderFour() {
    let (turning, detuning, strength, start) = (1.1, 0.4, 1.3, 0.9)
    let errors = [0.2, 0.1, 0.05].map { step in
      let turned = Self.flow(
        from: start, step: step, strength: strength, turning: 0, detuning: detuning - turning)
      let z = Self.flow(
        from: start, step: step, strength: strength, turning: turning, detuning: detuning)
      return abs(wrapped(z.argument - turned.argument - turning * step))
    }
    #expect(errors[0] < 2e-6)
    #expect(errors[0] / errors[1] > 24 && errors[1] / errors[2] > 24)
  }
}
