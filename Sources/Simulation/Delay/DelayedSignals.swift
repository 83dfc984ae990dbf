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
// shorter; so it is looked up once a step, not once an iteration. Readings of one delay lie at the
// same place of all histories: they are a group, whose place and weights are found once.

public import Devices
import Integration

/// The delayed unknowns of a circuit: their histories, equations and breakpoints.
///
/// Once each, in this order: `declareEntries`, `bind`. Then for each analysis `start`; after each
/// accepted step `accept`; after each restart `restart`. `evaluate` and `linearise` in between.
public final class DelayedSignals {
  public typealias Term = EquationLayout.DelayedSignal.Term

  /// At the last point recorded: value and slope, and the largest size of its terms so far.
  struct Present {
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
    var group = 0
  }

  /// The readings of one delay.
  struct Group {
    var delay: Double
    var interpolation: SignalHistory.Interpolation
    var readings: Range<Int>
    var cursor = SignalHistory.Cursor()
    /// Whether what arrives can be seen at one of the readings.
    var isSeen = true
    /// Whether a signal has just broken that one of the readings passes on.
    var breaks = false
  }

  let plan: Plan
  let signalCount: Int
  let signals: UnsafeMutablePointer<Present>
  var groups: [Group]
  let history: SignalHistory
  /// The terms of signal k are `termStarts[k]..<termStarts[k + 1]`.
  let termStarts: UnsafeMutablePointer<Int32>
  let terms: UnsafeMutablePointer<Term>
  /// By reading.
  let signalOf: UnsafeMutablePointer<Int32>
  let bases: UnsafeMutablePointer<Double>
  let weights: UnsafeMutablePointer<Double>
  /// By delayed unknown: the unknown, its reading, the place of its first entry in `slots`.
  let unknownCount: Int
  let unknowns: UnsafeMutablePointer<Int32>
  let readingOf: UnsafeMutablePointer<Int32>
  var firstSlots: [Int] = []
  var slots: [Int32] = []
  /// By signal: values at the present evaluation.
  let present: UnsafeMutablePointer<Double>
  private(set) var firstEntry = 0
  /// Where the readings' bases and weights belong.
  var evaluatedTime = Double.nan
  var evaluatedLeft = false
  /// Whether a weight may be other than zero, now and in the matrix added last.
  var hasWeights = true
  var hadWeights = true
  /// By reading: whether what arrives there can be seen.
  private(set) var isSeen: [Bool]
  var startTime = 0.0
  var imposesInitial = false
  var breakpoints = BreakpointQueue()

  public init(_ layout: EquationLayout) {
    plan = Plan(layout.delayedSignals)
    signalCount = plan.signalTerms.count
    signals = Self.copied(Array(repeating: Present(), count: signalCount))
    groups = plan.groups
    isSeen = Array(repeating: true, count: plan.readings.count)
    history = SignalHistory(signalCount: signalCount, reach: plan.reach * (1 + 1e-9))
    var starts: [Int32] = [0]
    for terms in plan.signalTerms { starts.append(starts[starts.count - 1] + Int32(terms.count)) }
    termStarts = Self.copied(starts)
    terms = Self.copied(plan.signalTerms.flatMap { $0 })
    signalOf = Self.copied(plan.readings.map { Int32($0.signal) })
    bases = Self.copied(Array(repeating: 0, count: plan.readings.count))
    weights = Self.copied(Array(repeating: 0, count: plan.readings.count))
    unknownCount = layout.delayedSignals.count
    unknowns = Self.copied(layout.delayedSignals.map(\.unknown))
    readingOf = Self.copied(plan.readingOf)
    present = Self.copied(Array(repeating: 0, count: signalCount))
  }

  deinit {
    signals.deallocate()
    termStarts.deallocate()
    terms.deallocate()
    signalOf.deallocate()
    bases.deallocate()
    weights.deallocate()
    unknowns.deallocate()
    readingOf.deallocate()
    present.deallocate()
  }

  private static func copied<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    memory.initialize(from: elements, count: elements.count)
    return memory
  }

  public var isEmpty: Bool { unknownCount == 0 }
  /// Distinct signals: histories kept.
  public var historyCount: Int { signalCount }
  /// Distinct pairs of signal and delay.
  public var readingCount: Int { plan.readings.count }
  /// Distinct delays: places looked up a step.
  public var groupCount: Int { groups.count }

  var delayedUnknowns: UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: unknowns, count: unknownCount)
  }

  /// At delayed unknowns that `isQuiet` names (by unknown) corners and jumps break nothing, and
  /// signals made of such unknowns stand still. Where a delay leads to no others, or from no
  /// others, delayed unknowns keep the values of the start. After `start`, which is then repeated.
  func leave(_ isQuiet: [Bool]) {
    isSeen = Array(repeating: false, count: isSeen.count)
    for k in 0..<unknownCount where !isQuiet[Int(unknowns[k])] {
      let reading = plan.readings[Int(readingOf[k])]
      let stands = plan.signalTerms[reading.signal].allSatisfy { isQuiet[Int($0.unknown)] }
      let jumps =
        imposesInitial && reading.initial.map { $0 != signals[reading.signal].value } ?? false
      if !stands || jumps { isSeen[Int(readingOf[k])] = true }
    }
    for index in groups.indices {
      groups[index].isSeen = groups[index].readings.contains { isSeen[$0] }
    }
  }

  public func declareEntries(_ layout: EquationLayout) {
    firstEntry = layout.entryCount
    for k in 0..<unknownCount {
      layout.declare(row: unknowns[k], column: unknowns[k])
      for term in plan.terms(ofReading: readingOf[k]) {
        layout.declare(row: unknowns[k], column: term.unknown)
      }
    }
  }

  /// Takes the entries' places, `slots[layout.firstEntry...]`, in the order declared.
  public func bind(_ all: [Int32]) {
    firstSlots = []
    var next = firstEntry
    for k in 0..<unknownCount {
      firstSlots.append(next - firstEntry)
      next += 1 + plan.terms(ofReading: readingOf[k]).count
    }
    slots = Array(all[firstEntry..<next])
  }
}
