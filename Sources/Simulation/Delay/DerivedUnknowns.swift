import Integration

/// Unknowns of quiet islands at any time up to the present, from the histories of delayed signals.
final class DerivedUnknowns {
  private struct Term {
    var reading: Int
    var coefficient: Double
  }

  private let delayed: DelayedSignals
  /// Ground removed.
  private var unknowns: [Int] = []
  private var terms: [Term] = []
  private var ends: [Int] = []
  /// The groups that are read, and the readers' own cursors.
  private var groups: [(index: Int, cursor: SignalHistory.Cursor)] = []
  /// By group of delays.
  private var stencils: [SignalHistory.Stencil?]

  /// Nil where there are none.
  init?(_ derived: [QuietIslands.Derived], _ delayed: DelayedSignals) {
    if derived.isEmpty { return nil }
    self.delayed = delayed
    stencils = Array(repeating: nil, count: delayed.groupCount)
    var readingOf: [Int32: Int] = [:]
    for k in 0..<delayed.unknownCount {
      readingOf[delayed.unknowns[k]] = Int(delayed.readingOf[k])
    }
    var used: Set<Int> = []
    for own in derived {
      unknowns.append(Int(own.unknown) - 1)
      for term in own.terms where term.coefficient != 0 {
        guard let reading = readingOf[term.delayed] else { continue }
        terms.append(Term(reading: reading, coefficient: term.coefficient))
        used.insert(delayed.plan.readings[reading].group)
      }
      ends.append(terms.count)
    }
    groups = used.sorted().map { ($0, SignalHistory.Cursor()) }
  }

  /// Writes the unknowns at `time`, not behind the last accepted step, into `values`; at a jump
  /// those before it.
  func write(at time: Double, into values: UnsafeMutablePointer<Double>) {
    for place in groups.indices {
      let group = delayed.groups[groups[place].index]
      let margin = 8 * max(abs(time), group.delay).ulp
      stencils[groups[place].index] = delayed.history.stencil(
        at: time - group.delay - margin, interpolation: group.interpolation,
        cursor: &groups[place].cursor)
    }
    var first = 0
    for (k, unknown) in unknowns.enumerated() {
      var sum = 0.0
      for term in terms[first..<ends[k]] { sum += term.coefficient * value(term.reading, time) }
      values[unknown] = sum
      first = ends[k]
    }
  }

  private func value(_ index: Int, _ time: Double) -> Double {
    let reading = delayed.plan.readings[index]
    if delayed.imposesInitial, let initial = reading.initial,
      time - reading.delay <= delayed.startTime
    {
      return initial
    }
    guard let stencil = stencils[reading.group] else { return 0 }
    return delayed.history.value(stencil, of: reading.signal)
  }
}
