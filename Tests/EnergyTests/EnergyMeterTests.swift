import Energy
import Numerics
import Schematic
import Testing

private func drive(_ time: Double, feedback: Double) -> Drive {
  Drive(
    time: time, meanPower: 0.2, squaredFeedback: feedback * feedback,
    absoluteFeedback: feedback, feedbackCurrent: 10e-6)
}

@Suite struct EnergyMeterTests {
  private func meter(_ feedback: [(Double, Double)]) throws -> EnergyMeter {
    let operation = roundOperation(.chain)
    var meter = EnergyMeter(terms: try roundTerms(operation), operation: operation)
    for (time, value) in feedback { meter.record(drive(time, feedback: value)) }
    return meter
  }

  @Test func constantPowerTimesTime() throws {
    let meter = try meter([(0, 1.5), (1e-6, 1.5), (4e-6, 1.5)])
    let expected = roundTermsPower() * 4e-6
    #expect(abs(meter.energy() - expected) < 1e-12 * expected)
    #expect(abs(meter.energy(until: 3e-6) - 0.75 * expected) < 1e-12 * expected)
  }

  private func roundTermsPower() -> Double {
    200e-6 + (40e-6 + 14e-6) + 16.5e-6 + 1e-6 + 32e-6
  }

  /// The driver's power is linear in the feedback: the integral of a ramp is a parabola.
  @Test func rampsAreExactBetweenSamples() throws {
    let meter = try meter([(0, 0), (2e-6, 2)])
    // 20 uA per unit of feedback at half efficiency and 1 V; quiescent 2 uW.
    for time in [0.0, 0.3e-6, 1e-6, 1.9e-6, 2e-6] {
      let expected = 2e-6 * time + 20e-6 * 1e6 * time * time / 2
      #expect(abs(meter.energies(until: time)[4] - expected) < 1e-12 * 44e-12)
    }
  }

  @Test func energyAddsUpInTime() throws {
    var stream = RandomStream(seed: 4, purpose: .parameter)
    let samples = (0..<20).map { (Double($0) * 1e-7, stream.uniform()) }
    let whole = try meter(samples)
    let first = try meter(Array(samples[...8]))
    let second = try meter(Array(samples[8...]))
    #expect(abs(whole.energy() - first.energy() - second.energy()) < 1e-12 * whole.energy())
    #expect(abs(whole.energy(until: 8e-7) - first.energy()) < 1e-12 * whole.energy())
    var last = 0.0
    for time in stride(from: 0.0, through: 19e-7, by: 3.1e-8) {
      #expect(whole.energy(until: time) >= last)
      last = whole.energy(until: time)
    }
    #expect(whole.powers(of: 4).count == 20)
  }

  @Test func energyToTargetIsNilWhenNeverReached() throws {
    let meter = try meter([(0, 1), (1e-6, 1)])
    #expect(meter.energyToTarget(nil) == nil)
    #expect(meter.energyToTarget(0.5e-6) == meter.energy(until: 0.5e-6))
    #expect(meter.energy(until: 9) == meter.energy())
    #expect(meter.energy(until: -1) == 0)
    #expect(try self.meter([]).energy() == 0)
  }
}
