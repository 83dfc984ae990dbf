import Schematic
import Testing

@testable import Simulation

/// Rings of real inverters.
struct InverterRingTests {
  static func ring(_ count: Int) -> String {
    var lines = ["vdd vdd 0 3"]
    for k in 0..<count {
      let (input, output) = ("n\(k)", "n\((k + 1) % count)")
      lines.append("mn\(k) \(output) \(input) 0 0 n w=2u l=1u")
      lines.append("mp\(k) \(output) \(input) vdd vdd p w=6u l=1u")
      lines.append("c\(k) \(output) 0 50f")
    }
    lines.append(".model n nmos level=1 vto=0.6 kp=100u lambda=0.05 tox=20n")
    lines.append(".model p pmos level=1 vto=-0.6 kp=35u lambda=0.05 tox=20n")
    return lines.joined(separator: "\n")
  }

  @Test(arguments: [3, 9])
  func oddRingsOscillate(_ count: Int) throws {
    let found = try #require(try EquilibriumStabilityTests.instability(Self.ring(count)))
    #expect(found.angularFrequency > 0 && found.growth > 1e8)
    #expect(found.nodes.allSatisfy { $0.hasPrefix("n") })
  }

  @Test func evenRingsLatch() throws {
    let found = try #require(try EquilibriumStabilityTests.instability(Self.ring(4)))
    #expect(found.angularFrequency == 0)
  }

  /// A chain that is no ring rests.
  @Test func chainsRest() throws {
    let chain = Self.ring(5).replacing("mn0 n1 n0", with: "vin in 0 1.5\nmn0 n1 in")
      .replacing("mp0 n1 n0", with: "mp0 n1 in")
    #expect(try EquilibriumStabilityTests.instability(chain) == nil)
  }
}
