import Integration
import Networks
import Numerics
import Schematic
import Testing

@testable import Experiments

/// The coupling function that a phase response makes against an average in time: random responses
/// at 1, 3, 5 and 7 times the frequency, oscillators fed by sums of delayed square waves.
@Suite struct ResponseHarmonicTests {
  static let count = 5

  /// What one square wave with a phase does to a phase over a turn: the mean of V(t) times it. The
  /// response has no more than seven harmonics, so the wave's further ones average out.
  static func average(_ response: [Int: Complex], own: Double, wave: Double) -> Double {
    let samples = 40_000
    var sum = 0.0
    for k in 0..<samples {
      let t = 2 * Double.pi * (Double(k) + 0.5) / Double(samples)
      var vector = 0.0
      for (number, coefficient) in response {
        vector += 2 * (coefficient * Complex(modulus: 1, argument: Double(number) * (t + own))).real
      }
      sum += vector * (cosine(t + wave) > 0 ? 1 : -1)
    }
    return sum / Double(samples)
  }

  static func view(_ response: [Int: Complex]) -> View {
    var constants: [String: View.Constant] = [:]
    func set(_ name: String, _ value: Double) {
      constants[name] = View.Constant(value: value, unit: "1", source: "drawn", standIn: true)
    }
    for number in ResponseHarmonic.numbers {
      let names = ResponseHarmonic.names(number)
      set(names.ratio, response[number]!.modulus / response[1]!.modulus)
      set(
        names.phase, ResponseHarmonic.phase(number, of: response[number]!, first: response[1]!))
    }
    return View(cell: "drawn", kind: "oscillator", constants: constants)
  }

  @Test(arguments: [1, 2, 3]) func couplingFunction(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, purpose: .parameter)
    var response: [Int: Complex] = [:]
    for number in [1, 3, 5, 7] {
      response[number] = Complex(
        modulus: 0.2 + stream.uniform(), argument: 2 * .pi * stream.uniform())
    }
    let n = Self.count
    var weights = ComplexMatrix(rows: n, columns: n)
    for k in weights.elements.indices {
      weights.elements[k] = Complex(
        modulus: stream.uniform(), argument: 2 * .pi * stream.uniform())
    }
    // the lead of a locked output, which delays make up for: here a turn of every weight
    let lead = .pi / 2 - response[1]!.argument
    let phases = (0..<n).map { _ in 2 * Double.pi * stream.uniform() }
    // a square wave has the fundamental 4/pi, and a mean over a turn half the product of amplitudes
    let kappa = 4 / .pi * response[1]!.modulus
    let read = try ResponseHarmonic.read(Self.view(response), at: .none)
    let system = PhaseSystem(
      oscillators: PhaseOscillators(detuning: [Double](repeating: 0, count: n)),
      couplings: [
        Coupling(DenseCoupling(weights), gain: [Complex](repeating: Complex(kappa), count: n))
      ]
        + read.map { harmonic in
          var delayed = weights
          for k in delayed.elements.indices {
            let element = weights.elements[k]
            delayed.elements[k] = Complex(
              modulus: element.modulus, argument: Double(harmonic.number) * element.argument)
          }
          return Coupling(
            DenseCoupling(delayed),
            gain: [Complex](repeating: harmonic.gain(Complex(kappa)), count: n),
            harmonic: harmonic.number)
        }, trials: 1)
    var rates = [Double](repeating: 0, count: n)
    system.derivative(at: 0, of: phases, into: &rates)
    for i in 0..<n {
      var expected = 0.0
      for j in 0..<n {
        let weight = weights[i, j]
        expected +=
          weight.modulus
          * Self.average(
            response, own: phases[i], wave: phases[j] + weight.argument - lead)
      }
      #expect(abs(rates[i] - expected) < 2e-3, "\(i): \(rates[i]), not \(expected)")
    }
  }

  /// A turn of the gain at the first harmonic is a delay: k times as much at the k-th.
  @Test func gainTurnsAsADelay() {
    let harmonic = ResponseHarmonic(number: 3, factor: Complex(0, 2))
    let gain = harmonic.gain(Complex(modulus: 5, argument: 0.2))
    #expect(abs(gain.modulus - 10) < 1e-12)
    #expect(abs(gain.argument - (.pi / 2 + 0.6)) < 1e-12)
  }

  @Test func viewsWithoutResponseAreRefused() {
    let view = View(cell: "bare", kind: "oscillator", constants: [:])
    #expect(throws: Fault.self) { try ResponseHarmonic.read(view, at: .none) }
  }
}
