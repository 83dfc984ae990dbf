import Numerics

/// An insulator that turns into a metal above one voltage and back below another: unknowns n+, n-
/// and the metallic part x.
///
///     tau dx/dt = S((|v| - V(x)) / width) - x,   V(x) = middle + (1/2 - x) span
///     S(u) = (1 + tanh u) / 2,   i = v g_ins^(1 - x) g_met^x
///
/// S keeps x between 0 and 1. At a steady v, x follows the curve |v| = V(x) + width artanh(2 x -
/// 1), whose folds are the thresholds; `span` is chosen so that they are those asked for.
///
/// Sources: N. Shukla et al., Sci. Rep. 4 (2014) 4964; P. Maffezzoni et al., Electron. Lett. 51
/// (2015) 819.
struct PhaseTransition: LocalEquations {
  typealias Partials = SIMD4<Double>
  static let terminalCount = 2
  static let unknownCount = 3
  static let noiseCount = 1

  let multiplicity: Double
  /// Siemens, insulating; and ln(metallic / insulating).
  let conductance: Double
  let contrast: Double
  /// Volts.
  let middle: Double
  let span: Double
  let width: Double
  /// Seconds.
  let delay: Double
  let start: Double
  /// Kelvin.
  let temperature: Double

  /// Half the distance of the folds for this span: at x = (1 -+ u) / 2, u^2 = 1 - 2 width / span.
  static func halfHysteresis(span: Double, width: Double) -> Double {
    let u = max(0, 1 - 2 * width / span).squareRoot()
    return 0.5 * span * u - width * areaTangent(u)
  }

  /// The span whose folds are `distance` apart.
  static func span(distance: Double, width: Double) -> Double {
    var (low, high) = (max(distance, 2 * width), distance + 2 * width)
    while 2 * halfHysteresis(span: high, width: width) < distance { high *= 2 }
    for _ in 0..<80 {
      let middle = 0.5 * (low + high)
      if 2 * halfHysteresis(span: middle, width: width) < distance {
        low = middle
      } else {
        high = middle
      }
    }
    return 0.5 * (low + high)
  }

  /// Siemens of one device.
  @inline(__always)
  func conductance<Scalar: RealScalar>(_ state: Scalar) -> Scalar {
    // far outside of 0...1 a trial of Newton's would overflow
    let x = state.value
    let bounded = x > 2 ? Scalar(2) : x < -1 ? Scalar(-1) : state
    return conductance * (contrast * bounded).exponential
  }

  @inline(__always)
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    let state = frame[2]
    let voltage = frame[0] - frame[1]
    frame.flow(from: 0, to: 1, multiplicity * conductance(state) * voltage)
    if frame.moment.holdsStates {
      frame.add(2, state - Scalar(start))
      return
    }
    let threshold = Scalar(middle + 0.5 * span) - span * state
    let drive = ((1 / width) * (voltage.magnitude - threshold)).hyperbolicTangent
    let speed = (1 / delay) * (0.5 * (Scalar(1) + drive) - state)
    let initial = frame.moment.initialRate
    let rate = initial > 0 ? initial * (state - Scalar(start)) : frame.rate(2)
    frame.add(2, rate - speed)
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    switch name {
    case "x": frame[2]
    case "r": 1 / (multiplicity * conductance(frame[2]))
    case "vimt": folds.upper
    case "vmit": folds.lower
    case "imin": multiplicity * folds.least
    case "imax": multiplicity * folds.most
    case "rmin": folds.resistance / multiplicity
    default: nil
    }
  }

  /// Where the curve of steady states turns: volts, amperes of one device, and the ohms of the
  /// straight line through both; not a number where the current does not rise between them.
  private var folds: (upper: Double, lower: Double, least: Double, most: Double, resistance: Double)
  {
    let u = max(0, 1 - 2 * width / span).squareRoot()
    let half = Self.halfHysteresis(span: span, width: width)
    let (upper, lower) = (middle + half, middle - half)
    let least = upper * conductance(0.5 * (1 - u))
    let most = lower * conductance(0.5 * (1 + u))
    return (upper, lower, least, most, most > least ? (upper - lower) / (most - least) : .nan)
  }

  /// Johnson and Nyquist's noise.
  func noise(_ frame: LocalFrame<Double>, into sources: inout NoiseList) {
    sources.append(
      "thermal", from: 0, to: 1,
      white: 4 * Macrospin.boltzmann * temperature * multiplicity * conductance(frame[2]))
  }
}

final class PhaseTransitionBank: LocalBank {
  let store = LocalStore<PhaseTransition>()
}
