import Numerics

/// A diode's constants at its temperature, area and multiplicity included, and its equations.
/// Unknowns: anode, cathode, and the node behind the series resistance (the anode's again where
/// there is none).
///
///     i = i_junction + gmin v,   q = depletion + side wall + tt i_junction
struct JunctionDiode: LocalEquations {
  typealias Partials = SIMD4<Double>
  static let terminalCount = 2
  static let unknownCount = 3
  static let hasCharges = true

  var junction: JunctionCurrent
  /// Low-level breakdown, Xyce's level 2: amperes and volts.
  var lowBreakdownCurrent = 0.0
  var lowBreakdownEmission = 1.0
  /// The high-level breakdown of level 2 is a current of its own: amperes at -breakdown.
  var highBreakdownCurrent = 0.0
  var breakdownVoltage = Double.infinity
  var sideWall: JunctionCurrent
  var recombination: JunctionCurrent
  /// ikf, amperes; infinite for none.
  var knee = Double.infinity
  /// sqrt(ikf / (ikf + i)) of PSPICE and Xyce's level 2; else 1 / (1 + sqrt(i / ikf)) of ngspice.
  var kneeUnderRoot = false
  /// vj and m of the generation factor.
  var potential: Double
  var grading: Double
  var depletion: DepletionCharge
  var sideDepletion: DepletionCharge
  /// tt, seconds.
  var transit = 0.0
  /// 1/rs, siemens; zero for no resistance.
  var seriesConductance = 0.0
  var temperature = 300.15
  var flickerCoefficient = 0.0
  var flickerExponent = 1.0

  static func terminal(behind own: Int) -> Int? { own == 2 ? 0 : nil }

  static func couples(_ row: Int, _ column: Int) -> Bool {
    row == 2 || column == 2 || row == column
  }

  @inline(__always)
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    if seriesConductance > 0 {
      frame.flow(from: 0, to: 2, seriesConductance * (frame[0] - frame[2]))
    }
    let v = frame[2] - frame[1]
    let i = current(v)
    frame.flow(from: 2, to: 1, i + frame.moment.junctionConductance * v)
    if transit > 0 { frame.store(from: 2, to: 1, transit * i) }
    if depletion.capacitance > 0 { frame.store(from: 2, to: 1, depletion.charge(v)) }
    if sideDepletion.capacitance > 0 { frame.store(from: 2, to: 1, sideDepletion.charge(v)) }
  }

  /// Without gmin.
  @inline(__always)
  func current<Scalar: RealScalar>(_ v: Scalar) -> Scalar {
    var i = junction.current(v)
    if kneeUnderRoot, knee < .infinity, i.value > 0 {
      i = i * (Scalar(knee) / (Scalar(knee) + i)).squareRoot
    }
    if recombination.saturation > 0 { i = i + recombined(v) }
    if !kneeUnderRoot, knee < .infinity, i.value > 1e-18 {
      i = i / (1.0 + (1 / knee * i).squareRoot)
    }
    if breakdownVoltage < .infinity {
      let depth = -(v + Scalar(breakdownVoltage))
      i =
        i - highBreakdownCurrent * (1 / junction.breakdownEmission * depth).exponentialContinued
        - lowBreakdownCurrent * (1 / lowBreakdownEmission * depth).exponentialContinued
    }
    if sideWall.saturation > 0 { i = i + sideWall.current(v) }
    return i
  }

  /// Generation and recombination in the depletion layer; constant in deep reverse at level 1, as
  /// in ngspice.
  private func recombined<Scalar: RealScalar>(_ voltage: Scalar) -> Scalar {
    let floor = -3 * junction.emission
    let v = !kneeUnderRoot && voltage.value < floor ? Scalar(floor) : voltage
    let relative: Scalar = 1.0 - (1 / potential) * v
    let factor = (relative * relative + 0.005).raised(to: grading / 2)
    let x = (1 / recombination.emission) * v
    return recombination.saturation * (x.exponentialContinued - 1.0) * factor
  }
}

/// Questions outside the inner loop.
extension JunctionDiode {
  func dissipation(_ frame: LocalFrame<Double>) -> Double {
    let v = frame[2] - frame[1]
    let drop = frame[0] - frame[2]
    return v * (current(v) + frame.moment.junctionConductance * v)
      + seriesConductance * drop * drop
  }

  func storedEnergy(_ frame: LocalFrame<Double>) -> Double {
    let v = frame[2] - frame[1]
    var energy = 0.0
    if depletion.capacitance > 0 { energy += depletion.energy(v) }
    if sideDepletion.capacitance > 0 { energy += sideDepletion.energy(v) }
    // by parts: the integral of v d(tt i)
    if transit > 0 { energy += transit * (v * current(v) - currentIntegral(v)) }
    return energy
  }

  /// The integral of the current over the voltage: closed unless a knee or recombination bends it.
  private func currentIntegral(_ v: Double) -> Double {
    var integral = junction.integral(v) + (sideWall.saturation > 0 ? sideWall.integral(v) : 0)
    if breakdownVoltage < .infinity {
      func part(_ current: Double, _ emission: Double) -> Double {
        current * emission
          * ((-(v + breakdownVoltage) / emission).exponentialContinued
            - exponential(-breakdownVoltage / emission))
      }
      integral +=
        part(highBreakdownCurrent, junction.breakdownEmission)
        + part(lowBreakdownCurrent, lowBreakdownEmission)
    }
    guard knee < .infinity || recombination.saturation > 0 else { return integral }
    // Simpson's rule, a quarter of a thermal voltage a step, at most 4096 steps
    let steps = 2 * Int(min(2048, 2 + (abs(v) / junction.emission * 4).rounded(.up)))
    let h = v / Double(steps)
    var sum = 0.0
    for k in 0...steps {
      let weight = k == 0 || k == steps ? 1.0 : (k % 2 == 1 ? 4.0 : 2.0)
      sum += weight * current(Double(k) * h)
    }
    return sum * h / 3
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    let v = frame[2] - frame[1]
    let i = current(Dual<SIMD2<Double>>(v, variable: 0))
    let gmin = frame.moment.junctionConductance
    switch name {
    case "vd": return v
    case "id", "i": return i.value + gmin * v
    case "gd": return i.partials[0] + gmin
    case "cd", "cap":
      return transit * i.partials[0] + depletion.differential(v) + sideDepletion.differential(v)
    case "q", "charge": return transit * i.value + depletion.charge(v) + sideDepletion.charge(v)
    default: return nil
    }
  }

  static var noiseCount: Int { 3 }

  func noise(_ frame: LocalFrame<Double>, into sources: inout NoiseList) {
    let i = abs(current(frame[2] - frame[1]))
    sources.append("shot", from: 2, to: 1, white: 2 * JunctionPhysics.charge * i)
    if flickerCoefficient > 0 {
      sources.append(
        "flicker", from: 2, to: 1, flicker: flickerCoefficient * power(i, flickerExponent))
    } else {
      sources.skip()
    }
    if seriesConductance > 0 {
      let white = 4 * JunctionPhysics.boltzmann * temperature * seriesConductance
      sources.append("rs", from: 0, to: 2, white: white)
    } else {
      sources.skip()
    }
  }
}

final class JunctionDiodeBank: LocalBank {
  let store = LocalStore<JunctionDiode>()
}
