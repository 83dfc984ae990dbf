import Foundation
import TestSupport
import Testing

@testable import Simulation

/// Programming, disturbing and keeping a memristor's state, by the decks in netlists/.
struct MemristorProgrammingTests {
  /// The deck without its title and its end, some of its text replaced.
  private func deck(_ name: String, _ changes: [String: String] = [:]) throws -> String {
    var text = try String(
      contentsOf: Repository.file("netlists/\(name).cir"), encoding: .utf8)
    for (old, new) in changes {
      try #require(text.contains(old))
      text = text.replacingOccurrences(of: old, with: new)
    }
    return text.split(separator: "\n").dropFirst().filter { $0 != ".end" }
      .joined(separator: "\n")
  }

  /// Pulses bring the resistance within the tolerance from above and from below, then stop.
  @Test(arguments: [("4k", 4e3, "0.8"), ("7k", 7e3, "0.2"), ("2.5k", 2.5e3, "0.5")])
  func writeAndVerify(target: String, resistance: Double, start: String) throws {
    let text = try deck(
      "memristor-write-verify", ["target=4k": "target=\(target)", "xo=0.8": "xo=\(start)"])
    let (result, outcome) = try TransientTests.run(text)
    #expect(outcome.isComplete)
    let trace = zip(result.times, result.values).map { ($0, $1[2]) }
    let first = try #require(trace.first).1
    let last = try #require(trace.last).1
    #expect(abs(first / resistance - 1) > 0.1)
    #expect(abs(last / resistance - 1) <= 0.02)
    for (time, value) in trace where time > 90e-6 { #expect(abs(value / last - 1) < 1e-6) }
  }

  /// Ten milliseconds at 0.1 V against SciPy's integration of the same equations; without voltage
  /// nothing moves, and a writing pulse sets the cell.
  @Test func filamentsAreDisturbedAndRetained() throws {
    let (result, outcome) = try TransientTests.run(try deck("memristor-filament"))
    #expect(outcome.isComplete)
    let last = try #require(result.values.last)
    #expect(abs((last[0] - 1 / 3.0) / 0.008266289602 - 1) < 1e-3)
    #expect(abs(last[1] - 1 / 3.0) < 1e-12)
    #expect(last[2] > 0.9)
  }
}
