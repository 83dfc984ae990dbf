import Foundation
import Numerics
import TestSupport
import Testing
import Waveforms

/// `.pss` from the command line: what is printed and which files hold what.
@Suite struct SteadyStateTests {
  static let deck = """
    a tank
    .param r=1k
    c1 n 0 1n
    l1 n 0 1u
    r1 n 0 {r}
    b1 n 0 i={(-2*v(n) + 4/3*v(n)*v(n)*v(n))/r}
    .pss v(n) harms=3 noise=dec 1 1k 100k
    .print pss v(n)
    .measure pss swing pp v(n)
    .step r list 1k 2k
    .end
    """

  @Test func filesOfAnOscillator() throws {
    try Scratch.with { folder in
      let file = folder.appendingPathComponent("tank.cir")
      try Self.deck.write(to: file, atomically: true, encoding: .utf8)
      let run = try BuiltProgram.run("run", file.path, "-o", folder.path)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("Floquet multipliers 1 (to"))
      func read(_ name: String) throws -> Dataset {
        try Dataset.read(folder.appendingPathComponent("tank.cir.\(name).netcdf").path)
      }
      let frequency = try #require(try read("pss-summary")["frequency"]?.values.doubles)
      #expect(frequency.count == 2)
      for (f, quality) in zip(frequency, [1000.0, 2000.0].map { $0 / 1000.0.squareRoot() }) {
        let expected = (1 - 1 / (16 * quality * quality)) / (2 * Double.pi * 1e-15.squareRoot())
        #expect(abs(f / expected - 1) < 1e-6)
      }
      #expect(try read("pss")["v(n)"] != nil)
      let spectrum = try #require(try read("pss-spectrum")["v(n)"]?.values.complexes)
      #expect(spectrum.count == 8)
      #expect(abs(2 * spectrum[1].modulus - 1) < 1e-3)
      #expect(try read("pss-ppv")["ppv(n)"] != nil)
      #expect(try read("pss-ppv-spectrum")["ppv(n)"] != nil)
      let level = try #require(try read("pss-noise")["L"]?.values.doubles)
      // twenty decibels a decade
      #expect(abs(level[0] - level[1] - 20) < 0.1)
    }
  }
}
