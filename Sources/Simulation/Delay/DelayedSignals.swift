// The equations of delayed unknowns,
//
//     0 = w - s(t - delay),   s = sum over k of c_k x_k,
//
// for all delays of a circuit together. One history is kept for each distinct signal s, however
// many delays read it, and one reading for each distinct pair of signal and delay. At a time t a
// reading is affine in the signal's present value,
//
//     s(t - delay) = base + weight s(t),
//
// with weight 0 where the delay is longer than the step and the polynomial's own weight where it is
// shorter; so it is looked up once a step, not once an iteration.

public import Devices
import Integration
public import Numerics

/// The delayed unknowns of a circuit: their histories, equations and breakpoints.
///
/// Once each, in this order: `declareEntries`, `bind`. Then for each analysis `start`; after each
/// accepted step `accept`; after each restart `restart`. `evaluate` and `linearise` in between.
public final class DelayedSignals {
  public typealias Term = EquationLayout.DelayedSignal.Term

  /// A linear form of unknowns and its past.
  struct Signal {
    var terms: Range<Int>
    var history: SignalHistory
    /// At the last point recorded: value and slope, and the largest magnitude so far.
    var value = 0.0
    var slope = 0.0
    var scale = 0.0
  }

  /// One signal, one delay; several unknowns may repeat it.
  struct Reading {
    var signal: Int
    var delay: Double
    /// Before the start, where initial conditions are imposed.
    var initial: Double?
    var propagatesCorners: Bool
    var cursor = SignalHistory.Cursor()
    var base = 0.0
    var weight = 0.0
  }

  var signals: [Signal] = []
  var readings: [Reading] = []
  /// The terms of all signals, and of each reading's place in the matrix.
  private var termUnknowns: [Int32] = []
  private var termCoefficients: [Double] = []
  /// By delayed unknown.
  private let unknowns: [Int32]
  private var readingOf: [Int32] = []
  private var firstSlots: [Int] = []
  private var slots: [Int32] = []
  private var firstEntry = 0
  /// Where the readings' bases and weights belong.
  private var evaluatedTime = Double.nan
  private var evaluatedLeft = false
  private var present: [Double] = []
  var startTime = 0.0
  var imposesInitial = false
  var breakpoints = BreakpointQueue()

  public init(_ layout: EquationLayout) {
    let delayed = layout.delayedSignals
    unknowns = delayed.map(\.unknown)
    build(delayed)
  }

  public var isEmpty: Bool { unknowns.isEmpty }
  /// Distinct signals: histories kept.
  public var historyCount: Int { signals.count }
  /// Distinct pairs of signal and delay.
  public var readingCount: Int { readings.count }

  private struct SignalKey: Hashable {
    var terms: [Term]
    var isLinear: Bool
  }

  private struct ReadingKey: Hashable {
    var signal: Int
    var delay: Double
    var initial: Double?
    var propagatesCorners: Bool
  }

  private func build(_ delayed: [EquationLayout.DelayedSignal]) {
    var signalOf: [SignalKey: Int] = [:]
    var known: [ReadingKey: Int] = [:]
    var reaches: [Double] = []
    var keys: [SignalKey] = []
    for signal in delayed {
      let key = SignalKey(
        terms: Self.collected(signal.terms), isLinear: signal.interpolatesLinearly)
      let index = signalOf[key] ?? keys.count
      if index == keys.count {
        signalOf[key] = index
        keys.append(key)
        reaches.append(0)
      }
      reaches[index] = max(reaches[index], signal.delay)
      let readingKey = ReadingKey(
        signal: index, delay: signal.delay, initial: signal.initial,
        propagatesCorners: signal.propagatesCorners)
      let reading = known[readingKey] ?? readings.count
      if reading == readings.count {
        known[readingKey] = reading
        readings.append(
          Reading(
            signal: index, delay: signal.delay, initial: signal.initial,
            propagatesCorners: signal.propagatesCorners))
      }
      readingOf.append(Int32(reading))
    }
    for (key, reach) in zip(keys, reaches) {
      let first = termUnknowns.count
      termUnknowns += key.terms.map(\.unknown)
      termCoefficients += key.terms.map(\.coefficient)
      signals.append(
        Signal(
          terms: first..<termUnknowns.count,
          history: SignalHistory(
            reach: reach * (1 + 1e-9), interpolation: key.isLinear ? .linear : .smooth)))
    }
    present = Array(repeating: 0, count: signals.count)
  }

  /// Each unknown once, ground left out, in order.
  private static func collected(_ terms: [Term]) -> [Term] {
    var sums: [Int32: Double] = [:]
    for term in terms where term.unknown != 0 { sums[term.unknown, default: 0] += term.coefficient }
    return sums.filter { $0.value != 0 }.sorted { $0.key < $1.key }
      .map { Term(unknown: $0.key, coefficient: $0.value) }
  }

  public func declareEntries(_ layout: EquationLayout) {
    firstEntry = layout.entryCount
    for (unknown, reading) in zip(unknowns, readingOf) {
      layout.declare(row: unknown, column: unknown)
      for term in signals[readings[Int(reading)].signal].terms {
        layout.declare(row: unknown, column: termUnknowns[term])
      }
    }
  }

  /// Takes the entries' places, `slots[layout.firstEntry...]`, in the order declared.
  public func bind(_ all: [Int32]) {
    firstSlots = []
    var next = firstEntry
    for reading in readingOf {
      firstSlots.append(next - firstEntry)
      next += 1 + signals[readings[Int(reading)].signal].terms.count
    }
    slots = Array(all[firstEntry..<next])
  }

  func valueOfSignal(_ index: Int, _ values: UnsafePointer<Double>) -> Double {
    var sum = 0.0
    for term in signals[index].terms {
      sum += termCoefficients[term] * values[Int(termUnknowns[term])]
    }
    return sum
  }

  /// Whatever has been looked up no longer holds.
  func forgetReadings() { evaluatedTime = .nan }

  /// Adds f of the delayed unknowns' rows.
  public func evaluate(_ evaluation: Evaluation) {
    guard !isEmpty else { return }
    look(evaluation.moment)
    for index in signals.indices { present[index] = valueOfSignal(index, evaluation.values) }
    for (unknown, reading) in zip(unknowns, readingOf) {
      let reading = readings[Int(reading)]
      evaluation.currents[Int(unknown)] +=
        evaluation.values[Int(unknown)] - reading.base - reading.weight * present[reading.signal]
    }
  }

  /// Adds df/dx.
  public func linearise(_ evaluation: Evaluation) {
    guard !isEmpty else { return }
    look(evaluation.moment)
    for (index, reading) in readingOf.enumerated() {
      let reading = readings[Int(reading)]
      var slot = firstSlots[index]
      evaluation.conductances[Int(slots[slot])] += 1
      guard reading.weight != 0 else { continue }
      for term in signals[reading.signal].terms {
        slot += 1
        evaluation.conductances[Int(slots[slot])] -= reading.weight * termCoefficients[term]
      }
    }
  }

  /// Small-signal entries at `angularFrequency`, rad/s: 1 and -c_k exp(-j omega delay), by slot.
  public func smallSignal(
    _ angularFrequency: Double, add: (_ slot: Int, _ value: Complex) -> Void
  ) {
    for (index, reading) in readingOf.enumerated() {
      let reading = readings[Int(reading)]
      let angle = angularFrequency * reading.delay
      var slot = firstSlots[index]
      add(Int(slots[slot]), Complex(1, 0))
      for term in signals[reading.signal].terms {
        slot += 1
        let factor = -termCoefficients[term]
        add(Int(slots[slot]), Complex(factor * cosine(angle), -factor * sine(angle)))
      }
    }
  }

  /// Brings bases and weights to the moment's time.
  private func look(_ moment: Moment) {
    if moment.analysis == .transient {
      guard moment.time != evaluatedTime || moment.takesLeftLimit != evaluatedLeft else { return }
      (evaluatedTime, evaluatedLeft) = (moment.time, moment.takesLeftLimit)
      for index in readings.indices { read(index, moment.time, left: moment.takesLeftLimit) }
      return
    }
    forgetReadings()
    for index in readings.indices {
      if moment.initialRate > 0, let initial = readings[index].initial {
        (readings[index].base, readings[index].weight) = (initial, 0)
      } else {
        (readings[index].base, readings[index].weight) = (0, 1)
      }
    }
  }

  /// A jump may lie exactly at the time read, which is rounded: it is passed by some units in the
  /// last place, towards the side asked for.
  private func read(_ index: Int, _ now: Double, left: Bool) {
    let reading = readings[index]
    let margin = 8 * max(abs(now), reading.delay).ulp
    if reading.delay <= 2 * margin {
      (readings[index].base, readings[index].weight) = (0, 1)
      return
    }
    let past = now - reading.delay + (left ? -margin : margin)
    if past < startTime, imposesInitial, let initial = reading.initial {
      (readings[index].base, readings[index].weight) = (initial, 0)
      return
    }
    let result = signals[reading.signal].history.read(
      at: past, now: (now, 0), cursor: &readings[index].cursor)
    (readings[index].base, readings[index].weight) = (result.value, result.weight)
  }
}
