/// The times at which a signal rises through a level.
///
/// Times lie between samples by linear interpolation. A crossing counts only after the signal has
/// been `hysteresis` below the level, so that noise does not cross twice.
public struct ZeroCrossings: Equatable, Sendable {
  /// Seconds, rising.
  public let times: [Double]

  /// - Parameters:
  ///   - level: in the signal's unit.
  ///   - hysteresis: in the signal's unit, not negative.
  public init(_ signal: Signal, level: Double = 0, hysteresis: Double = 0) {
    precondition(hysteresis >= 0, "a hysteresis is not negative")
    var times: [Double] = []
    var armed = false
    var crossing: Double?
    for index in signal.samples.indices {
      let value = signal.samples[index] - level
      if index > 0 {
        let before = signal.samples[index - 1] - level
        if armed, before < 0, value >= 0 {
          crossing =
            signal.start + (Double(index - 1) + before / (before - value)) * signal.interval
        }
      }
      if value < -hysteresis || (hysteresis == 0 && value < 0) {
        armed = true
        crossing = nil
      } else if armed, value >= hysteresis, let time = crossing {
        times.append(time)
        armed = false
        crossing = nil
      }
    }
    self.times = times
  }

  /// The mean time between crossings, in seconds; nil for fewer than two.
  public var period: Double? {
    guard let first = times.first, let last = times.last, times.count > 1 else { return nil }
    return (last - first) / Double(times.count - 1)
  }

  /// The standard deviation of the single periods, in seconds: period jitter; nil for fewer than
  /// three crossings.
  public var jitter: Double? {
    guard let period, times.count > 2 else { return nil }
    let squares = zip(times, times.dropFirst()).reduce(0) { sum, pair in
      let deviation = pair.1 - pair.0 - period
      return sum + deviation * deviation
    }
    return (squares / Double(times.count - 2)).squareRoot()
  }
}
