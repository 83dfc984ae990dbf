import Foundation
import Testing

@testable import Experiments

@Suite struct DelayCharacterisationTests {
  private static func measure(_ memristance: Double, _ supply: Double, load: Double = 0.4e-15)
    throws -> TransitionMeasurement
  {
    try #require(
      try TransitionMeasurement.measure(
        LibraryCell.delayStage(), memristance: memristance, supply: supply, load: load, edge: 20e-12
      ) { false })
  }

  /// Below twice the threshold of 0.35 V no current flows through both transistors: a cycle takes
  /// C Vdd^2 of its capacitances, whatever the memristance.
  @Test(arguments: [10e3, 100e3, 634e3])
  func energy(_ memristance: Double) throws {
    let found = try Self.measure(memristance, 0.65)
    #expect(abs(found.energy / (0.65e-15 * 0.65 * 0.65) - 1) < 2e-3)
    let loaded = try Self.measure(memristance, 0.65, load: 0.8e-15)
    #expect(abs(loaded.energy / (1.05e-15 * 0.65 * 0.65) - 1) < 2e-3)
  }

  /// At a high supply the restoring inverter is fast and the first one is a switch: what a larger
  /// memristance adds approaches ln 2 C. At 0.8 V it adds up to 40 % more, for the inverter needs
  /// its input well beyond the middle.
  @Test func delay() throws {
    func slope(_ supply: Double) throws -> Double {
      let (low, high) = try (Self.measure(200e3, supply), Self.measure(600e3, supply))
      return (high.delay - low.delay) / 400e3 / (0.693147 * 0.4e-15)
    }
    let (fast, slow) = try (slope(2.5), slope(0.8))
    #expect(abs(fast - 1) < 0.05, "\(fast)")
    #expect(slow > 1 && slow < 1.4, "\(slow)")
    let found = try Self.measure(634e3, 0.8)
    #expect(abs(found.edgeDifference) < 0.01 * found.delay)
    #expect(abs(found.delay - 250e-12) < 5e-12)
  }

  /// k T / C on the load over the slope at which it passes the middle: a stage whose restoring
  /// inverter is fast jitters by sqrt(k T / C) 2 R C / V_dd, at any temperature.
  @Test(arguments: [300.0, 600]) func jitter(_ temperature: Double) throws {
    let (resistance, load, supply) = (634e3, 0.4e-15, 2.5)
    let found = try #require(
      try TransitionMeasurement.measure(
        LibraryCell.delayStage(), memristance: resistance, supply: supply, load: load,
        edge: 20e-12, temperature: temperature
      ) { false })
    let voltage = (1.380649e-23 * temperature / load).squareRoot()
    let expected = voltage * 2 * resistance * load / supply
    // three standard deviations of what 62 degrees of freedom tell
    #expect(abs(found.jitter / expected - 1) < 0.27, "\(found.jitter), \(expected)")
  }

  /// A chain lags by the phase that it is programmed to, and passes its weight on.
  @Test func synapse() throws {
    var settings = CharacterisationSettings()
    settings.phaseCount = 7
    let curves = try #require(
      try SynapseCurves.measure(LibraryCell.delayChain(), settings, { false }, progress: { _ in }))
    for point in curves.phases {
      #expect(abs(point.error) < 0.01, "\(point.phase): \(point.error)")
    }
    // Cin of the cell; 10 uA are 100 uS times 0.1 V
    #expect(abs(try #require(curves.constants["input_capacitance"]).value / 0.35e-15 - 1) < 0.01)
    #expect(abs(try #require(curves.crossbarConstants["unit_conductance"]).value / 1e-4 - 1) < 1e-3)
  }

  @Test func constants() throws {
    var settings = CharacterisationSettings()
    settings.memristanceCount = 5
    settings.loadRatios = [1]
    settings.temperatures = [250, 350]
    let curves = try #require(
      try DelayCurves.measure(LibraryCell.delayStage(), settings, { false }, progress: { _ in }))
    let constants = curves.constants.mapValues(\.value)
    #expect(abs(try #require(constants["stage_capacitance"]) / 0.65e-15 - 1) < 2e-3)
    let part = try #require(constants["short_circuit_fraction"])
    #expect(part > 0.005 && part < 0.1)
    #expect(curves.curves.map(\.name) == ["memristance", "supply", "load", "temperature"])
  }

  /// An amplifier is no delay: nothing comes out that follows the input from rail to rail.
  @Test func aStageWithoutSupplyIsRefused() throws {
    #expect(throws: (any Error).self) { try Self.measure(656e3, 0.2) }
  }
}
