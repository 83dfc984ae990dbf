// The universal model of an auto-oscillator near its limit cycle:
//
//   dc/dt = i (offset + shift p) c - [Gamma (1 + Q p) - a (1 - p)] c,   p = |c|^2
//
//   offset   angular frequency at zero power, in the frame that rotates with the reference [rad/s]
//   shift    nonlinear frequency shift N [rad/s]
//   Gamma    linear damping [1/s]           Q  its relative growth with power
//   a        negative damping sigma I [1/s]
//
// Source: A. Slavin and V. Tiberkevich, IEEE Trans. Magn. 45 (2009) 1875,
// doi:10.1109/TMAG.2008.2009935.

public import Numerics

/// The constants of N oscillators, each its own, as structure of arrays.
public struct EnvelopeOscillators: Sendable, Equatable {
  /// One oscillator's constants.
  public struct Constants: Sendable, Equatable {
    /// Angular frequency at zero power in the rotating frame, rad/s.
    public var offset: Double
    /// Nonlinear frequency shift N, rad/s per unit power.
    public var shift: Double
    /// Linear damping Gamma_G, 1/s.
    public var dampingLinear: Double
    /// Relative growth Q of the damping with power.
    public var dampingNonlinear: Double
    /// Negative damping sigma I, 1/s.
    public var antidamping: Double
    /// Amplitude g of the thermal noise, dc = ... + g (dW1 + i dW2), 1/sqrt(s).
    public var noise: Double

    public init(
      offset: Double, shift: Double, dampingLinear: Double, dampingNonlinear: Double,
      antidamping: Double, noise: Double = 0
    ) {
      self.offset = offset
      self.shift = shift
      self.dampingLinear = dampingLinear
      self.dampingNonlinear = dampingNonlinear
      self.antidamping = antidamping
      self.noise = noise
    }

    /// Bias over threshold, zeta = I / I_c.
    public var supercriticality: Double { antidamping / dampingLinear }

    /// Free-running power p_0 = (zeta - 1) / (zeta + Q); 0 below threshold.
    public var power: Double {
      max(0, (supercriticality - 1) / (supercriticality + dampingNonlinear))
    }

    /// Half the rate at which small deviations of the power decay, Gamma_p, 1/s.
    public var powerDamping: Double {
      (dampingLinear * dampingNonlinear + antidamping) * power
    }

    /// Dimensionless nonlinear shift nu = N p_0 / Gamma_p.
    public var nonlinearity: Double { shift * power / powerDamping }

    /// Free-running angular frequency in the rotating frame, rad/s.
    public var angularFrequency: Double { offset + shift * power }

    /// The gain with which this oscillator's phase follows a force of the given complex gain once
    /// its power has settled: force (1 + i nu) / sqrt(p_0), 1/s.
    public func phaseGain(_ force: Complex) -> Complex {
      force * Complex(1, nonlinearity) / power.squareRoot()
    }

    /// Diffusion D of the free-running phase, <(delta phi)^2> = D t, rad^2/s: that of a linear
    /// oscillator times 1 + nu^2. The half-linewidth is D / 2 in rad/s.
    public var phaseDiffusion: Double {
      noise * noise / power * (1 + nonlinearity * nonlinearity)
    }
  }

  public private(set) var offset: [Double] = []
  public private(set) var shift: [Double] = []
  public private(set) var dampingLinear: [Double] = []
  public private(set) var dampingNonlinear: [Double] = []
  public private(set) var antidamping: [Double] = []
  public private(set) var noise: [Double] = []

  public var count: Int { offset.count }

  public init(_ constants: [Constants]) {
    for one in constants { append(one) }
  }

  /// As many oscillators of the same constants.
  public init(count: Int, _ constants: Constants) {
    self.init([Constants](repeating: constants, count: count))
  }

  private mutating func append(_ one: Constants) {
    offset.append(one.offset)
    shift.append(one.shift)
    dampingLinear.append(one.dampingLinear)
    dampingNonlinear.append(one.dampingNonlinear)
    antidamping.append(one.antidamping)
    noise.append(one.noise)
  }

  public subscript(index: Int) -> Constants {
    Constants(
      offset: offset[index], shift: shift[index], dampingLinear: dampingLinear[index],
      dampingNonlinear: dampingNonlinear[index], antidamping: antidamping[index],
      noise: noise[index])
  }
}
