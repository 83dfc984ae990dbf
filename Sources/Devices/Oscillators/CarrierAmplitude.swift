import Numerics

/// One complex amplitude c = x + i y turning at the carrier, an input and an output; unknowns in,
/// out, the output's current, x, y. The equations stand at `AutoOscillator`.
struct CarrierAmplitude: LocalEquations {
  typealias Partials = SIMD8<Double>
  static let terminalCount = 2
  static let unknownCount = 5
  static let isSource = true
  static let noiseCount = 4

  /// rad/s at p = 0, and what p = 1 adds.
  var frequency: Double
  var shift: Double
  /// 1/s.
  var damping: Double
  var nonlinearDamping: Double
  /// zeta.
  var bias: Double
  /// Real and imaginary part of gain e^(i lag), 1/(V s).
  var gainX: Double
  var gainY: Double
  /// Volts.
  var swing: Double
  var offset: Double
  var inputConductance: Double
  var outputResistance: Double
  /// 1/s.
  var diffusion: Double
  /// Kelvin.
  var temperature: Double
  var startX: Double
  var startY: Double

  static func couples(_ row: Int, _ column: Int) -> Bool {
    switch row {
    case 0: column == 0
    case 1: column == 2
    case 2: column == 1 || column == 2 || column == 3
    default: column == 0 || column > 2
    }
  }

  @inline(__always)
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    let (x, y) = (frame[3], frame[4])
    frame.add(0, inputConductance * frame[0])
    frame.add(1, frame[2])
    frame.add(2, frame[1] - Scalar(offset) - swing * x - outputResistance * frame[2])
    if frame.moment.holdsStates {
      frame.add(3, x - Scalar(startX))
      frame.add(4, y - Scalar(startY))
      return
    }
    let power = x * x + y * y
    let turning = Scalar(frequency) + shift * power
    let growth =
      Scalar((bias - 1) * damping) - (damping * (nonlinearDamping + bias)) * power
    add(frame, 3, growth * x - turning * y + gainX * frame[0], startX)
    add(frame, 4, growth * y + turning * x + gainY * frame[0], startY)
  }

  /// 0 = x' - change; at the first instant the rate is that from the start.
  @inline(__always)
  private func add<Scalar: RealScalar>(
    _ frame: LocalFrame<Scalar>, _ row: Int, _ change: Scalar, _ start: Double
  ) {
    let initial = frame.moment.initialRate
    let rate = initial > 0 ? initial * (frame[row] - Scalar(start)) : frame.rate(row)
    frame.add(row, rate - change)
  }

  /// The amplitude's diffusion, half of it in each direction, and Johnson and Nyquist's noise of
  /// the resistances.
  func noise(_ frame: LocalFrame<Double>, into sources: inout NoiseList) {
    // <x^2> grows by half the one-sided density, <x^2> + <y^2> by the density
    for (label, row) in [("amplitude x", 3), ("amplitude y", 4)] {
      sources.append(
        label, rows: SIMD4(row, 0, 0, 0), weights: SIMD4(1, 0, 0, 0), white: diffusion)
    }
    let thermal = 4 * Macrospin.boltzmann * temperature
    sources.append(
      "rin", rows: SIMD4(0, 0, 0, 0), weights: SIMD4(1, 0, 0, 0),
      white: thermal * inputConductance)
    sources.append(
      "rout", rows: SIMD4(2, 0, 0, 0), weights: SIMD4(1, 0, 0, 0),
      white: thermal * outputResistance)
  }

  func dissipation(_ frame: LocalFrame<Double>) -> Double { 0 }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    switch name {
    case "x": frame[3]
    case "y": frame[4]
    case "p": frame[3] * frame[3] + frame[4] * frame[4]
    case "p0": freePower
    case "f": freeFrequency
    case "nu": nonlinearity
    case "linewidth": linewidth
    case "range": lockRange
    default: nil
    }
  }
}

/// Closed forms.
extension CarrierAmplitude {
  /// (zeta - 1) / (zeta + q); 0 below the threshold.
  var freePower: Double { max(0, bias - 1) / (bias + nonlinearDamping) }

  /// Hertz.
  var freeFrequency: Double { (frequency + shift * freePower) / (2 * .pi) }

  /// nu = N p0 / Gamma_p, with Gamma_p = gammag (zeta + q) p0.
  var nonlinearity: Double { shift / (damping * (bias + nonlinearDamping)) }

  /// Full width at half power in hertz, of the amplitude's diffusion alone; infinite below the
  /// threshold.
  var linewidth: Double {
    diffusion * (1 + nonlinearity * nonlinearity) / (4 * .pi * freePower)
  }

  /// Half the range in which a sinusoidal input of one volt would lock it, were it weak, hertz.
  var lockRange: Double {
    let gain = (gainX * gainX + gainY * gainY).squareRoot()
    return 0.5 * gain * (1 + nonlinearity * nonlinearity).squareRoot()
      / (2 * .pi * freePower.squareRoot())
  }
}

final class CarrierAmplitudeBank: LocalBank {
  let store = LocalStore<CarrierAmplitude>()
}
