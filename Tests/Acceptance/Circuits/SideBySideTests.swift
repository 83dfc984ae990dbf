import Foundation
import TestSupport
import Testing

/// The same decks in ngspice, with tight tolerances, and in Oscine, as they are.
///
/// Everything printed agrees to 1e-3 of what it spans. Time is compared to the reference's step,
/// which places no edge better than that. Free oscillators agree in their mean period to 1e-4, and
/// in the shape of their last whole cycle, on a time axis that runs from cycle to cycle.
@Suite(.enabled(if: NgspiceRun.path != nil, "ngspice is not installed")) struct SideBySideTests {
  static let tolerance = 1e-3
  static let periodTolerance = 1e-4

  @Test func thereAreDecks() { #expect(SharedDeck.all.count >= 70) }

  @Test(arguments: SharedDeck.all) func agrees(_ deck: SharedDeck) throws {
    try Scratch.with { folder in
      let reference = try NgspiceRun(deck.referenceText, in: folder)
      let own = try OwnRun(deck, in: folder)
      for quantity in deck.quantities {
        let theirs = try #require(reference.values(Quantity(quantity)), "\(quantity)")
        let ours = try #require(own.values(quantity), "\(quantity)")
        if deck.analysis == "tran" {
          try compareTransient(
            deck, quantity, own, Curve(x: own.abscissa, y: ours), reference,
            Curve(x: reference.abscissa, y: theirs))
        } else {
          compareRows(quantity, ours, theirs)
        }
      }
    }
  }

  /// Sweeps visit the same points in both programs.
  private func compareRows(_ quantity: String, _ ours: [Double], _ theirs: [Double]) {
    #expect(ours.count == theirs.count, "\(quantity): other points")
    guard ours.count == theirs.count, let most = theirs.max(), let least = theirs.min() else {
      return
    }
    let worst = zip(ours, theirs).map { abs($0 - $1) }.max() ?? .infinity
    #expect(worst <= Self.tolerance * (most - least), "\(quantity) is off by \(worst)")
  }

  private func compareTransient(
    _ deck: SharedDeck, _ quantity: String, _ own: OwnRun, _ ours: Curve,
    _ reference: NgspiceRun, _ theirs: Curve
  ) throws {
    guard let oscillation = deck.oscillation else {
      let worst = ours.deviation(from: theirs, slack: deck.referenceStep)
      #expect(worst <= Self.tolerance, "\(quantity) is off by \(worst) of its span")
      return
    }
    let a = Curve(x: own.abscissa, y: try #require(own.values(oscillation))).risingCrossings
    let y = try #require(reference.values(Quantity(oscillation)))
    let b = Curve(x: reference.abscissa, y: y).risingCrossings
    let count = min(a.count, b.count)
    try #require(count >= 8, "\(count) cycles are too few")
    let half = count / 2
    let (first, last) = (count - 2, count - 1)
    func period(_ crossings: [Double]) -> Double {
      (crossings[last] - crossings[half]) / Double(last - half)
    }
    let drift = period(a) / period(b) - 1
    #expect(abs(drift) <= Self.periodTolerance, "the period is off by \(drift)")
    let scale = (b[last] - b[first]) / (a[last] - a[first])
    let worst = ours.deviation(
      from: theirs, slack: Self.periodTolerance * period(b), within: a[first]...a[last]
    ) { b[first] + ($0 - a[first]) * scale }
    #expect(worst <= Self.tolerance, "\(quantity) is off by \(worst) of its span")
  }
}
