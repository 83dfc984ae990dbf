// What the delays remember, and where it makes the future break.
//
// A corner or a jump of a signal is one of the delayed unknown `delay` later, where the integration
// has to stop and start anew. Echoes between lines would multiply such times without bound, so that
// only those are passed on that can be seen: a jump or a change of slope against the largest value
// the signal has had. What has become smooth on its way (through a capacitor, say) breaks nothing.

extension DelayedSignals {
  /// A jump below this part of the signal's largest magnitude is none.
  private static let jumpLeast = 1e-6
  /// A change of slope below this part of the slopes themselves is none.
  private static let slopeLeast = 1e-3
  /// What a change of slope must amount to over the longest delay, against the largest magnitude:
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
    for index in signals.indices {
      let value = valueOfSignal(index, values)
      signals[index].history.removeAll()
      signals[index].history.append(time: time, value: value)
      // before the start nothing moved; what moves afterwards is another piece
      signals[index].history.markCorner()
      (signals[index].value, signals[index].slope) = (value, 0)
      signals[index].scale = abs(value)
    }
    guard imposesInitial else { return }
    for reading in readings where reading.propagatesCorners && reading.delay > 0 {
      guard let initial = reading.initial, initial != signals[reading.signal].value else {
        continue
      }
      breakpoints.insert(time + reading.delay)
    }
  }

  /// Records an accepted step.
  public func accept(
    time: Double, values: UnsafePointer<Double>, rates: UnsafePointer<Double>
  ) {
    forgetReadings()
    for index in signals.indices {
      let value = valueOfSignal(index, values)
      signals[index].history.append(time: time, value: value)
      (signals[index].value, signals[index].slope) = (value, valueOfSignal(index, rates))
      signals[index].scale = max(signals[index].scale, abs(value))
    }
  }

  /// Records what a restart at the time accepted last has made of values and rates: the signals
  /// that have jumped or changed their slope begin a new piece, and the delays that read them break
  /// at `time + delay`.
  public func restart(
    time: Double, values: UnsafePointer<Double>, rates: UnsafePointer<Double>
  ) {
    forgetReadings()
    for index in signals.indices {
      let value = valueOfSignal(index, values)
      let slope = valueOfSignal(index, rates)
      let before = signals[index]
      let scale = max(before.scale, abs(value))
      let jump = abs(value - before.value)
      let jumps = jump > Self.jumpLeast * scale
      let bend = bend(before.slope, slope) * before.history.reach
      if jumps {
        signals[index].history.append(time: time, value: value)
        signals[index].value = value
      } else if bend > Self.cornerLeast * scale {
        signals[index].history.markCorner()
      } else {
        continue
      }
      (signals[index].slope, signals[index].scale) = (slope, scale)
      if jumps || bend > Self.stopLeast * scale { propagate(index, time) }
    }
  }

  /// The change of slope where it counts as one, otherwise 0.
  private func bend(_ old: Double, _ new: Double) -> Double {
    let change = abs(new - old)
    return change > Self.slopeLeast * max(abs(old), abs(new)) ? change : 0
  }

  private func propagate(_ signal: Int, _ time: Double) {
    for reading in readings where reading.signal == signal && reading.propagatesCorners {
      if reading.delay > 0 { breakpoints.insert(time + reading.delay) }
    }
  }

  /// The next time at which a delayed signal jumps or bends; infinity where none does.
  public func nextBreakpoint(after time: Double) -> Double { breakpoints.next(after: time) }
}
