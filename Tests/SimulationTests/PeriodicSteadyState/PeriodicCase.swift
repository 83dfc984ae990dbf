import Devices
import Netlist
import Schematic
import Testing

@testable import Simulation

/// A deck with a `.pss` card, and its periodic steady state.
struct PeriodicCase {
  let deck: DeckCase
  let card: PeriodicSteadyStateCard

  init(_ text: String) throws {
    deck = try DeckCase(text)
    card = try #require(
      deck.circuit.cards.lazy.compactMap { card -> PeriodicSteadyStateCard? in
        if case .pss(let pss) = card { pss } else { nil }
      }.first)
  }

  func solve() throws -> PeriodicSolution {
    if card.skipsOperatingPoint {
      let zeros = [Double](repeating: 0, count: deck.equations.unknownCount)
      let x = try deck.operatingPoint.impose(zeros, duration: 1e-15).x
      let analysis = try PeriodicSteadyState(deck.equations, card, deck.options)
      return try #require(try analysis.run(from: x))
    }
    let x = try deck.operatingPoint.solve(startsTransient: true).x
    let unstable =
      card.isDriven ? nil : EquilibriumStability(deck.equations, at: x).instability()
    let analysis = try PeriodicSteadyState(deck.equations, card, deck.options)
    return try #require(try analysis.run(from: x, beside: unstable, isRest: !card.isDriven))
  }

  /// Index of a node's unknown and row, ground removed.
  func node(_ name: String) throws -> Int {
    try #require(deck.circuit.nodeNames.firstIndex(of: name)) - 1
  }
}

/// Times at which a node passes a level upwards in a transient analysis from a given state.
final class PassageTimes: TransientObserver {
  let wantsSteps = true
  let needsRates = false
  private let unknown: Int
  private let level: Double
  private var last: (time: Double, value: Double)?
  private(set) var times: [Double] = []

  init(unknown: Int, level: Double) {
    self.unknown = unknown
    self.level = level
  }

  func output(_ point: SolutionPoint) {}

  func step(from start: Double, to end: Double, point: (Double) -> SolutionPoint) {
    func read(_ time: Double) -> Double { point(time).evaluation.values[unknown + 1] - level }
    let value = read(end)
    defer { last = (end, value) }
    guard let last, last.value < 0, value >= 0 else { return }
    var (low, high) = (max(start, last.time), end)
    for _ in 0..<50 {
      let middle = 0.5 * (low + high)
      if read(middle) < 0 { low = middle } else { high = middle }
    }
    times.append(high)
  }

  /// - Parameter text: of a deck without analyses.
  static func run(
    _ text: String, from x: [Double], stop: Double, stepMaximum: Double, node: String,
    level: Double = 0
  ) throws -> [Double] {
    let deck = try DeckCase(text)
    let unknown = try #require(deck.circuit.nodeNames.firstIndex(of: node)) - 1
    let card = TransientCard(
      printStep: stop / 60, stopTime: stop, stepMaximum: stepMaximum, origin: .none)
    var passages = PassageTimes(unknown: unknown, level: level)
    _ = try TransientAnalysis(deck.equations, card, deck.options).run(from: x, &passages)
    return passages.times
  }
}
