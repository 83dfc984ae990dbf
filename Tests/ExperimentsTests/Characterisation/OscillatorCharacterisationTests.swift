import Foundation
import Schematic
import Testing

@testable import Experiments

/// The neuron against macrospin integrations that share no code with Oscine
/// (docs/reference/neuron_macrospin.py).
@Suite struct OscillatorCharacterisationTests {
  static let threshold = 115.68e-6

  /// At 1.1, 1.3 and 1.6 times the critical current: frequency and mean m_z.
  @Test(arguments: [(1.1, 504.676e6, 0.8962), (1.3, 504.096e6, 0.7454), (1.6, 503.394e6, 0.5968)])
  func orbit(_ ratio: Double, _ frequency: Double, _ height: Double) throws {
    let orbit = try #require(
      try OrbitMeasurement.measure(
        LibraryCell.neuron(), bias: ratio * Self.threshold, temperature: 300, supply: 0.8
      ) { false })
    #expect(abs(orbit.frequency / frequency - 1) < 5e-5)
    // a cone about the mean direction, which is z but for the torque's tilt
    #expect(try abs(1 - 2 * #require(orbit.power) - height) < 2e-3)
  }

  /// Closed form of the critical current; Gamma_G = alpha gamma (B + B_k - mu0 Ms) there; half the
  /// range that 10 uA lock, 9.3e6 rad/s by integration with that current, which is 5 % more than
  /// that of small currents.
  @Test func curves() throws {
    var settings = CharacterisationSettings()
    settings.temperatures = [250, 350]
    let curves = try #require(
      try OscillatorCurves.measure(LibraryCell.neuron(), settings, { false }, progress: { _ in }))
    #expect(abs(curves.threshold / Self.threshold - 1) < 0.005)
    #expect(abs(curves.dampingAtThreshold / 15.876e6 - 1) < 0.02)
    #expect(abs(curves.design.feedbackGain * 10e-6 / 9.3e6 - 1) < 0.06)
    let (cold, warm) = (curves.temperatures[0], curves.temperatures[1])
    #expect(abs(warm.phaseDiffusion / cold.phaseDiffusion / (350.0 / 250) - 1) < 1e-3)
    #expect(abs(warm.frequency / cold.frequency - 1) < 1e-6)
    // what the envelope equation makes of the constants is what was measured
    let constants = curves.constants.mapValues(\.value)
    func constant(_ name: String) throws -> Double { try #require(constants[name]) }
    let zeta = try constant("bias_current") / constant("critical_current")
    let power = try (zeta - 1) / (zeta + constant("damping_nonlinear"))
    #expect(try abs(power / #require(curves.design.power) - 1) < 1e-4)
    let fading = try constant("damping_linear") * (zeta - 1)
    #expect(abs(fading / curves.design.dampingOfPower - 1) < 1e-4)
    let nu = try constant("nonlinear_shift") * power / fading
    let width = try constant("noise_power") / power * (1 + nu * nu) / (2 * .pi)
    #expect(try abs(width / constant("linewidth") - 1) < 1e-4)
    #expect(curves.constants.values.allSatisfy { !$0.standIn })
  }

  /// Half the locking range of the orbit's own linear response grows with the feedback parameter,
  /// and the gain for each ampere of it does not.
  @Test func gainIsPerAmpere() throws {
    let cell = try LibraryCell.neuron()
    let other = CellUnderTest(
      name: cell.name, ports: cell.ports, parameters: cell.parameters, file: cell.file,
      digest: cell.digest
    ) { try cell.elaborate($0 + [(name: "feedback", value: 20e-6)]) }
    let gains = try [cell, other].map {
      try #require(
        try OrbitMeasurement.measure($0, bias: 150.4e-6, temperature: 300, supply: 0.8) { false }
      ).feedbackGain
    }
    #expect(abs(gains[0] / gains[1] - 1) < 1e-6)
  }

  @Test func aCellBelowItsThresholdIsRefused() throws {
    #expect(throws: (any Error).self) {
      try OrbitMeasurement.measure(
        LibraryCell.neuron(), bias: 60e-6, temperature: 300, supply: 0.8
      ) { false }
    }
  }
}
