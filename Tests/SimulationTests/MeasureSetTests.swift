import Foundation
import Numerics
import Schematic
import TestSupport
import Testing

@testable import Simulation

struct MeasureSetTests {
  typealias Feed = MeasureFeed

  private func sum(_ a: Schematic.Expression, _ b: Schematic.Expression) -> Schematic.Expression {
    var expression = Schematic.Expression()
    let left = expression.append(probe: a.probes[0])
    let right = expression.append(probe: b.probes[0])
    expression.append(.add, [left, right], at: .none)
    return expression
  }

  @Test func expressionsAreCollectedOnce() throws {
    let set = try MeasureSet(
      [
        Feed.card("a", .statistic(.maximum, Feed.v("x"))),
        Feed.card("b", .find(Feed.v("y"), Feed.crossing("x", 0))),
        Feed.card("c", .statistic(.maximum, Feed.v("z")), analysis: .ac),
      ], analysis: .tran)
    #expect(set.expressions == [Feed.v("x"), Feed.v("y")])
    #expect(set.cards.map(\.name) == ["a", "b"])
  }

  @Test func measuresOfMeasures() throws {
    let results = try Feed.results(
      [
        Feed.card("total", .expression(sum(Feed.measure("twice"), Feed.measure("top")))),
        Feed.card("twice", .expression(sum(Feed.measure("top"), Feed.measure("top")))),
        Feed.card("top", .statistic(.maximum, Feed.v("x"))),
        Feed.card("end", .expression(sum(Feed.v("x"), Feed.measure("top")))),
        Feed.card("broken", .when(Feed.crossing("x", 99))),
        Feed.card("after", .expression(sum(Feed.measure("broken"), Feed.measure("top")))),
      ], at: [0, 1, 2], ["x": { 3 - $0 }])
    #expect(results.map(\.value) == [9, 6, 3, 4, nil, nil])
    #expect(results[5].failure == "it needs the measure 'broken', which has no value")
  }

  @Test func resultsOfOtherAnalysesAreTaken() throws {
    let set = try MeasureSet(
      [Feed.card("m", .expression(Feed.measure("gain")))], analysis: .tran)
    #expect(set.finish()[0].value == nil)
    #expect(set.finish(others: ["gain": 4])[0].value == 4)
  }

  @Test func measuresThatWaitForEachOtherAreRefused() {
    let cards = [
      Feed.card("a", .expression(Feed.measure("b"))),
      Feed.card("b", .expression(Feed.measure("a"))),
    ]
    #expect { try MeasureSet(cards, analysis: .tran) } throws: {
      ($0 as? Fault)?.identifier == "measure-cycle"
    }
  }

  @Test func fallingAndNestedSweeps() throws {
    var set = try MeasureSet(
      [
        Feed.card("top", .statistic(.maximum, Feed.v("x")), analysis: .dc),
        Feed.card("mean", .statistic(.average, Feed.v("x")), from: 1, to: 3, analysis: .dc),
        Feed.card("when", .when(Feed.crossing("x", 4.5, .cross, 2)), analysis: .dc),
      ], analysis: .dc)
    for _ in 0..<2 {
      set.interrupt()
      MeasureFeed.run(&set, at: [5, 4, 3, 2, 1, 0], ["x": { 2 * $0 }])
    }
    let results = set.finish()
    #expect(results[0].value == 10 && results[0].abscissa == 5)
    #expect(abs(results[1].value! - 4) < 1e-14)
    // the way back to 5 is no step
    #expect(results[2].value == 2.25)
  }

  @Test func aSetThatIsCopiedUnusedStartsAgain() throws {
    let fresh = try MeasureSet(
      [Feed.card("top", .statistic(.maximum, Feed.v("x")))], analysis: .tran)
    var first = fresh
    Feed.run(&first, at: [0, 1], ["x": { 5 + $0 }])
    var second = fresh
    Feed.run(&second, at: [0, 1], ["x": { $0 }])
    #expect(first.finish()[0].value == 6 && second.finish()[0].value == 1)
    #expect(fresh.finish()[0].failure != nil)
  }

  @Test(arguments: [("l1norm", 0.6), ("l2norm", 0.14.squareRoot()), ("infnorm", 0.3)])
  func distanceFromAFile(norm: String, exact: Double) throws {
    try Scratch.with { folder in
      let file = folder.appendingPathComponent("reference.prn")
      try "Index  TIME  V(A)\n0 0.5 0.6\n1 1.5 1.3\n2 2 2.3\nEnd of Xyce(TM) Simulation\n"
        .write(to: file, atomically: true, encoding: .utf8)
      let card = Feed.card(
        .error(Feed.v("a"), file: file.path, norm: norm, abscissa: 1, ordinate: 2))
      let result = try Feed.results([card], at: [0, 1, 2], ["a": { $0 }])[0]
      #expect(abs(result.value! - exact) < 1e-12)
      // a result that ends too early is no success
      #expect(try Feed.results([card], at: [0, 1], ["a": { $0 }])[0].failure != nil)
    }
  }

  @Test func aSweepMeetsRowAfterRow() throws {
    try Scratch.with { folder in
      let file = folder.appendingPathComponent("reference.csv")
      try "a,b\n7,1\n8,1\n9,2.5\n".write(to: file, atomically: true, encoding: .utf8)
      let card = Feed.card(
        .error(Feed.v("a"), file: file.path, norm: "infnorm", abscissa: 0, ordinate: 1),
        analysis: .dc)
      let result = try Feed.results([card], analysis: .dc, at: [0, 1, 2], ["a": { $0 }])[0]
      #expect(result.value == 1)
    }
  }

  @Test(arguments: [("", "malformed-file"), ("1 2\n3\n", "malformed-file")])
  func filesWithoutColumns(text: String, identifier: String) throws {
    try Scratch.with { folder in
      let file = folder.appendingPathComponent("x.prn")
      try text.write(to: file, atomically: true, encoding: .utf8)
      let card = Feed.card(
        .error(Feed.v("a"), file: file.path, norm: "l2norm", abscissa: 0, ordinate: 1))
      #expect { try MeasureSet([card], analysis: .tran) } throws: {
        ($0 as? Fault)?.identifier == identifier
      }
    }
    let missing = Feed.card(
      .error(Feed.v("a"), file: "no/such.prn", norm: "l2norm", abscissa: 0, ordinate: 1))
    #expect { try MeasureSet([missing], analysis: .tran) } throws: {
      ($0 as? Fault)?.identifier == "no-such-file"
    }
  }
}
