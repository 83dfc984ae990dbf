import Numerics
import Testing

@testable import Experiments

@Suite struct ReadoutAverageTests {

  /// Of a phasor that turns at omega: 1/(1 + i omega T) of it, whatever the steps.
  @Test(arguments: [1e-4, 0.02], [true, false])
  func aTurningPhasorLags(step: Double, isComplex: Bool) {
    let (rate, constant) = (0.3, 2.0)
    var readout = ReadoutAverage(timeConstant: constant, phases: [0, 1])
    var time = 0.0
    while time < 30 {
      time += step
      let (a, b) = (rate * time, 1 + rate * time)
      // moduli play no part
      let state = isComplex ? [2 * cosine(a), 2 * sine(a), cosine(b), sine(b)] : [a, b]
      state.withUnsafeBufferPointer {
        readout.advance(to: time, $0.baseAddress!, isComplex: isComplex)
      }
    }
    let expected =
      Complex(modulus: 1, argument: rate * time) / Complex(1, rate * constant)
    #expect((readout.mean[0] - expected).modulus < 1e-5)
    #expect(abs(wrapped(readout.mean[1].argument - expected.argument - 1)) < 1e-5)
  }

  /// From the probe to what oscillators jump to: exp(-t/T), exactly along straight lines.
  @Test func aJumpFades() {
    var readout = ReadoutAverage(timeConstant: 3, phases: [0])
    let state = [0.0, 1.0]
    state.withUnsafeBufferPointer { state in
      readout.advance(to: 1e-12, state.baseAddress!, isComplex: true)
      for time in [0.7, 0.7, 1.1, 6.0] {
        readout.advance(to: time, state.baseAddress!, isComplex: true)
      }
    }
    let kept = exponential(-2)
    #expect((readout.mean[0] - Complex(kept, 1 - kept)).modulus < 1e-11)
  }
}
