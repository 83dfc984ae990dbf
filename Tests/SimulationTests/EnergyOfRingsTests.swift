import Testing

@testable import Simulation

/// What a CMOS ring draws: C V^2 a cycle and stage, and what flows from supply to ground.
struct EnergyOfRingsTests {
  private static func inverters(_ body: String) -> String {
    """
    .subckt inv in out vdd
    mp out in vdd vdd p w=2u l=1u
    mn out in 0 0 n w=1u l=1u
    c1 out 0 200f
    .ends
    .model n nmos vto=0.9 kp=200u tox=20n
    .model p pmos vto=-0.9 kp=100u tox=20n
    vdd vdd 0 1.8
    \(body)
    """
  }

  /// With thresholds of half the supply both transistors never conduct together.
  @Test func oneTransitionUpAndDown() throws {
    let all = try EnergyLedgerTests.Accounts(
      Self.inverters(
        """
        vin a 0 pulse(0 1.8 10n 1n 1n 100n 300n)
        x1 a b vdd inv
        .tran 1n 250n
        """))
    let switched = 200e-15 * 1.8 * 1.8
    // the gates' own capacitances add a few percent
    #expect(all["vdd"].supplied > switched && all["vdd"].supplied < 1.1 * switched)
    let lost = all["x1.mp"].dissipated + all["x1.mn"].dissipated
    #expect(abs(lost / switched - 1) < 0.1)
    #expect(abs(all.residual) < 1e-4)
  }

  /// Each stage charges its load once a cycle, and nothing flows past the transistors.
  @Test func aRingOfThree() throws {
    var rises: [Double] = []
    var last = (time: 0.0, voltage: 0.0)
    let all = try EnergyLedgerTests.Accounts(
      Self.inverters(
        """
        x1 a b vdd inv
        x2 b c vdd inv
        x3 c a vdd inv
        .ic v(b)=1.8 v(vdd)=1.8
        .tran 0.1n 250n uic
        """)
    ) { point in
      // node 2 is the first behind the supply
      let voltage = point.evaluation.values[2]
      if last.voltage < 0.9, voltage >= 0.9 {
        let part = (0.9 - last.voltage) / (voltage - last.voltage)
        rises.append(last.time + part * (point.abscissa - last.time))
      }
      last = (point.abscissa, voltage)
    }
    #expect(rises.count > 5)
    let period = (rises.last! - rises[1]) / Double(rises.count - 2)
    let power = all["vdd"].supplied / 250e-9
    let ratio = power * period / (3 * 200e-15 * 1.8 * 1.8)
    #expect(ratio > 0.95 && ratio < 1.1, "\(ratio)")
    #expect(abs(all.residual) < 1e-4)
    #expect(all.tally.rows.allSatisfy { $0.dissipated >= 0 })
  }
}
