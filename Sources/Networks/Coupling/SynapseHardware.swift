// Trained weights as hardware realises them. A weight |W| e^{i arg W} becomes a conductance
// proportional to |W| and a delay tau. In the convention of docs/physics.md, c ~ e^{+i omega t}, a
// delay multiplies by e^{-i omega tau}; so the phase arg W needs
//
//   tau = ((-arg W) mod 2 pi) / omega_0,   in [0, 1 / f_0),
//
// and a source detuned by delta omega arrives with the further phase -delta omega tau.
//
// The phase programmed is that of the weight plus a constant compensation (amplifier lag,
// arctan nu), so that the delay levels quantise what the chain really has to do.

import Numerics

/// How well programmed synapses realise their weights, and what they are in sum.
public struct SynapseHardware: Sendable, Equatable {
  /// Number of delay levels a period; nil for a continuous delay.
  public var levels: Int?
  /// Standard deviation of each synapse's phase error, rad.
  public var phaseSigma = 0.0
  /// Standard deviation of each synapse's relative gain error.
  public var gainSigma = 0.0
  /// Fraction of synapses stuck at the lowest conductance.
  public var stuckOff = 0.0
  /// Lowest conductance over that of the largest weight.
  public var offRatio = 0.0
  /// Fraction of synapses that carry nothing.
  public var dead = 0.0
  /// Whether arg W is a delay, so that a detuned source sees a phase error, or an ideal shifter.
  public var realDelays = true
  /// Phase in rad added to every weight to compensate constant phases of the loop.
  public var compensation = 0.0
  public var seed: UInt64 = 1

  public init() {}

  /// Whether each synapse realises its weight exactly for a source at the reference frequency.
  public var isExact: Bool {
    levels == nil && phaseSigma == 0 && gainSigma == 0 && stuckOff == 0 && dead == 0
  }

  /// One programmed synapse.
  struct Synapse {
    var weight: Complex
    var delay: Double
    /// Relative conductance that draws current; a dead one draws none.
    var conductance: Double
  }

  /// Programs the weight of one synapse.
  ///
  /// - Parameters:
  ///   - number: the synapse's own number, which its random draws are keyed by.
  ///   - largest: the largest |W| of the matrix.
  ///   - detuning: of the source from the reference, rad/s.
  func program(
    _ target: Complex, number: Int, largest: Double, angularFrequency: Double, detuning: Double
  ) -> Synapse {
    var phase = target.argument + compensation
    var modulus = target.modulus
    if modulus == 0 { return Synapse(weight: .zero, delay: 0, conductance: 0) }
    if let levels {
      let step = 2 * Double.pi / Double(levels)
      phase = (phase / step).rounded() * step
    }
    let turn = 2 * Double.pi
    let lag = -phase - ((-phase) / turn).rounded(.down) * turn
    let delay = lag / angularFrequency
    if phaseSigma > 0 || gainSigma > 0 || stuckOff > 0 || dead > 0 {
      var stream = RandomStream(seed: seed, instance: number, purpose: .weights)
      let fate = stream.uniform()
      phase += phaseSigma * stream.normal()
      modulus *= max(0, 1 + gainSigma * stream.normal())
      if fate < dead {
        modulus = 0
      } else if fate < dead + stuckOff {
        modulus = offRatio * largest
      }
    }
    let late = realDelays ? -detuning * delay : 0
    return Synapse(
      weight: Complex(modulus: modulus, argument: phase + late), delay: delay,
      conductance: modulus)
  }
}
