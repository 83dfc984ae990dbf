public import Numerics

/// One way in which oscillators act on each other: destination i receives
/// gain_i schedule(t) sum_j W_ij s_j, with s_j the signal of source j. A coupling of harmonic k
/// acts on phases alone, with s_j = e^{i k phi_j} and the pull Im(e^{-i k phi_i} ...).
public struct Coupling {
  /// What a source sends of its complex amplitude c.
  public enum Signal: Sendable {
    /// c / |c|: an amplifier that squares the oscillator's output up to the rail.
    case limited
    /// c itself.
    case linear
  }

  public var weights: any CouplingOperator
  public var signal: Signal
  /// Complex gain of each destination; its argument holds the constant phase of the path.
  public var gain: [Complex]
  public var schedule: GainSchedule
  /// Multiple of the frequency at which the sources send and the destinations respond, from 1.
  public var harmonic: Int

  /// - Precondition: a gain for each oscillator.
  public init(
    _ weights: any CouplingOperator, signal: Signal = .limited, gain: [Complex],
    schedule: GainSchedule = .constant, harmonic: Int = 1
  ) {
    precondition(gain.count == weights.count, "a gain for each oscillator")
    precondition(harmonic >= 1, "harmonics count from 1")
    self.weights = weights
    self.signal = signal
    self.gain = gain
    self.schedule = schedule
    self.harmonic = harmonic
  }

  /// The same coupling for another task.
  public func copy() -> Coupling {
    Coupling(
      weights.copy(), signal: signal, gain: gain, schedule: schedule, harmonic: harmonic)
  }
}

/// A factor on a coupling that depends on time: piecewise linear between its points, constant
/// outside them.
public struct GainSchedule: Sendable, Equatable {
  /// (time in seconds, factor), times ascending.
  public var points: [(time: Double, factor: Double)]

  public static let constant = GainSchedule(points: [])

  public init(points: [(time: Double, factor: Double)]) {
    precondition(zip(points, points.dropFirst()).allSatisfy { $0.time <= $1.time })
    self.points = points
  }

  public func factor(at time: Double) -> Double {
    guard let first = points.first, let last = points.last else { return 1 }
    if time <= first.time { return first.factor }
    if time >= last.time { return last.factor }
    let after = points.firstIndex { $0.time > time }!
    let (a, b) = (points[after - 1], points[after])
    return a.factor + (b.factor - a.factor) * (time - a.time) / (b.time - a.time)
  }

  public static func == (a: GainSchedule, b: GainSchedule) -> Bool {
    a.points.elementsEqual(b.points) { $0.time == $1.time && $0.factor == $1.factor }
  }
}
