// A function of time with corners. A corner at time b is reported by `nextBreakpoint` as exactly
// the number that `value` compares with, computed from the period's index and never accumulated;
// times within a few units in the last place of b count as b.

/// A function of time that an independent source follows.
protocol Waveform: Sendable {
  /// - Parameter leftLimit: whether, at the very time of a jump, the value before it is meant.
  func value(at time: Double, leftLimit: Bool) -> Double
  /// The first corner or jump after `time`; infinity where none follows.
  func nextBreakpoint(after time: Double) -> Double
}

/// Which side of a corner a time is on when it is the corner up to rounding.
enum Instant {
  /// A time surely on the side asked for of any corner that `time` stands for.
  static func displaced(_ time: Double, leftLimit: Bool) -> Double {
    let margin = 4 * time.ulp
    return leftLimit ? time - margin : time + margin
  }

  /// The first of two corners after `time`, given in order.
  static func next(after time: Double, _ corners: Double...) -> Double {
    let bound = displaced(time, leftLimit: false)
    return corners.first { $0 > bound } ?? .infinity
  }
}
