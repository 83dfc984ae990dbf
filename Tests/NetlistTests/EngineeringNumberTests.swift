import Testing

@testable import Netlist

@Suite struct EngineeringNumberTests {
  @Test(arguments: [
    ("1", 1.0), ("-2.5e-3", -2.5e-3), ("2u", 2e-6), ("1.5MEG", 1.5e6), ("1m", 1e-3), ("3e2k", 3e5),
    ("10kOhm", 1e4), ("1e3", 1e3), ("4V", 4), ("1mil", 25.4e-6), ("2X", 2e6), ("1e-3n", 1e-12),
  ])
  func reads(_ text: String, _ value: Double) throws {
    let read = try #require(EngineeringNumber.value(text))
    #expect(abs(read - value) <= 1e-15 * abs(value))
  }

  @Test(arguments: ["", "u", "1..2", "1e999", "nan", "inf", "1 u", "1m2", "--1", "0x10", "1;"])
  func refuses(_ text: String) { #expect(EngineeringNumber.value(text) == nil) }
}
