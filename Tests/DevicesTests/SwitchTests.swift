import Foundation
import Schematic
import Testing

@testable import Devices

@Suite struct SwitchTests {
  /// The published interpolation, written anew; also with the ends exchanged.
  @Test(arguments: [(2.0, 1.0), (-1, 1)])
  func smoothSwitchFollowsItsLaw(von: Double, voff: Double) throws {
    let harness = try BankHarness(
      VoltageSwitch.self, type: "vswitch",
      model: ["von": von, "voff": voff, "ron": 2, "roff": 1e7],
      nodes: 4)
    for c in stride(from: -2.0, through: 3, by: 0.1) {
      let s = min(1, max(0, (c - voff) / (von - voff)))
      let mean = log((2 * 1e7).squareRoot())
      let expected = exp(
        mean + 3 * log(2 / 1e7) * (2 * s - 1) / 4 - log(2 / 1e7) * pow(2 * s - 1, 3) / 4)
      #expect(abs(harness.quantity("r", [1, 0, c, 0]) / expected - 1) < 1e-12)
      let x = [0.7, 0.1, c + 0.003, 0]
      #expect(harness.jacobianError(x, rates: [0, 0, 0, 0], rateFactor: 0) < 1e-5)
    }
  }

  /// The control is an unknown that equals the expression; the switch follows it as a voltage.
  @Test(arguments: ["vswitch", "sw"])
  func expressionControls(type: String) throws {
    let control = Schematic.Expression.binary(
      .multiply, Schematic.Expression(number: 2), .voltage(3, 0))
    let parameters: ParameterList =
      type == "sw"
      ? ["vt": .number(1), "ron": .number(2), "roff": .number(1e6)]
      : ["von": .number(2), "voff": .number(0), "ron": .number(2), "roff": .number(1e6)]
    let bench = try DeviceBench(
      Circuit(
        title: "", nodeNames: ["0", "a", "b", "c"],
        instances: [
          Instance(
            name: "s1", device: "S", model: 0, terminals: [1, 2],
            parameters: ["control": .expression(control)], origin: .none)
        ],
        models: [
          Model(
            name: "m", type: type,
            parameters: parameters, origin: .none)
        ]))
    // ground, a, b, c, the control
    #expect(bench.count == 5)
    for c in [-1.0, 0.4, 1.5] {
      let off = bench.evaluate([0, 1, 0, c, 2 * c + 0.25]).currents[4]
      #expect(abs(off - 0.25) < 1e-15)
      #expect(abs(bench.evaluate([0, 1, 0, c, 2 * c]).currents[4]) < 1e-15)
    }
    if type == "vswitch" {
      for (c, r) in [(-1.0, 1e6), (0.5, 2e6.squareRoot()), (1, 2)] {
        #expect(abs(bench.evaluate([0, 1, 0, c, 2 * c]).currents[1] * r - 1) < 1e-12)
      }
    }
  }

  @Test func negativeHysteresisIsSmooth() throws {
    let harness = try BankHarness(
      VoltageSwitch.self, type: "sw", model: ["vt": 1, "vh": -0.5, "ron": 1, "roff": 1e6], nodes: 4)
    #expect(abs(harness.quantity("r", [1, 0, 1, 0]) - 1e3) < 1e-6)
    #expect(harness.quantity("r", [1, 0, 1.6, 0]) == 1)
  }

  /// With equal thresholds a root found on either side changes the state once.
  @Test(arguments: [-1e-15, 0, 1e-15])
  func equalThresholdsDoNotChatter(offset: Double) throws {
    let harness = try BankHarness(VoltageSwitch.self, type: "sw", model: ["vt": 0.5], nodes: 4)
    func changes(_ c: Double) -> [Bool] {
      harness.run([1, 0, c, 0]) { evaluation in (0..<3).map { _ in harness.bank.settle(evaluation) }
      }
    }
    #expect(changes(0.2) == [false, false, false])
    #expect(changes(0.5 + offset) == [true, false, false])
    #expect(changes(0.5 - 2e-9) == [true, false, false])
  }

  /// Up and down through the thresholds: the state lags, events vanish at the thresholds.
  @Test func hysteresisLoop() throws {
    let harness = try BankHarness(
      VoltageSwitch.self, type: "sw", model: ["vt": 1, "vh": 0.25, "ron": 10, "roff": 1e6], nodes: 4
    )
    let bank = harness.bank
    func settled(_ c: Double) -> Double {
      harness.run([1, 0, c, 0]) { evaluation in
        while bank.settle(evaluation) {}
        return bank.quantity("r", of: 0, evaluation) ?? .nan
      }
    }
    func event(_ c: Double) -> Double {
      harness.run([1, 0, c, 0]) { evaluation in
        var value = 0.0
        bank.events(evaluation, into: &value)
        return value
      }
    }
    #expect(bank.eventCount == 1)
    for (c, closed) in [
      (0.0, false), (1.2, false), (1.26, true), (0.8, true), (0.74, false), (1.2, false),
    ] {
      #expect((abs(settled(c) - (closed ? 10 : 1e6)) < 1e-9) == true, "at \(c)")
    }
    #expect(event(1.25) == 0)
    _ = settled(2)
    #expect(abs(event(0.75)) < 1e-8)
    bank.resetDiscreteState()
    #expect(event(1.25) == 0)
    #expect(harness.run([3, 1, 0, 0]) { bank.dissipation(0, $0) } == 4 / 1e6)
  }
}
