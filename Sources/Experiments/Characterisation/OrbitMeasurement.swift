// One oscillator cell at one bias and temperature, by its periodic steady state.
//
//     p       of a spin-torque junction, (1 - |mean m|) / 2: of a precession about any axis at the
//             angle theta, sin^2(theta / 2), which is |c|^2 of
//             c = (m_x - j m_y) / sqrt(2 (1 + m_z))
//     Gamma_p deviations of the power fade as exp(-2 Gamma_p t), so the second Floquet multiplier
//             is exp(-2 Gamma_p T)
//     D       <phi^2> = D t: (2 pi f)^2 times the diffusion c of the time shift
//     K       locking half-width for each ampere of the feedback current's fundamental:
//             2 pi f |V_1|, V_1 the perturbation projection vector's first coefficient
//     lead    of the output's fundamental over the input's when locked at the free frequency: the
//             stable rest of d alpha/dt = |V_1| cos(arg V_1 - psi + omega alpha)
//
// At full drive the input is a square wave from 0 to the supply, whose fundamental is 4/pi times
// half of it, and then the current's fundamental is the cell's parameter `feedback`.

import Devices
import Energy
import Numerics
import Schematic
import Simulation

/// What one orbit of an oscillator cell tells.
struct OrbitMeasurement {
  /// Amperes and kelvin.
  var bias: Double
  var temperature: Double
  /// Hertz.
  var frequency: Double
  /// Nil where the cell has no junction whose m could tell it.
  var power: Double?
  /// Gamma_p, 1/s.
  var dampingOfPower: Double
  /// D, rad^2/s.
  var phaseDiffusion: Double
  /// K, rad/(s A).
  var feedbackGain: Double
  /// Largest rate of the phase for each ampere of the feedback current that is constant, and of
  /// those at once, twice and three times the frequency, rad/(s A). That at once is K.
  var responses: [Double]
  /// Of the response at 3, 5 and 7 times the frequency: its size over that at once, and the phase
  /// delta of ResponseHarmonic.swift, rad.
  var responseHarmonics: [(number: Int, ratio: Double, phase: Double)]
  /// Radians, -pi to pi.
  var outputLead: Double
  /// Volts: the fundamental's amplitude of the output and, where the cell has one, of the
  /// junction's voltage; and radians by which the one follows the other, or its negative.
  var outputAmplitude: Double
  var junctionAmplitude: Double?
  var amplifierLag: Double?
  /// Watts by energy term from the supply: means over the period.
  var meanPowers: [Double]
  /// Watts that the read-out amplifier takes while nothing switches: the median over the period.
  var restingAmplifierPower: Double

  /// - Returns: nil where the caller asked to stop.
  /// - Throws: `AnalysisFailure`, `Fault`, `Faults`.
  static func measure(
    _ cell: CellUnderTest, bias: Double, temperature: Double, supply: Double,
    _ shouldStop: @escaping () -> Bool
  ) throws -> OrbitMeasurement? {
    let bench = try OscillatorBench(cell, bias: bias, temperature: temperature, supply: supply)
    guard let solution = try bench.orbit(shouldStop) else { return nil }
    return try OrbitMeasurement(bench, solution, bias, temperature)
  }

  private init(
    _ bench: OscillatorBench, _ solution: PeriodicSolution, _ bias: Double, _ temperature: Double
  ) throws {
    guard let projection = solution.projection, let noise = solution.noise,
      let slowest = solution.multipliers.slowest
    else { throw bench.still("its phase is not its own") }
    let evaluator = try OutputEvaluator(bench.outputs, bench.equations)
    let rows = (0..<solution.orbit.stageCount).map { stage in
      let point = solution.point(atStage: stage)
      return (0..<evaluator.count).map { evaluator.value($0, at: point) }
    }
    func harmonic(_ number: Int, of output: Int) -> Complex {
      solution.harmonics(of: rows.map { $0[output] }, count: 1)[number]
    }
    if rows[0].count > 1 {
      let direction = (2...4).map { harmonic(0, of: $0).real }
      power = (1 - direction.reduce(0) { $0 + $1 * $1 }.squareRoot()) / 2
    }
    self.bias = bias
    self.temperature = temperature
    frequency = solution.frequency
    dampingOfPower = -naturalLogarithm(slowest.modulus) * solution.frequency / 2
    let angular = 2 * Double.pi * solution.frequency
    phaseDiffusion = angular * angular * noise.diffusion
    let response = projection.harmonic(1, ofRow: bench.inputRow)
    let perAmpere = angular * (2 / .pi) * bench.supply / bench.feedback
    feedbackGain = perAmpere * response.modulus
    responses = (0...3).map { number in
      let harmonic = projection.harmonic(number, ofRow: bench.inputRow)
      return perAmpere * (number == 0 ? harmonic.real : harmonic.modulus)
    }
    responseHarmonics = ResponseHarmonic.numbers.map { number in
      let harmonic = projection.harmonic(number, ofRow: bench.inputRow)
      let phase = ResponseHarmonic.phase(number, of: harmonic, first: response)
      return (number, harmonic.modulus / response.modulus, Self.wrapped(phase, 2 * .pi))
    }
    let output = harmonic(1, of: 0)
    outputLead = Self.wrapped(output.argument + .pi / 2 - response.argument, 2 * .pi)
    outputAmplitude = 2 * output.modulus
    if rows[0].count > 1 {
      let junction = harmonic(1, of: 1)
      junctionAmplitude = 2 * junction.modulus
      amplifierLag = Self.wrapped(junction.argument - output.argument, .pi)
    }
    var draw = bench.draw
    let orbit = solution.orbit
    var mean = [Double](repeating: 0, count: draw.termCount)
    var amplifier: [(power: Double, weight: Double)] = []
    for stage in 0..<orbit.stageCount {
      var powers = mean
      draw.powers(solution.point(atStage: stage).evaluation, into: &powers)
      let weight = orbit.weight(ofStage: stage) / orbit.period
      for term in mean.indices { mean[term] += weight * powers[term] }
      amplifier.append((powers[EnergyTerms.index(of: ReadoutAmplifier.self)], weight))
    }
    meanPowers = mean
    amplifier.sort { $0.power < $1.power }
    var passed = 0.0
    restingAmplifierPower =
      amplifier.first {
        passed += $0.weight
        return passed >= 0.5
      }?.power ?? 0
  }

  /// The representative nearest to zero.
  private static func wrapped(_ angle: Double, _ period: Double) -> Double {
    angle - period * (angle / period).rounded()
  }
}
