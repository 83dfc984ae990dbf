import Devices
import Integration
import Netlist
import Numerics
import Schematic
import Testing

@testable import Simulation

/// Many delays: what may be left to itself, how many corners stop the integration, and that what is
/// read stays right.
@Suite struct QuietIslandsTests {
  /// Keeps some nodes at every output point.
  struct Keeper: TransientObserver {
    let nodes: [Int]
    /// Whether it says what it reads; where not, everything counts as read.
    let tells: Bool
    /// Whether it says that it reads at output points alone.
    let samples: Bool
    var times: [Double] = []
    var values: [[Double]] = []

    var needsRates: Bool { false }
    var readUnknowns: Set<Int>? { tells ? Set(nodes) : nil }
    var sampledUnknowns: Set<Int> { samples ? Set(nodes) : [] }
    var wantsSteps: Bool { false }

    mutating func output(_ point: SolutionPoint) {
      times.append(point.abscissa)
      values.append(nodes.map { point.evaluation.values[$0] })
    }

    mutating func step(
      from start: Double, to end: Double, point: (_ time: Double) -> SolutionPoint
    ) {}
  }

  private static let width = 8e-9

  /// One ramped pulse into lines of different delays, each with its load; # is the line's number.
  private func fanOut(_ count: Int, load: String) -> String {
    var text = "v1 s 0 pulse(0 1 1n 1n 1n 8n 1u)\nrs s in 1u\n"
    for k in 0..<count {
      text += "r\(k) in a\(k) 50\nt\(k) a\(k) 0 b\(k) 0 z0=50 td=\(delay(k))\n"
      text += load.split(separator: "#", omittingEmptySubsequences: false).joined(separator: "\(k)")
      text += "\n"
    }
    return text
  }

  private func delay(_ k: Int) -> Double { 5e-9 + 10e-12 * Double(k) }

  private func pulse(_ time: Double) -> Double {
    max(0, min(1, (time - 1e-9) / 1e-9, (11e-9 - time) / 1e-9))
  }

  private func run(
    _ cards: String, _ nodes: [String], tells: Bool = true, samples: Bool = false
  ) throws -> (keeper: Keeper, statistics: IDA.Statistics) {
    let deck = try DeckCase(cards + ".tran 100p 40n\n")
    let start = try deck.operatingPoint.solve(startsTransient: true)
    let places = try nodes.map { try #require(deck.circuit.nodeNames.firstIndex(of: $0)) }
    var keeper = Keeper(nodes: places, tells: tells, samples: samples)
    let card = TransientCard(printStep: 0.1e-9, stopTime: 40e-9, origin: .none)
    let outcome = try TransientAnalysis(deck.equations, card, deck.options)
      .run(from: start.x, &keeper)
    #expect(outcome.isComplete && keeper.times.count == 401)
    return (keeper, outcome.statistics)
  }

  /// The number of restarts is that of the corners somebody sees: four of the source, four of one
  /// line. Where everything is read it multiplies with the delays.
  @Test func cornersDoNotMultiply() throws {
    var restarts: [Int] = []
    for count in [10, 40] {
      let (keeper, statistics) = try run(fanOut(count, load: "rl# b# 0 50"), ["b3"])
      for (time, values) in zip(keeper.times, keeper.values) {
        #expect(abs(values[0] - 0.5 * pulse(time - delay(3))) < 1e-6, "at \(time)")
      }
      restarts.append(statistics.restarts)
    }
    #expect(restarts == [8, 8])
    let (_, all) = try run(fanOut(10, load: "rl# b# 0 50"), ["b3"], tells: false)
    #expect(all.restarts == 44)
  }

  /// All lines read: each is the pulse after its own delay.
  @Test func everyLineIsRight() throws {
    let (keeper, _) = try run(fanOut(10, load: "rl# b# 0 50"), (0..<10).map { "b\($0)" })
    for (time, values) in zip(keeper.times, keeper.values) {
      for (k, value) in values.enumerated() {
        #expect(abs(value - 0.5 * pulse(time - delay(k))) < 1e-6, "line \(k) at \(time)")
      }
    }
  }

  /// Lines that are only printed are computed from the history: exact, and they stop nothing.
  @Test func printedLinesAreDerived() throws {
    let load = "rl# b# c# 30\nrk# c# 0 20"
    let names = (0..<10).map { "b\($0)" } + (0..<10).map { "c\($0)" }
    let (keeper, statistics) = try run(fanOut(10, load: load), names, samples: true)
    #expect(statistics.restarts == 4)
    for (time, values) in zip(keeper.times, keeper.values) {
      for k in 0..<10 {
        let exact = 0.5 * pulse(time - delay(k)) / (1 + 1e-6 * 10 / 100)
        #expect(abs(values[k] - exact) < 1e-12, "line \(k) at \(time)")
        #expect(abs(values[10 + k] - 0.4 * exact) < 1e-12, "tap of line \(k) at \(time)")
      }
    }
  }

  /// Printed ends that answer or remember are integrated as before.
  @Test(arguments: ["rl# b# 0 150", "rl# b# 0 50\ncl# b# 0 1p"])
  func printedEndsThatAnswer(_ load: String) throws {
    let cards = fanOut(3, load: load)
    let (printed, some) = try run(cards, ["b0", "b2"], samples: true)
    let (reference, all) = try run(cards, ["b0", "b2"], tells: false)
    #expect(some.restarts == all.restarts)
    for (a, b) in zip(printed.values, reference.values) {
      #expect(abs(a[0] - b[0]) < 1e-6 && abs(a[1] - b[1]) < 1e-6)
    }
  }

  /// What comes back from unread ends that do not match is not lost.
  @Test func echoesOfUnreadEndsArrive() throws {
    let (keeper, _) = try run(fanOut(4, load: "rl# b# 0 150"), ["a0", "a3"])
    for (time, values) in zip(keeper.times, keeper.values) {
      for (value, k) in zip(values, [0, 3]) {
        let exact = 0.5 * pulse(time) + 0.25 * pulse(time - 2 * delay(k))
        #expect(abs(value - exact) < 2e-6, "line \(k) at \(time)")
      }
    }
  }

  @Test(
    arguments: [
      ("t1 a 0 b 0 z0=50 td=1n\nr1 b 0 50", "b", true),
      ("t1 a 0 b 0 z0=50 td=1n\nr1 b c 30\nr2 c 0 20", "c", true),
      // answers, remembers, is read, is not passive
      ("t1 a 0 b 0 z0=50 td=1n\nr1 b 0 51", "b", false),
      ("t1 a 0 b 0 z0=50 td=1n\nr1 b 0 50\nc1 b 0 1p", "b", false),
      ("t1 a 0 b 0 z0=50 td=1n\nr1 b out 50\nr2 out 0 1", "b", false),
      ("t1 a 0 b 0 z0=50 td=1n\nd1 b 0 dm\n.model dm d", "b", false),
      // a delay draws no current: nothing goes back, whatever its load
      ("ydelay d1 b 0 a 0 td=1n\nr1 b 0 1k\nc1 b 0 1p", "b", true),
      ("ydelay d1 b 0 a 0 td=1n\nl1 b c 1n\nr1 c 0 1k", "b", false),
      // a delay of a delay answers
      ("ydelay d1 b 0 a 0 td=1n\nr1 b 0 1k\nydelay d2 out 0 b 0 td=1n", "b", false),
    ])
  func islands(_ cards: String, _ node: String, _ isQuiet: Bool) throws {
    let deck = try DeckCase("v1 a 0 1\nr9 out 0 1k\n" + cards)
    let names = deck.circuit.nodeNames
    let x = [Double](repeating: 0, count: deck.equations.unknownCount)
    deck.equations.moment.analysis = .transient
    x.withUnsafeBufferPointer { deck.equations.loadPoint(0, $0.baseAddress!, nil) }
    deck.equations.startDelays(at: 0, imposesInitial: false)
    let islands = QuietIslands(
      deck.equations, read: [try #require(names.firstIndex(of: "out"))])
    #expect(islands.isQuiet[try #require(names.firstIndex(of: node))] == isQuiet)
    #expect(!islands.isQuiet[try #require(names.firstIndex(of: "a"))])
  }

  /// Lines between resistances need one Jacobian; a capacitor's changes with the step.
  @Test func jacobiansThatNeverChange() throws {
    let (_, still) = try run(fanOut(3, load: "rl# b# 0 50"), ["b1"])
    #expect(still.nonlinearIterations == still.steps + still.errorTestFailures)
    #expect(still.pivotings + still.refactorisations <= 2)
    let (_, moving) = try run(fanOut(3, load: "rl# b# 0 50\ncl# b# 0 1p"), ["b1"])
    #expect(moving.nonlinearIterations > moving.steps)
  }
}
