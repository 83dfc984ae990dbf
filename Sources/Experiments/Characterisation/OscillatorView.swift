// Constants of the envelope equation (docs/physics.md, section 2) from what was measured:
//
//     Gamma_p = Gamma_G (zeta - 1)            gives Gamma_G at the cell's own bias
//     p_0     = (zeta - 1) / (zeta + Q)       gives Q there
//     2 pi f  = omega_0 + N p_0               gives N, a straight line over the biases
//     D       = g^2 (1 + nu^2) / p_0          gives g^2, with nu = N p_0 / Gamma_p
//
// so that at its own bias an isolated cell has the measured frequency, power, fading and linewidth.
// A cell that tells no power has Gamma_p, the phase response and D themselves.

import Energy
import Numerics
import Schematic

extension OscillatorCurves {
  /// The view's constants.
  var constants: [String: View.Constant] {
    var constants = orbitConstants
    if let power = design.power {
      constants.merge(envelopeConstants(power)) { $1 }
    } else {
      constants["damping_power"] = measured(
        design.dampingOfPower, "1/s",
        "second Floquet multiplier: deviations fade at twice this rate")
    }
    return constants
  }

  private func measured(
    _ value: Double, _ unit: String, _ source: String, fitError: Double? = nil
  ) -> View.Constant {
    View.Constant(
      value: value.rounded(digits: 7), unit: unit, source: "measured: " + source,
      standIn: false, fitError: fitError?.rounded(digits: 3))
  }

  private func envelopeConstants(_ power: Double) -> [String: View.Constant] {
    let zeta = design.bias / threshold
    let damping = design.dampingOfPower / (zeta - 1)
    let saturation = (zeta - 1) / power - zeta
    let ratios = biases.map { $0.bias / threshold }
    let powers = biases.compactMap(\.power)
    let line = LineFit(powers, biases.map { 2 * .pi * $0.frequency })
    let nu = line.slope * power / design.dampingOfPower
    let noise = design.phaseDiffusion * power / (1 + nu * nu)
    let spread = line.slope * ((powers.max() ?? 1) - (powers.min() ?? 0))
    return [
      "critical_current": measured(
        threshold, "A", "bias at which the power's fading, extrapolated, is 0"),
      "damping_linear": measured(
        damping, "1/s", "second Floquet multiplier at bias_current, over zeta - 1",
        fitError: LineFit.deviation(
          biases.map(\.dampingOfPower), from: ratios.map { damping * ($0 - 1) })),
      "damping_threshold": measured(
        dampingAtThreshold, "1/s", "slope of the power's fading over zeta at the threshold"),
      "damping_nonlinear": measured(
        saturation, "1", "power at bias_current",
        fitError: LineFit.deviation(powers, from: ratios.map { ($0 - 1) / ($0 + saturation) })),
      "nonlinear_shift": measured(
        line.slope, "rad/s", "frequency against power over the biases",
        fitError: line.residual / abs(spread)),
      "noise_power": measured(
        noise, "1/s", "phase diffusion at bias_current, times p_0/(1 + nu^2)"),
    ]
  }

  private var orbitConstants: [String: View.Constant] {
    var constants = [
      "frequency": measured(design.frequency, "Hz", "periodic steady state at bias_current"),
      "bias_current": measured(design.bias, "A", "the cell's own parameter bias"),
      "noise_temperature": measured(
        CharacterisationSettings.temperature, "K", "the temperature of the measurement"),
      "feedback_gain": measured(
        design.feedbackGain, "rad/(s A)",
        "first coefficient of the perturbation projection vector of the input"),
      "feedback_lead": measured(
        design.outputLead, "rad",
        "output over input when locked at the free frequency; the delays make up for it"),
      "linewidth": measured(
        design.phaseDiffusion / (2 * .pi), "Hz", "phase diffusion: full width at half power"),
    ]
    for harmonic in design.responseHarmonics {
      let names = ResponseHarmonic.names(harmonic.number)
      constants[names.ratio] = measured(
        harmonic.ratio, "1",
        "coefficient \(harmonic.number) of the perturbation projection vector over the first")
      constants[names.phase] = measured(
        harmonic.phase, "rad", "its phase, 0 where it pulls in step with the first")
    }
    return constants
  }

  /// The driver's constants.
  var driverConstants: [String: View.Constant] {
    [
      "quiescent_current": View.Constant(
        value: driverCurrents.middle.rounded(digits: 6), unit: "A",
        source: "measured: the driver's supply current with the input in the middle",
        standIn: false),
      "efficiency": View.Constant(
        value: min(1, feedback / (driverCurrents.rail - driverCurrents.middle))
          .rounded(digits: 6), unit: "1",
        source: "measured: the feedback's fundamental at full drive over the driver's further"
          + " supply current", standIn: false),
    ]
  }

  /// The amplifier's constants that the oscillator's orbit tells.
  var amplifierConstants: [String: View.Constant] {
    let power = design.meanPowers[EnergyTerms.index(of: ReadoutAmplifier.self)]
    let switched = power - design.restingAmplifierPower
    var constants = [
      "bias_current": View.Constant(
        value: (design.restingAmplifierPower / supply).rounded(digits: 6), unit: "A",
        source: "measured: median supply current over the period", standIn: false),
      "output_capacitance": View.Constant(
        value: (switched / (design.frequency * supply * supply)).rounded(digits: 4), unit: "F",
        source: "measured: further supply power over frequency and supply squared",
        standIn: false),
    ]
    if let amplitude = design.junctionAmplitude, let lag = design.amplifierLag {
      constants["gain"] = View.Constant(
        value: (design.outputAmplitude / amplitude).rounded(digits: 6), unit: "1",
        source: "measured: fundamental at the output over that of the junction's voltage",
        standIn: false)
      constants["lag"] = View.Constant(
        value: (lag / (2 * .pi * design.frequency)).rounded(digits: 6), unit: "s",
        source: "measured: output's fundamental behind that of the junction's voltage",
        standIn: false)
    }
    return constants
  }

  var curves: [View.Curve] {
    [
      curve("bias", View.Curve.Column("bias", unit: "A", biases.map(\.bias)), biases),
      curve(
        "temperature",
        View.Curve.Column("temperature", unit: "K", temperatures.map(\.temperature)), temperatures),
    ].map(\.rounded)
  }

  private func curve(
    _ name: String, _ abscissa: View.Curve.Column, _ points: [OrbitMeasurement]
  ) -> View.Curve {
    View.Curve(
      name: name,
      columns: [
        abscissa,
        .init("frequency", unit: "Hz", points.map(\.frequency)),
        .init("power", unit: "1", points.compactMap(\.power)),
        .init("damping_power", unit: "1/s", points.map(\.dampingOfPower)),
        .init("linewidth", unit: "Hz", points.map { $0.phaseDiffusion / (2 * .pi) }),
        .init("feedback_gain", unit: "rad/(s A)", points.map(\.feedbackGain)),
        .init("feedback_lead", unit: "rad", points.map(\.outputLead)),
        .init("response_0", unit: "rad/(s A)", points.map { $0.responses[0] }),
        .init("response_2", unit: "rad/(s A)", points.map { $0.responses[2] }),
        .init("response_3", unit: "rad/(s A)", points.map { $0.responses[3] }),
        .init("junction_amplitude", unit: "V", points.compactMap(\.junctionAmplitude)),
      ].filter { $0.values.count == points.count })
  }
}

extension View.Curve {
  /// To the digits that were measured.
  var rounded: View.Curve {
    var curve = self
    for k in curve.columns.indices {
      curve.columns[k].values = curve.columns[k].values.map { $0.rounded(digits: 7) }
    }
    return curve
  }
}
