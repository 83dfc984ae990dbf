import Devices
import Numerics
import Simulation
import Testing

@Suite struct DelayedSignalsTests {
  typealias Term = EquationLayout.DelayedSignal.Term

  /// Delays of linear forms of the nodes 1..., with memory to evaluate them.
  final class Rig {
    let layout: EquationLayout
    let delays: DelayedSignals
    let unknowns: [Int32]
    private let memory: UnsafeMutablePointer<Double>
    private let size: Int
    private let entries: Int

    init(nodes: Int, _ signals: [(terms: [Term], delay: Double, initial: Double?)]) {
      layout = EquationLayout(nodeCount: nodes + 1)
      let layout = layout
      unknowns = signals.map {
        layout.delay($0.terms, by: $0.delay, instance: 0, initial: $0.initial)
      }
      delays = DelayedSignals(layout)
      delays.declareEntries(layout)
      entries = layout.entryCount
      delays.bind((0..<Int32(entries)).map { $0 })
      size = layout.unknowns.count
      memory = .allocate(capacity: 4 * size + 2 * entries)
      memory.initialize(repeating: 0, count: 4 * size + 2 * entries)
    }

    deinit { memory.deallocate() }

    var values: UnsafeMutablePointer<Double> { memory }
    var rates: UnsafeMutablePointer<Double> { memory + size }
    var residuals: UnsafeMutablePointer<Double> { memory + 2 * size }
    var matrix: UnsafeMutablePointer<Double> { memory + 4 * size }

    private func evaluation(_ moment: Moment) -> Evaluation {
      Evaluation(
        moment: moment, values: values, rates: rates, currents: residuals,
        charges: memory + 3 * size, conductances: matrix, capacitances: matrix + entries,
        rateFactor: 0)
    }

    /// What the delayed unknowns would have to be, all being 0.
    func outputs(_ moment: Moment) -> [Double] {
      for i in 0..<size { residuals[i] = 0 }
      delays.evaluate(evaluation(moment))
      return unknowns.map { values[Int($0)] - residuals[Int($0)] }
    }

    func output(at time: Double, left: Bool = false) -> Double {
      var moment = Moment(time: time)
      moment.takesLeftLimit = left
      return outputs(moment)[0]
    }

    func entries(_ moment: Moment) -> [Double] {
      for i in 0..<entries { matrix[i] = 0 }
      delays.linearise(evaluation(moment))
      return (0..<entries).map { matrix[$0] }
    }
  }

  @Test func historiesAreShared() {
    var signals: [(terms: [Term], delay: Double, initial: Double?)] = []
    for k in 0..<10_000 {
      let term = Term(unknown: Int32(1 + k % 100), coefficient: 1)
      signals.append(([term], 1e-9 * Double(1 + k % 250), nil))
    }
    let rig = Rig(nodes: 100, signals)
    #expect(rig.delays.historyCount == 100)
    #expect(rig.delays.readingCount == 500)
    for node in 1...100 { rig.values[node] = Double(node) }
    rig.delays.start(time: 0, values: rig.values)
    let outputs = rig.outputs(Moment(time: 1e-9))
    #expect(outputs.enumerated().allSatisfy { abs($1 - Double(1 + $0 % 100)) < 1e-12 })
  }

  @Test func termsAreSummedAndGroundIsLeftOut() {
    let rig = Rig(
      nodes: 2,
      [
        ([Term(unknown: 1, coefficient: 2), Term(unknown: 0, coefficient: -1)], 1, nil),
        ([Term(unknown: 1, coefficient: 1), Term(unknown: 1, coefficient: 1)], 1, nil),
        ([Term(unknown: 2, coefficient: 1), Term(unknown: 2, coefficient: -1)], 1, nil),
      ])
    #expect(rig.delays.historyCount == 2)
    rig.values[1] = 3
    rig.delays.start(time: 0, values: rig.values)
    #expect(rig.outputs(Moment(analysis: .operatingPoint)) == [6, 6, 0])
  }

  private func horner(_ t: Double, _ coefficients: [Double]) -> Double {
    coefficients.reduce(0) { $0 * t + $1 }
  }

  /// A quintic, recorded on uneven steps, comes back exactly, whether the delay is longer or
  /// shorter than the step; below the step the derivative is that of the polynomial.
  @Test(arguments: [0.9, 0.05, 1e-3])
  func polynomialsAreExact(delay: Double) {
    func signal(_ t: Double) -> Double { horner(t, [1, -2, 0.3, -1, 2, -0.5]) }
    let rig = Rig(nodes: 1, [([Term(unknown: 1, coefficient: 1)], delay, nil)])
    rig.values[1] = signal(0)
    rig.delays.start(time: 0, values: rig.values)
    var time = 0.0
    for step in 1...24 {
      time += step % 3 == 0 ? 0.11 : 0.13
      rig.values[1] = signal(time)
      rig.delays.accept(time: time, values: rig.values, rates: rig.rates)
    }
    let now = time + 0.12
    rig.values[1] = signal(now)
    #expect(abs(rig.output(at: now) - signal(now - delay)) < 1e-10)
    let entries = rig.entries(Moment(time: now))
    #expect(entries[0] == 1)
    rig.values[1] += 1
    let slope = rig.output(at: now) - signal(now - delay)
    #expect(abs(entries[1] + slope) < 1e-10)
    #expect((abs(slope) > 1e-6) == (delay < 0.12))
  }

  @Test func jumpsHaveTwoSidesAndBecomeBreakpoints() {
    let rig = Rig(nodes: 1, [([Term(unknown: 1, coefficient: 1)], 0.3, nil)])
    rig.delays.start(time: 0, values: rig.values)
    #expect(rig.delays.nextBreakpoint(after: 0) == .infinity)
    rig.delays.accept(time: 0.1, values: rig.values, rates: rig.rates)
    rig.values[1] = 1
    rig.delays.restart(time: 0.1, values: rig.values, rates: rig.rates)
    let corner = rig.delays.nextBreakpoint(after: 0.1)
    #expect(abs(corner - 0.4) < 1e-15)
    rig.delays.accept(time: 0.25, values: rig.values, rates: rig.rates)
    rig.values[1] = 5
    #expect(rig.output(at: corner, left: true) == 0)
    #expect(rig.output(at: corner) == 1)
    #expect(rig.output(at: 0.39) == 0)
    #expect(rig.output(at: 0.41) == 1)
    #expect(rig.delays.nextBreakpoint(after: corner) == .infinity)
  }

  @Test func cornersBreakAndSmoothRestartsDoNot() {
    let rig = Rig(nodes: 1, [([Term(unknown: 1, coefficient: 1)], 0.5, nil)])
    rig.delays.start(time: 0, values: rig.values)
    rig.rates[1] = 2
    rig.delays.restart(time: 0, values: rig.values, rates: rig.rates)
    #expect(rig.delays.nextBreakpoint(after: 0) == 0.5)
    rig.values[1] = 0.4
    rig.delays.accept(time: 0.2, values: rig.values, rates: rig.rates)
    rig.delays.restart(time: 0.2, values: rig.values, rates: rig.rates)
    #expect(rig.delays.nextBreakpoint(after: 0.5) == .infinity)
  }

  /// Behind a corner consistent values are a little later than it: what they have moved by since is
  /// no jump, and the history has the corner where it was.
  @Test func cornersKeepTheirPlace() {
    let rig = Rig(nodes: 1, [([Term(unknown: 1, coefficient: 1)], 0.5, nil)])
    rig.delays.start(time: 0, values: rig.values)
    rig.delays.accept(time: 0.2, values: rig.values, rates: rig.rates)
    rig.values[1] = 3e-3
    rig.rates[1] = 3
    rig.delays.restart(time: 0.2, elapsed: 1e-3, values: rig.values, rates: rig.rates)
    #expect(abs(rig.delays.nextBreakpoint(after: 0.2) - 0.7) < 1e-15)
    rig.values[1] = 0.6
    rig.delays.accept(time: 0.4, values: rig.values, rates: rig.rates)
    #expect(abs(rig.output(at: 0.7)) < 1e-13)
    #expect(abs(rig.output(at: 0.8) - 0.3) < 1e-13)
  }

  /// Thousands of signals that bend at once break the unknowns of one delay once.
  @Test func breakpointsAreSharedByDelay() {
    var signals: [(terms: [Term], delay: Double, initial: Double?)] = []
    for k in 0..<2000 {
      signals.append(([Term(unknown: Int32(1 + k % 100), coefficient: 1)], Double(1 + k % 7), nil))
    }
    let rig = Rig(nodes: 100, signals)
    #expect(rig.delays.groupCount == 7)
    rig.delays.start(time: 0, values: rig.values)
    for node in 1...100 { rig.values[node] = 1 }
    rig.delays.restart(time: 0, values: rig.values, rates: rig.rates)
    var (stops, time) = (0, 0.0)
    while rig.delays.nextBreakpoint(after: time).isFinite {
      time = rig.delays.nextBreakpoint(after: time)
      stops += 1
    }
    #expect(stops == 7)
  }

  @Test func initialValuesAreReadWhereTheyAreImposed() {
    let signals: [(terms: [Term], delay: Double, initial: Double?)] = [
      ([Term(unknown: 1, coefficient: 1)], 0.5, -3)
    ]
    let rig = Rig(nodes: 1, signals)
    rig.values[1] = 2
    #expect(rig.outputs(Moment(analysis: .initial, initialRate: 1e12)) == [-3])
    #expect(rig.outputs(Moment(analysis: .operatingPoint)) == [2])
    rig.delays.start(time: 0, values: rig.values, imposesInitial: true)
    #expect(rig.delays.nextBreakpoint(after: 0) == 0.5)
    rig.delays.accept(time: 0.4, values: rig.values, rates: rig.rates)
    #expect(rig.output(at: 0.5, left: true) == -3)
    #expect(rig.output(at: 0.5) == 2)
    rig.delays.start(time: 0, values: rig.values)
    #expect(rig.output(at: 0.3) == 2)
    #expect(rig.delays.nextBreakpoint(after: 0) == .infinity)
  }

  @Test func smallSignalsTurnByOmegaDelay() {
    let rig = Rig(nodes: 1, [([Term(unknown: 1, coefficient: -2)], 0.25, nil)])
    var sums = [Complex(0, 0), Complex(0, 0)]
    rig.delays.smallSignal(3) {
      sums[$0] = Complex(sums[$0].real + $1.real, sums[$0].imaginary + $1.imaginary)
    }
    #expect(sums[0].real == 1 && sums[0].imaginary == 0)
    #expect(abs(sums[1].real - 2 * cosine(0.75)) < 1e-15)
    #expect(abs(sums[1].imaginary + 2 * sine(0.75)) < 1e-15)
  }
}
