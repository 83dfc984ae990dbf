import Foundation
import TestSupport
import Testing

/// The shipped decks of memristors follow the independent trajectories of Tests/Reference.
@Suite struct MemristorTrajectoryTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// The printed quantity that is the trajectory's state, and what it is multiplied with and
    /// added to.
    let quantity: String
    var factor = 1.0
    var offset = 0.0
    let scale: Double
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "linear-joglekar", quantity: "N(YMEMRISTOR!m1_X)", scale: 1),
    Case(name: "yakopcic", quantity: "N(YMEMRISTOR!m1_X)", scale: 1),
    Case(name: "team", quantity: "N(YMEMRISTOR!m1_X)", scale: 3),
    // (R - rmin) / (rmax - rmin)
    Case(
      name: "threshold", quantity: "N(YMEMRISTOR!m1:R)", factor: 1 / 9e3, offset: -1 / 9.0,
      scale: 1),
  ]

  @Test(arguments: cases) func deckFollowsItsTrajectory(_ item: Case) throws {
    let reference = try ReferenceTrajectory("memristor-\(item.name)")
    let file = Repository.file("netlists/memristor-\(item.name).cir")
    let text = try String(contentsOf: file, encoding: .utf8)
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix(".options") }
    var errors: [Double] = []
    for tolerance in [1e-3, 1e-5, 1e-7] {
      let body = lines.dropLast().joined(separator: "\n")
      let deck = body + "\n.options reltol=\(tolerance)\n.end\n"
      try Scratch.with { folder in
        let run = try OwnRun(deck, in: folder)
        let values = try #require(run.values(item.quantity))
        let states = reference.vector("state")
        try #require(states.count == values.count)
        let worst = zip(states, values).map {
          abs($1 * item.factor + item.offset - $0) / item.scale
        }.max()
        errors.append(try #require(worst))
      }
      #expect(errors.last! <= max(tolerance, 2e-5), "reltol \(tolerance): \(errors)")
    }
    #expect(errors[2] <= max(0.125 * errors[0], 2e-6), "\(errors)")
  }
}
