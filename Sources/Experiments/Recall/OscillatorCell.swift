// How a characterised oscillator cell becomes constants of the envelope equation
// (docs/physics.md, section 2), for each instance with its own parameters:
//
//   a = Gamma I / I_c,  p_0 = (zeta - 1) / (zeta + Q),  nu = N p_0 / Gamma_p at the view's bias
//   F = K I_fb sqrt(p_0) / sqrt(1 + nu^2),  K the locking half-width per ampere of feedback
//
// so that a weak feedback current I_fb locks over the half-width K I_fb that was measured. I_fb is
// the amplitude of the current's fundamental; a square wave of amplitude I has 4 I / pi.
//
// A cell whose view tells no threshold is any orbit: it has the normal form of one,
//
//   a = 2 Gamma,  Q = 0,  N = 0,  Gamma = Gamma_p,   so that p_0 = 1/2,
//
// which comes back to its amplitude at the measured rate; what that does to the phase is already in
// K and in the lead, as these are of the phase response.

import Networks
import Numerics
import Schematic

/// An oscillator cell's view, read once, and what instances of it become.
struct OscillatorCell {
  let frequency: Double
  let biasCurrent: Double
  /// Nil where the view is of an orbit at `biasCurrent` alone.
  private let criticalCurrent: Double?
  /// The constants at the view's own bias, without detuning and noise.
  let reference: EnvelopeOscillators.Constants
  private let noisePower: Double
  private let feedbackGain: Double
  /// Radians by which the locked output leads the input; nil where the view does not say.
  let feedbackLead: Double?

  /// Parameters of the subcircuit that this fidelity understands.
  static let parameters: Set<String> = [
    "feedback", "detuning", "bias", "damping", "shift", "noise",
  ]

  /// - Parameters:
  ///   - temperature: kelvin; the noise power is proportional to it.
  /// - Throws: "view-lacks-constant", "view-constant-out-of-range".
  init(_ view: View, temperature: Double, at origin: Origin) throws(Fault) {
    func positive(_ name: String) throws(Fault) -> Double {
      let value = try view.value(name, at: origin)
      guard value > 0, value.isFinite else {
        throw Fault(
          "view-constant-out-of-range",
          "constant '\(name)' of cell '\(view.cell)' is \(value); it must be positive", at: origin)
      }
      return value
    }
    frequency = try positive("frequency")
    biasCurrent = try positive("bias_current")
    let relativeTemperature = temperature / (try positive("noise_temperature"))
    if view.constants["damping_power"] != nil {
      let damping = try positive("damping_power")
      criticalCurrent = nil
      reference = EnvelopeOscillators.Constants(
        offset: 0, shift: 0, dampingLinear: damping, dampingNonlinear: 0,
        antidamping: 2 * damping)
      let diffusion = 2 * Double.pi * (try positive("linewidth"))
      noisePower = diffusion * reference.power * relativeTemperature
    } else {
      let critical = try positive("critical_current")
      let damping = try positive("damping_linear")
      criticalCurrent = critical
      reference = EnvelopeOscillators.Constants(
        offset: 0, shift: try view.value("nonlinear_shift", at: origin), dampingLinear: damping,
        dampingNonlinear: try view.value("damping_nonlinear", at: origin),
        antidamping: damping * biasCurrent / critical)
      noisePower = try positive("noise_power") * relativeTemperature
    }
    feedbackGain = try positive("feedback_gain")
    feedbackLead = view.constants["feedback_lead"]?.value
    guard reference.power > 0 else {
      throw Fault(
        "view-constant-out-of-range",
        "cell '\(view.cell)' does not oscillate: its bias current is below the critical current",
        at: origin)
    }
  }

  /// Force per ampere of feedback, 1/(s A).
  var forcePerAmpere: Double {
    let nu = reference.nonlinearity
    return feedbackGain * reference.power.squareRoot() / (1 + nu * nu).squareRoot()
  }

  /// One instance in the frame that rotates with the free-running reference, and its feedback
  /// amplitude in amperes.
  func instance(_ cell: Cell, thermal: Bool) throws(Fault) -> (
    constants: EnvelopeOscillators.Constants, feedback: Double
  ) {
    func parameter(_ name: String, _ otherwise: Double) -> Double {
      cell.parameters[name] ?? otherwise
    }
    let reference = self.reference
    var constants = reference
    constants.shift *= 1 + parameter("shift", 0)
    constants.dampingLinear *= 1 + parameter("damping", 0)
    let bias = parameter("bias", biasCurrent)
    if let criticalCurrent {
      constants.antidamping = reference.dampingLinear * bias / criticalCurrent
    } else if abs(bias / biasCurrent - 1) > 1e-6 {
      throw Fault(
        "bias-not-measured",
        "'\(cell.name)' has a bias of \(bias) A; its view is of \(biasCurrent) A alone",
        at: cell.origin, help: "characterize the cell at that bias")
    } else if parameter("shift", 0) != 0 {
      throw Fault(
        "shift-not-measured",
        "'\(cell.name)' has a shift; its view does not tell how frequency depends on power",
        at: cell.origin, help: "leave 'shift' out; 'detuning' changes the frequency")
    }
    constants.offset =
      2 * Double.pi * frequency * parameter("detuning", 0) - reference.shift * reference.power
    constants.noise = thermal ? noisePower.squareRoot() * (1 + parameter("noise", 0)) : 0
    guard let feedback = cell.parameters["feedback"] else {
      throw Fault(
        "no-feedback", "'\(cell.name)' has no feedback amplitude", at: cell.origin,
        help: "give subcircuit '\(cell.definition)' a parameter feedback=<amperes>")
    }
    guard feedback.isFinite, feedback >= 0 else {
      throw Fault(
        "bad-feedback", "'\(cell.name)' has a feedback amplitude of \(feedback) A",
        at: cell.origin, help: "an amplitude is at least 0; turn the phase by the weights")
    }
    guard constants.dampingLinear > 0, constants.power > 0, constants.power.isFinite else {
      throw Fault(
        "oscillator-below-threshold",
        "'\(cell.name)' does not oscillate at a bias of \(bias) A",
        at: cell.origin, help: criticalCurrent.map { "its critical current is \($0) A" })
    }
    return (constants, feedback)
  }
}
