// Trained weights as hardware realises them. A weight |W| e^{i arg W} becomes a conductance
// proportional to |W| and a delay tau. In the convention of docs/physics.md, c ~ e^{+i omega t}, a
// delay multiplies by e^{-i omega tau}; so the phase arg W needs
//
//   tau = ((-arg W) mod 2 pi) / omega_0,   in [0, 1 / f_0),
//
// and a source detuned by delta omega arrives with the further phase -delta omega tau.
//
// An oscillator that is locked leads its drive by a constant phase (amplifier, junction,
// arctan nu), which the delay has to make up for as well: the lag programmed is that lead less
// arg W, and the delay levels quantise it, so that they quantise what the chain really has to do.
// Where the equations of the oscillator do not have that lead, all that remains of it in them is
// compensated in the weight itself.

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
  /// Phase in rad added to every weight to compensate the phase with which the oscillators'
  /// equations follow a drive.
  public var compensation = 0.0
  /// Phase in rad by which a locked oscillator's output leads its input; nil: as the equations have
  /// it, -`compensation`.
  public var lead: Double?
  public var seed: UInt64 = 1
  /// Number of the draw: each sample is an array of its own.
  public var sample = 0

  public init() {}

  /// Whether each synapse realises its weight exactly for a source at the reference frequency.
  public var isExact: Bool {
    levels == nil && !isRandom
  }

  /// Whether a synapse's imperfections are drawn: another sample is another array.
  public var isRandom: Bool { phaseSigma > 0 || gainSigma > 0 || stuckOff > 0 || dead > 0 }

  /// One programmed synapse.
  struct Synapse {
    var weight: Complex
    var delay: Double
    /// By which the delay falls short of what was programmed, as a phase, rad.
    var phaseError = 0.0
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
    let wanted = (lead ?? -compensation) - target.argument
    var lag = wanted
    if let levels {
      let step = 2 * Double.pi / Double(levels)
      lag = (wanted / step).rounded() * step
      phase -= lag - wanted
    }
    let turn = 2 * Double.pi
    let delay = (lag - (lag / turn).rounded(.down) * turn) / angularFrequency
    var error = 0.0
    if isRandom {
      var stream = RandomStream(
        seed: seed, sample: sample, instance: number, purpose: .weights)
      let fate = stream.uniform()
      error = phaseSigma * stream.normal()
      phase += error
      modulus *= max(0, 1 + gainSigma * stream.normal())
      if fate < dead {
        modulus = 0
      } else if fate < dead + stuckOff {
        modulus = offRatio * largest
      }
    }
    let late = realDelays ? -detuning * delay : 0
    return Synapse(
      weight: Complex(modulus: modulus, argument: phase + late), delay: delay, phaseError: error,
      conductance: modulus)
  }
}
