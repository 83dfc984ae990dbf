// Values from which an integration may start: at the beginning and behind every discontinuity.
//
// The unknowns may jump (algebraic ones must, charges cannot), so the equations are solved over
// vanishing implicit Euler steps of length d:
//
//     0 = f(x1, r, t + d) + (q(x1) - q(x0)) / d,    x1 = x0 + d r
//
// The first step swallows the jump, which makes its rates r meaningless where x jumped; the second
// has true rates, and true values also where they are rates of others (index 2). Whether d was
// short enough is measured: the last two steps' rates must predict each other, the error
// d |r2 - r1| / 2 small beside the tolerance; otherwise a third step decides, and then a shorter d.
//
// Rounding: Newton's unknown is the rate r itself, so x1 - x0 never cancels, and dq/dt is read from
// the equation, Q' = -f, not from the difference of charges. What is left are charges' differences
// inside Newton's residual, an error of the rates of epsilon q / (C d); they only predict the
// integration's first step. d is therefore at least `ulps` units in the last place of t, so that
// sources see t + d, and by choice 1e-6 of the distance to what happens next: a thousand times
// shorter than IDA's first step can be.

import Numerics

/// Solves for consistent values of one system, again and again without allocating.
public final class ConsistentStart {
  /// What Newton's iteration and the choice of the step are held to.
  public struct Limits: Hashable, Sendable {
    public var iterationsMaximum = 200
    /// How often the step is shortened tenfold.
    public var shorteningsMaximum = 4
    /// Whether the second step expects no change, not the jump's.
    public var forgetsJump = false
    public init() {}
  }

  /// The shortest step in units of the last place of the time.
  static let ulps = 256.0

  /// What is told of the vanishing steps as they are taken; a step of number 0 begins anew and
  /// makes those before it void.
  public typealias Follower = (
    _ number: Int, _ length: Double, _ time: Double, _ x: UnsafePointer<Double>,
    _ rates: UnsafePointer<Double>
  ) -> Void

  public var limits = Limits()
  /// Which unknowns' rates must be confirmed; nil for all.
  public var tested: [Bool]?
  public var follower: Follower?
  public let unknownCount: Int
  /// The time of the solution, in seconds: two or three vanishing steps behind the start.
  public internal(set) var time = 0.0
  /// The length of the vanishing steps that gave the solution, in seconds.
  private(set) var lastStep = 0.0
  /// Newton iterations in all.
  public internal(set) var iterations = 0

  /// Where the search for a fraction of the correction begins: near the last one.
  var firstDamping = 1.0

  let bridge: ImplicitBridge
  let x: Numbers
  let rates: Numbers
  let chargeRates: Numbers
  let start: Numbers
  let earlierRates: Numbers
  let charges: Numbers
  let newCharges: Numbers
  let residual: Numbers
  let correction: Numbers
  let trialRates: Numbers
  let next: Numbers
  let weights: Numbers
  private let storage: Numbers

  public init(_ system: any ImplicitSystem, tolerances: ImplicitTolerances) {
    bridge = ImplicitBridge(system: system, tolerances: tolerances)
    unknownCount = bridge.count
    tested = tolerances.tested
    let width = roundedToEight(bridge.count + bridge.chargeCount)
    storage = alignedZeros(12 * width)
    let storage = storage
    func place(_ k: Int) -> Numbers { storage + k * width }
    (x, rates, chargeRates, start) = (place(0), place(1), place(2), place(3))
    (earlierRates, charges, newCharges) = (place(4), place(5), place(6))
    (residual, correction, trialRates, weights) = (place(7), place(8), place(9), place(10))
    next = place(11)
  }

  deinit { storage.deallocate() }

  /// Finds a consistent state shortly after `from`.
  ///
  /// - Parameters:
  ///   - from: the time, in seconds; the equations are those that hold immediately after it.
  ///   - x: n values just before; where no charge and no rate depends on them, only a guess.
  ///   - distance: seconds to what happens next (the next breakpoint, or the end).
  /// - Throws: what the system throws, or `IntegrationFailure` with the worst components.
  public func solve(from: Double, x initial: UnsafePointer<Double>, distance: Double) throws {
    precondition(distance > 0, "something happens later")
    let shortest = Self.ulps * max(from.ulp, Double.leastNormalMagnitude)
    var step = max(1e-6 * distance, shortest)
    var attempt = 0
    while true {
      do {
        if try walk(from: from, initial, step) || step <= shortest { return }
        if attempt >= limits.shorteningsMaximum { return }
      } catch let failure as IntegrationFailure {
        if attempt >= limits.shorteningsMaximum || step <= shortest { throw failure }
      }
      attempt += 1
      step = max(0.1 * step, shortest)
    }
  }

  /// Lends x, x' and Q' of the solution, as `IDA.restart` takes them.
  public func withSolution<Result, Failure: Error>(
    _ body: (
      _ x: UnsafePointer<Double>, _ rates: UnsafePointer<Double>,
      _ chargeRates: UnsafePointer<Double>
    ) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(x, rates, chargeRates)
  }

  public var stateValues: [Double] { Array(UnsafeBufferPointer(start: x, count: unknownCount)) }
  public var rateValues: [Double] {
    Array(UnsafeBufferPointer(start: rates, count: unknownCount))
  }
  public var chargeRateValues: [Double] {
    Array(UnsafeBufferPointer(start: chargeRates, count: bridge.chargeCount))
  }

  /// The rates of unknowns that have just jumped say nothing of what comes: taken for a guess, they
  /// would make them jump once more, perhaps to where an exponential ends all hope.
  private func forgetJumps(_ step: Double) {
    for k in 0..<unknownCount {
      let change = abs(step * rates[k])
      let isJump = change * weights[k] > 1e3 && change > 1e-3 * max(bridge.largest[k], abs(x[k]))
      if isJump { rates[k] = 0 }
    }
  }

  /// Two or three steps; whether the last one's rates confirm the one before.
  private func walk(
    from: Double, _ initial: UnsafePointer<Double>, _ step: Double
  ) throws -> Bool {
    x.update(from: initial, count: unknownCount)
    rates.update(repeating: 0, count: unknownCount)
    time = from
    lastStep = step
    try advance(step)
    follower?(0, step, time, x, rates)
    for number in 1...2 {
      earlierRates.update(from: rates, count: unknownCount)
      if number == 1 {
        if limits.forgetsJump {
          rates.update(repeating: 0, count: unknownCount)
        } else {
          forgetJumps(step)
        }
      }
      try advance(step)
      follower?(number, step, time, x, rates)
      var error = 0.0
      for k in 0..<unknownCount where tested?[k] ?? true {
        error = max(error, abs(rates[k] - earlierRates[k]) * weights[k])
      }
      if 0.5 * step * error <= 0.1 { return true }
    }
    return false
  }
}
