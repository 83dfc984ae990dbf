import Foundation
import Numerics
import Schematic
import TestSupport
import Testing

@testable import Simulation

/// Small-signal, noise and dc results beside those of ngspice, live. Left out, with a message,
/// where the program is absent.
@Suite(.enabled(if: Ngspice.path != nil, "ngspice is not installed"))
struct SmallSignalNgspiceTests {
  /// What `print` says of a vector of one element: its numbers.
  static func printed(_ name: String, _ text: String) throws -> [Double] {
    for line in text.split(separator: "\n") {
      let parts = line.components(separatedBy: " = ")
      if parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == name {
        return parts[1].split(separator: ",").compactMap {
          Double($0.trimmingCharacters(in: .whitespaces))
        }
      }
    }
    throw DeckCase.Missing()
  }

  static let amplifier = """
    vdd vdd 0 3
    vin g 0 dc 1 ac 1
    rd vdd d 10k
    m1 d g s 0 n w=10u l=1u
    rs s 0 500
    cs s 0 1p
    cl d 0 2p
    rl d o 1k
    d1 o 0 dd
    .model n nmos level=1 vto=0.6 kp=100u lambda=0.02 tox=20n cgso=0.2n cgdo=0.2n
    .model dd d is=1e-15 cjo=1p tt=1n
    """

  @Test(arguments: [1e4, 3e7, 1e9])
  func amplifierResponds(_ frequency: Double) throws {
    let text = try Ngspice.run(
      """
      amplifier
      \(Self.amplifier)
      .control
      set numdgt=12
      ac lin 1 \(frequency) \(frequency)
      print v(d) vp(o) vdb(s) i(vdd)
      .endc
      .end
      """)
    let ours = try SmallSignalTests.run(
      Self.amplifier
        + "\n.ac lin 1 \(frequency) \(frequency)\n.print ac v(d) vp(o) vdb(s) i(vdd)"
    ).values[0]
    func agree(_ index: Int, _ name: String) throws {
      let theirs = try Self.printed(name, text)
      let wanted = Complex(theirs[0], theirs.count > 1 ? theirs[1] : 0)
      #expect((ours[index] - wanted).modulus < 2e-4 * wanted.modulus, "\(name)")
    }
    try agree(0, "v(d)")
    try agree(1, "vp(o)")
    try agree(2, "vdb(s)")
    try agree(3, "i(vdd)")
  }

  @Test func amplifierNoise() throws {
    let text = try Ngspice.run(
      """
      amplifier
      \(Self.amplifier)
      .control
      set numdgt=12
      noise v(o) vin dec 20 1k 100meg
      setplot noise1
      print onoise_spectrum inoise_spectrum
      setplot noise2
      print onoise_total
      .endc
      .end
      """)
    let (keeper, totals) = try NoiseTests.run(
      Self.amplifier
        + "\n.noise v(o) vin dec 20 1k 100meg\n.print noise onoise inoise")
    // index, frequency, and the roots of the densities
    let rows = text.split(separator: "\n")
      .map { $0.split { $0 == " " || $0 == "\t" }.compactMap { Double($0) } }
      .filter { $0.count == 4 }
    try #require(rows.count == keeper.values.count)
    var input = 0.0
    for (index, (ours, theirs)) in zip(keeper.values, rows).enumerated() {
      #expect(abs(ours[0].squareRoot() / theirs[2] - 1) < 1e-3)
      #expect(abs(ours[1].squareRoot() / theirs[3] - 1) < 1e-3)
      if index == 0 { continue }
      let before = rows[index - 1]
      input += PowerLaw.integral(
        before[1], before[3] * before[3], theirs[1], theirs[3] * theirs[3])
    }
    let output = try Self.printed("onoise_total", text)[0]
    #expect(abs(totals.output.squareRoot() / output - 1) < 1e-3)
    // their own inoise_total is 3 % above the integral of their own density
    #expect(abs(totals.input / input - 1) < 2e-3)
  }

  @Test(arguments: [0.5, 1.1, 2.4])
  func transferCurve(_ input: Double) throws {
    let text = try Ngspice.run(
      """
      amplifier
      \(Self.amplifier)
      .control
      set numdgt=12
      dc vin \(input) \(input) 1
      print v(d) v(o) i(vdd)
      .endc
      .end
      """)
    let ours = try DirectCurrentSweepTests.run(
      Self.amplifier + "\n.dc vin 0 \(input) \(input)\n.print dc v(d) v(o) i(vdd)")
    for (index, name) in ["v(d)", "v(o)", "i(vdd)"].enumerated() {
      let theirs = try Self.printed(name, text)[0]
      #expect(abs(ours.values[1][index] / theirs - 1) < 2e-4, "\(name)")
    }
  }
}
