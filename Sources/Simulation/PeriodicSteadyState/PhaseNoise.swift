// Phase noise from the perturbation projection vector v. White noise currents of one-sided density
// S_k between rows make the time shift alpha diffuse,
//
//     <alpha^2> = c t,   c = 1/T integral over a period of sum_k (v_to - v_from)^2 S_k / 2,
//
// and the carrier a Lorentzian of full width 2 pi f0^2 c. Noise of density s(t) / f^e acts by the
// mean of v sqrt(s): it adds mean^2 / (2 f^e) to c. One side band beside the carrier has
//
//     L(f) = f0^2 c / (pi^2 f0^4 c^2 + f^2).
//
// Sources: A. Demir, A. Mehrotra, J. Roychowdhury, IEEE Trans. Circuits Syst. I 47 (2000) 655,
// doi:10.1109/81.847872; A. Demir, IEEE Trans. Circuits Syst. I 49 (2002) 1782,
// doi:10.1109/TCSI.2002.805707 (coloured sources).

import Devices
import Numerics

/// What an oscillator's noise sources do to its phase.
public struct PhaseNoise: Sendable {
  public struct Contribution: Sendable {
    /// Index into `Circuit.instances`.
    public var instance: Int32
    public var label: String
    /// Seconds: its part of c.
    public var white: Double
    /// The mean of v sqrt(density) over a period, and the exponent of 1 / f.
    public var flicker: Double
    public var exponent: Double

    /// Seconds: its part of c at an offset, hertz.
    public func diffusion(at offset: Double) -> Double {
      if flicker == 0 { return white }
      return white + flicker * flicker / (2 * power(offset, exponent))
    }
  }

  /// Hertz.
  public let frequency: Double
  public let contributions: [Contribution]

  /// Seconds: c of the white sources.
  public var diffusion: Double { contributions.reduce(0) { $0 + $1.white } }
  /// Hertz: the carrier's full width at half power that white sources make.
  public var linewidth: Double { 2 * .pi * frequency * frequency * diffusion }
  public var hasFlicker: Bool { contributions.contains { $0.flicker != 0 } }

  /// L at an offset from the carrier, 1/Hz.
  public func density(at offset: Double) -> Double {
    let c = contributions.reduce(0) { $0 + $1.diffusion(at: offset) }
    let squared = frequency * frequency
    let half = Double.pi * squared * c
    return squared * c / (half * half + offset * offset)
  }

  /// L in dBc/Hz.
  public func level(at offset: Double) -> Double {
    10 * decimalLogarithm(density(at: offset))
  }

  init(_ system: CollocationEquations, _ projection: PerturbationProjection) {
    let orbit = system.orbit
    let n = system.unknownCount
    var sums: [Contribution] = []
    for stage in 0..<orbit.stageCount {
      let share = projection.weights[stage] / orbit.period
      let sources = system.noiseSources(atStage: stage)
      if sums.isEmpty {
        sums = sources.map {
          Contribution(
            instance: $0.instance, label: $0.label, white: 0, flicker: 0, exponent: $0.exponent)
        }
      }
      for (k, source) in sources.enumerated() where k < sums.count {
        func at(_ row: Int32) -> Double {
          row > 0 ? projection.values[stage * n + Int(row) - 1] : 0
        }
        // what is added to an equation acts as what leaves its node
        let v = -(0..<4).reduce(0) { $0 + source.weights[$1] * at(source.rows[$1]) }
        sums[k].white += share * v * v * source.white / 2
        if source.flicker > 0 { sums[k].flicker += share * v * source.flicker.squareRoot() }
      }
    }
    frequency = 1 / orbit.period
    contributions = sums.filter { !$0.label.isEmpty }
  }
}

extension CollocationEquations {
  /// What the devices' noise is at a stage; the same sources in the same order at all stages.
  func noiseSources(atStage stage: Int) -> [NoiseSource] {
    let evaluation = point(atStage: stage)
    return equations.banks.flatMap { bank in
      var sources = [NoiseSource](repeating: NoiseSource(), count: bank.noiseCount)
      sources.withUnsafeMutableBufferPointer {
        if let first = $0.baseAddress { bank.noise(evaluation, into: first) }
      }
      return sources
    }
  }

  /// The stage to ask devices about; valid until the equations are next evaluated.
  func point(atStage stage: Int) -> Evaluation {
    let n = unknownCount
    prepare(stage: stage)
    orbit.states.withUnsafeBufferPointer { x in
      rates.withUnsafeBufferPointer { rates in
        equations.loadPoint(
          time(ofStage: stage), x.baseAddress! + stage * n, rates.baseAddress! + stage * n)
      }
    }
    equations.moment.takesLeftLimit = false
    return equations.pointEvaluation
  }
}
