import Numerics

/// The core of a magnetic vortex in a disc, at z = (X + i Y) / R, s = |z|:
///
///     G e_z x dX/dt - D dX/dt - [k + k' s^2] X + F = 0
///     G = -2 pi P Ms L / gamma,   D = alpha |G| eta (1 + xi s^2)
///     k = (10/9) mu0 Ms^2 L^2 / R + 0.85 mu0 Ms L R J,   J = I / (pi R^2)
///     k' = quartic (10/9) mu0 Ms^2 L^2 / R - 0.5 (0.85) mu0 Ms L R J
///     F = hbar eta_s I / (2 e R^2) e_z x X + q I
///
/// with P the core's polarity, so that dz/dt = ([k + k' s^2 - i f] z - q I/R) / (i G - D),
/// F = f e_z x X + q I. The force q I is that of a field-like torque: a field hbar b I / (2 e Ms V)
/// along p on the mean magnetisation -C average e_z x X / R of the layer.
///
/// k_0 = (10/9) mu0 Ms^2 L^2 / R is that of L << R. The two-vortex ansatz makes 4 pi/15 = 0.838 of
/// 0.85, and -4/7 of -0.5; xi is a fit.
///
/// Sources: K. Yu. Guslienko et al., Phys. Rev. Lett. 96 (2006) 067205 (frequency); A. V.
/// Khvalkovskiy et al., Phys. Rev. B 80 (2009) 140401 (eta, 0.85); A. Dussaux et al., Phys. Rev. B
/// 86 (2012) 014402 (potential, torque, nonlinear damping).
struct VortexCore: Sendable {
  /// rad/(s T).
  var gyromagneticRatio: Double
  /// A/m.
  var magnetisation: Double
  /// Metres.
  var radius: Double
  var thickness: Double
  /// alpha eta, and xi.
  var damping: Double
  var nonlinearDamping: Double
  /// k' / k of the disc itself.
  var quartic: Double
  /// The Oersted field's share of k over mu0 Ms L R J, 0.85 where the current is uniform; negative
  /// where a positive current's field turns against the vortex.
  var oersted: Double
  /// 1 or -1.
  var polarity: Double
  /// Of the current along z, with its sign.
  var polarisation: Double
  /// Newton an ampere: q, what the field-like torque pulls with.
  var pull = (x: 0.0, y: 0.0)

  /// |G|, J s/m^2.
  var gyroconstant: Double { 2 * .pi * magnetisation * thickness / gyromagneticRatio }

  /// Newton a metre.
  var stiffness: Double {
    let scaled = magnetisation * thickness
    return 10.0 / 9 * Macrospin.permeability * scaled * scaled / radius
  }

  /// Newton a metre and ampere: what the current adds to k, and to f.
  var oerstedStiffness: Double {
    oersted * Macrospin.permeability * magnetisation * thickness / (.pi * radius)
  }

  var torque: Double {
    Macrospin.reducedPlanck * polarisation / (2 * Macrospin.charge * radius * radius)
  }

  /// dz/dt, 1/s.
  @inline(__always)
  func rate<Scalar: RealScalar>(
    _ x: Scalar, _ y: Scalar, current: Scalar
  ) -> (x: Scalar, y: Scalar) {
    let square = x * x + y * y
    let gyro = -polarity * gyroconstant
    let friction =
      (damping * gyroconstant) * (Scalar(1) + nonlinearDamping * square)
    let added = oerstedStiffness * current
    let spring =
      Scalar(stiffness) + added + (Scalar(quartic * stiffness) - 0.5 * added) * square
    let drive = torque * current
    // (spring - i drive)(-i G - D) / (G^2 + D^2)
    let scale = Scalar(1) / (Scalar(gyro * gyro) + friction * friction)
    let growth = -scale * (spring * friction + gyro * drive)
    let turning = scale * (drive * friction - gyro * spring)
    let force = (1 / radius) * scale * current
    return (
      growth * x - turning * y + force * (pull.x * friction - Scalar(pull.y * gyro)),
      growth * y + turning * x + force * (pull.y * friction + Scalar(pull.x * gyro))
    )
  }

  /// What one newton along x adds to dz/dt at s^2 = `square`: real and imaginary part, 1/s. Along y
  /// it is i times that.
  func response(_ square: Double) -> (Double, Double) {
    let gyro = -polarity * gyroconstant
    let friction = damping * gyroconstant * (1 + nonlinearDamping * square)
    let scale = 1 / (radius * (gyro * gyro + friction * friction))
    return (scale * friction, scale * gyro)
  }

  /// One-sided density of each component of the thermal force at `temperature` kelvin, N^2/Hz.
  func thermalDensity(_ temperature: Double, _ square: Double) -> Double {
    4 * Macrospin.boltzmann * temperature * damping * gyroconstant
      * (1 + nonlinearDamping * square)
  }
}

/// Closed forms.
extension VortexCore {
  /// alpha eta k = P f: amperes, with the sign that makes the core turn; nil where none does.
  var criticalCurrent: Double? {
    let sign: Double = polarity * torque < 0 ? -1 : 1
    let slope = abs(torque) - sign * damping * oerstedStiffness
    return slope > 0 ? sign * damping * stiffness / slope : nil
  }

  /// Hertz at orbit radius s, this current flowing: (k + k' s^2) / (2 pi |G|).
  func frequency(_ s: Double, current: Double) -> Double {
    let added = oerstedStiffness * current
    return (stiffness + added + (quartic * stiffness - 0.5 * added) * s * s)
      / (2 * .pi * gyroconstant)
  }

  /// Radius of the orbit over that of the disc: (1 + xi s^2)(k + k' s^2) = P f / (alpha eta); 0
  /// where rest is stable, not a number where nothing ends the growth.
  func orbitRadius(current: Double) -> Double {
    let added = oerstedStiffness * current
    let (k, more) = (stiffness + added, quartic * stiffness - 0.5 * added)
    let excess = polarity * torque * current / damping - k
    if excess <= 0 { return 0 }
    let (a, b) = (nonlinearDamping * more, more + nonlinearDamping * k)
    // the smaller root of a u^2 + b u = excess
    let root = (b * b + 4 * a * excess).squareRoot()
    let square = 2 * excess / (b + root)
    return square > 0 ? square.squareRoot() : .nan
  }
}
