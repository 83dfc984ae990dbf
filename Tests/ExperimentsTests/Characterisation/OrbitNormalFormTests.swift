import Networks
import Numerics
import Schematic
import Testing

@testable import Experiments

/// Oscillator cells that tell no power and no threshold: measured, and made the normal form of an
/// orbit, they lock, come back and diffuse as was measured.
@Suite struct OrbitNormalFormTests {
  @Test(arguments: ["ring", "vanadium", "spin-hall", "vortex"])
  func constants(_ technology: String) throws {
    var settings = CharacterisationSettings()
    settings.biasRatiosOfDesign = [1]
    settings.temperatures = [150]
    let cell = try LibraryCell.neuron(of: technology)
    #expect(try cell.kind() == .oscillator)
    let curves = try #require(
      try OscillatorCurves.measure(cell, settings, { false }, progress: { _ in }))
    #expect(!curves.hasThreshold)
    let constants = curves.constants
    func constant(_ name: String) throws -> Double { try #require(constants[name]?.value) }
    #expect(constants["critical_current"] == nil)
    let view = View(cell: cell.name, kind: "oscillator", constants: constants)
    let population = try OscillatorPopulation(
      [instance(cell.name, ["feedback": 1e-6])], view, thermal: true, temperature: 300, at: .none)
    let one = population.constants[0]
    let reduced = PhaseOscillators(EnvelopeOscillators([one]))
    let width = try 2 * .pi * constant("linewidth")
    #expect(abs(reduced.diffusion[0] / width - 1) < 1e-6)
    #expect(abs(reduced.detuning[0]) < 1e-6 * curves.design.frequency)
    let gain = one.phaseGain(population.gain[0])
    #expect(try abs(gain.modulus / (1e-6 * constant("feedback_gain")) - 1) < 1e-6)
    #expect(abs(gain.argument) < 1e-12)
    #expect(try abs(one.powerDamping / constant("damping_power") - 1) < 1e-6)
    // noise that is white and thermal halves with the temperature, unless the orbit moves with it
    let cold = curves.temperatures[0]
    #expect(cold.phaseDiffusion < 0.7 * curves.design.phaseDiffusion)
    #expect(cold.phaseDiffusion > 0.2 * curves.design.phaseDiffusion)
    for (own, fault) in [
      (["bias": 1.1 * curves.design.bias], "bias-not-measured"),
      (["shift": 0.1], "shift-not-measured"),
    ] {
      let thrown = #expect(throws: Fault.self) {
        try OscillatorPopulation(
          [instance(cell.name, own.merging(["feedback": 1e-6]) { $1 })], view, thermal: false,
          temperature: 300, at: .none)
      }
      #expect(thrown?.identifier == fault)
    }
  }

  private func instance(_ definition: String, _ parameters: [String: Double]) -> Cell {
    Cell(
      name: "x1", definition: definition, parent: -1, terminals: [1, 2, 3, 0],
      parameters: parameters, origin: .none)
  }
}
