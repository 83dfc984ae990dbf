// What the delays remember, and where it makes the future break.
//
// A corner or a jump of a signal is one of the delayed unknown `delay` later, where the integration
// has to stop and start anew. Echoes between lines would multiply such times without bound, so that
// only those are passed on that can be seen: a jump or a change of slope against the largest terms
// the signal has had (what a matched end sends back is their rounding). What has become smooth on
// its way (through a capacitor, say) breaks nothing.

import Integration

extension DelayedSignals {
  /// A jump below this part of the signal's largest terms is none.
  private static let jumpLeast = 1e-6
  /// A change of slope below this part of the slopes themselves is none.
  private static let slopeLeast = 1e-3
  /// What a change of slope must amount to over the longest delay, against the largest terms:
  /// for a new piece of history, and for a stop.
  private static let cornerLeast = 1e-9
  private static let stopLeast = 1e-5

  /// Begins a transient: for all earlier times the signals had the values given, or delays their
  /// own `initial` where these are imposed.
  public func start(
    time: Double, values: UnsafePointer<Double>, imposesInitial: Bool = false
  ) {
    self.imposesInitial = imposesInitial
    startTime = time
    breakpoints.removeAll()
    forgetReadings()
    history.removeAll()
    for index in 0..<signalCount {
      let value = valueOfSignal(index, values)
      present[index] = value
      signals[index] = Present(value: value, slope: 0, scale: sizeOfSignal(index, values))
    }
    history.append(time: time, values: present)
    // before the start nothing moved; what moves afterwards is another piece
    history.append(time: time, values: present)
    for group in groups where !group.isSeen {
      for reading in group.readings {
        (bases[reading], weights[reading]) = (signals[Int(signalOf[reading])].value, 0)
      }
    }
    guard imposesInitial else { return }
    for (index, reading) in plan.readings.enumerated()
    where reading.propagatesCorners && isSeen[index] {
      guard let initial = reading.initial, initial != signals[reading.signal].value else {
        continue
      }
      groups[reading.group].breaks = true
    }
    pass(time)
  }

  /// Records an accepted step.
  public func accept(
    time: Double, values: UnsafePointer<Double>, rates: UnsafePointer<Double>
  ) {
    forgetReadings()
    for index in 0..<signalCount {
      var (value, slope, size) = (0.0, 0.0, 0.0)
      for k in Int(termStarts[index])..<Int(termStarts[index + 1]) {
        let (unknown, factor) = (Int(terms[k].unknown), terms[k].coefficient)
        value += factor * values[unknown]
        slope += factor * rates[unknown]
        size += abs(factor * values[unknown])
      }
      present[index] = value
      signals[index] = Present(value: value, slope: slope, scale: max(signals[index].scale, size))
    }
    history.append(time: time, values: present)
  }

  /// Records what a restart at the time accepted last has made of values and rates: if signals
  /// have jumped or changed their slope a new piece begins, and the delays that read them break
  /// at `time + delay`.
  ///
  /// - Parameter elapsed: seconds from `time` to the values, which have moved on with the rates.
  public func restart(
    time: Double, elapsed: Double = 0, values: UnsafePointer<Double>, rates: UnsafePointer<Double>
  ) {
    forgetReadings()
    var begins = false
    for index in 0..<signalCount {
      let slope = valueOfSignal(index, rates)
      let value = valueOfSignal(index, values) - elapsed * slope
      let before = signals[index]
      let scale = max(before.scale, sizeOfSignal(index, values))
      let jumps = abs(value - before.value) > Self.jumpLeast * scale
      let bend = bend(before.slope, slope) * history.reach
      present[index] = jumps ? value : before.value
      guard jumps || bend > Self.cornerLeast * scale else { continue }
      begins = true
      signals[index] = Present(value: present[index], slope: slope, scale: scale)
      if jumps || bend > Self.stopLeast * scale {
        for reading in plan.readers(of: index)
        where plan.readings[reading].propagatesCorners && isSeen[reading] {
          groups[plan.readings[reading].group].breaks = true
        }
      }
    }
    if begins { history.append(time: time, values: present) }
    pass(time)
  }

  /// The change of slope where it counts as one, otherwise 0.
  private func bend(_ old: Double, _ new: Double) -> Double {
    let change = abs(new - old)
    return change > Self.slopeLeast * max(abs(old), abs(new)) ? change : 0
  }

  /// Whatever of the present breaks a delayed unknown does so a delay later, once for all signals.
  private func pass(_ time: Double) {
    for index in groups.indices where groups[index].breaks {
      groups[index].breaks = false
      if groups[index].delay > 0 { breakpoints.insert(time + groups[index].delay) }
    }
  }

  /// The next time at which a delayed signal jumps or bends; infinity where none does.
  public func nextBreakpoint(after time: Double) -> Double { breakpoints.next(after: time) }
}
