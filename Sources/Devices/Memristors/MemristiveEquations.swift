import Numerics
import Schematic

/// A current that depends on voltage and state, and a speed of the state:
///
///     i = m current(v, x),   dx/dt = speed(v, i / m, x)
///
/// At an operating point, and until the first instant, x is held at its start.
protocol MemristiveEquations: LocalEquations where Partials == SIMD4<Double> {
  /// Devices in parallel.
  var multiplicity: Double { get }
  /// Kelvin.
  var temperature: Double { get }
  /// The state at the start; some models choose it by the voltage there.
  func start(_ voltage: Double) -> Double
  /// Amperes of one device.
  func current<Scalar: RealScalar>(_ voltage: Scalar, _ state: Scalar) -> Scalar
  /// dx/dt, in units of the state per second.
  func speed<Scalar: RealScalar>(
    _ voltage: Scalar, _ current: Scalar, _ state: Scalar
  ) -> Scalar
  /// What `N(name:r)` prints, ohms of one device.
  func resistance(_ voltage: Double, _ state: Double) -> Double
}

extension MemristiveEquations {
  static var terminalCount: Int { 2 }
  static var noiseCount: Int { 1 }
  /// n+, n-, the state.
  static var unknownCount: Int { 3 }

  @inline(__always)
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    let voltage = frame[0] - frame[1]
    let state = frame[2]
    let current = current(voltage, state)
    frame.flow(from: 0, to: 1, multiplicity * current)
    let moment = frame.moment
    if moment.holdsStates {
      frame.add(2, state - Scalar(start(voltage.value)))
    } else if moment.initialRate > 0 {
      let rate = moment.initialRate * (state - Scalar(start(voltage.value)))
      frame.add(2, rate - speed(voltage, current, state))
    } else {
      frame.add(2, frame.rate(2) - speed(voltage, current, state))
    }
  }

  /// The slope of the current against the voltage, by its dual number.
  func slope(_ voltage: Double, _ state: Double) -> Double {
    current(Dual<SIMD2<Double>>(voltage, variable: 0), Dual(state)).partials[0]
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    switch name {
    case "x": frame[2]
    case "r": resistance(frame[0] - frame[1], frame[2]) / multiplicity
    default: nil
    }
  }

  /// Johnson and Nyquist's noise of the slope conductance.
  func noise(_ frame: LocalFrame<Double>, into sources: inout NoiseList) {
    let conductance = multiplicity * max(0, slope(frame[0] - frame[1], frame[2]))
    let boltzmann = 1.380649e-23
    sources.append(
      "thermal", from: 0, to: 1, white: 4 * boltzmann * temperature * conductance)
  }
}

extension LocalBank where Equations: MemristiveEquations {
  /// Adds an instance with an unknown for its state; `scale` is what counts as small of it.
  func append(
    _ equations: Equations, of values: DeviceValues, scale: Double = 1e-6, _ layout: EquationLayout
  ) {
    let state = layout.add(.state(scale: scale), instance: values.index, "x")
    store.append(
      instance: values.index, unknowns: values.instance.terminals + [state], equations)
  }
}

extension DeviceValues {
  /// The state at the start as the instance gives it.
  var initialState: Double? { written("xo") ?? written("ic") }
}

/// Terms that keep a state of 0...1 inside its bounds.
///
/// Beyond a bound by u, the speed s loses (u / width)^2 |s|: nothing happens inside, a state driven
/// outwards comes to rest `width` beyond the bound whatever drives it, and the equations stay
/// continuously differentiable in the state.
enum StateBounds {
  static let width = 1e-4

  @inline(__always)
  static func restrained<Scalar: RealScalar>(_ speed: Scalar, _ state: Scalar) -> Scalar {
    let x = state.value
    if x > 1 {
      let excess = (1 / width) * (state - Scalar(1))
      return speed - speed.magnitude * excess * excess
    }
    if x < 0 {
      let excess = (1 / width) * state
      return speed + speed.magnitude * excess * excess
    }
    return speed
  }

  /// The state that windows and resistances see: itself inside, never further outside than
  /// `reach`, and twice continuously differentiable.
  @inline(__always)
  static func bounded<Scalar: RealScalar>(_ state: Scalar, reach: Double) -> Scalar {
    let x = state.value
    if x > 1 {
      return Scalar(1) + reach * ((1 / reach) * (state - Scalar(1))).hyperbolicTangent
    }
    if x < 0 { return reach * ((1 / reach) * state).hyperbolicTangent }
    return state
  }
}
