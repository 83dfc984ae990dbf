// A differential-algebraic system of index 1 as rates of its states, for explicit integrators:
//
//     0 = M y' + f(y, z, t),    0 = g(y, z, t)
//
// M is constant and diagonal, y are the unknowns whose rates appear, z the others. Each evaluation
// solves g for z by Newton's iteration. Each improves dg/dz and d(y')/dz by what it found: what
// the last correction still moves in the rates is added to first order, so that z needs to be
// no more exact than y' asks.

import Numerics

/// Why a system cannot be integrated explicitly.
public struct NotExplicit: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// No rate appears in the equations.
    case noStates
    /// The equation has a charge, or rates of other unknowns than its own.
    case coupledRates
    /// The rate of an unknown appears that was not to be a state.
    case unwantedState
  }
  public var reason: Reason
  /// The first equation it is true of.
  public var row: Int
}

/// One system split into states y and algebraic unknowns z; arrays end in whole groups of eight.
final class StateEquations {
  let system: any ImplicitSystem
  let count: Int
  let stateCount: Int
  let algebraicCount: Int
  /// Numbers in a whole row of states, and of algebraic unknowns.
  let stateWidth: Int
  let algebraicWidth: Int
  /// 1 / (relative size + absolute) of each state and algebraic unknown.
  let stateWeights: Numbers
  let algebraicWeights: Numbers
  private(set) var evaluations = 0
  private(set) var jacobians = 0

  /// Rates are probed with this factor, in 1/s.
  private static let probingRate = 1e12

  let states: UnsafeMutablePointer<Int32>
  let algebraics: UnsafeMutablePointer<Int32>
  /// -1 / M.
  let negativeInverses: Numbers
  let x: Numbers
  private let noRates: Numbers
  let residual: Numbers
  private let values: Numbers
  private let chargeValues: Numbers
  /// Of Newton's iteration: g, the last g, the change of z and by the square of its weights; what
  /// the change moves the rates by, and the last rates.
  let rest: Numbers
  let lastRest: Numbers
  let change: Numbers
  let weighted: Numbers
  let correction: Numbers
  let lastRates: Numbers

  /// An entry of the Jacobian, row and column in the order of states or of algebraic unknowns.
  struct Link {
    var row: Int32
    var column: Int32
    var slot: Int32
  }
  /// dg/dz in the order of `factors`' pattern, d(y')/dz, and dg/dy.
  let inner: SecantBlock
  let influence: SecantBlock
  private let drive: SecantBlock
  /// Of dg/dz; nil where it is a single number.
  private let factors: KLUFactorisation<Double>?

  /// - Parameters:
  ///   - x: unknowns at `time`, where the rates' factors are read.
  ///   - mayBeState: which unknowns' rates may appear; nil for all.
  /// - Throws: `NotExplicit`, or what the system throws.
  init(
    _ system: any ImplicitSystem, at time: Double, x start: UnsafePointer<Double>,
    mayBeState: [Bool]? = nil
  ) throws {
    if let row = system.chargeRows.first { throw NotExplicit(reason: .coupledRates, row: row) }
    let n = system.unknownCount
    let pattern = system.pattern
    let masses = try Self.masses(system, at: time, start)
    let isState = masses.map { $0 != 0 }
    guard isState.contains(true) else { throw NotExplicit(reason: .noStates, row: 0) }
    if let mayBeState, let row = (0..<n).first(where: { isState[$0] && !mayBeState[$0] }) {
      throw NotExplicit(reason: .unwantedState, row: row)
    }
    let stateList = (0..<n).filter { isState[$0] }
    let algebraicList = (0..<n).filter { !isState[$0] }
    self.system = system
    count = n
    stateCount = stateList.count
    algebraicCount = algebraicList.count
    stateWidth = roundedToEight(stateList.count)
    algebraicWidth = roundedToEight(algebraicList.count)
    func list(_ items: [Int]) -> UnsafeMutablePointer<Int32> {
      let made = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, items.count))
      made.initialize(from: items.map(Int32.init), count: items.count)
      return made
    }
    states = list(stateList)
    algebraics = list(algebraicList)
    stateWeights = alignedZeros(stateWidth)
    algebraicWeights = alignedZeros(algebraicWidth)
    negativeInverses = alignedZeros(stateWidth)
    for (k, unknown) in stateList.enumerated() { negativeInverses[k] = -1 / masses[unknown] }
    x = alignedZeros(roundedToEight(n))
    noRates = alignedZeros(roundedToEight(n))
    residual = alignedZeros(roundedToEight(n))
    values = alignedZeros(pattern.entryCount + 1)
    chargeValues = alignedZeros(pattern.entryCount + 1)
    rest = alignedZeros(algebraicWidth)
    lastRest = alignedZeros(algebraicWidth)
    change = alignedZeros(algebraicWidth)
    weighted = alignedZeros(algebraicWidth)
    correction = alignedZeros(stateWidth)
    lastRates = alignedZeros(stateWidth)
    var place = [Int32](repeating: 0, count: n)
    for (k, unknown) in stateList.enumerated() { place[unknown] = Int32(k) }
    for (k, unknown) in algebraicList.enumerated() { place[unknown] = Int32(k) }
    var (influences, drives, inner): ([Link], [Link], [Link]) = ([], [], [])
    for column in 0..<n {
      for slot in pattern.columnStarts[column]..<pattern.columnStarts[column + 1] {
        let row = Int(pattern.rowIndices[Int(slot)])
        let link = Link(row: place[row], column: place[column], slot: slot)
        switch (isState[row], isState[column]) {
        case (true, false): influences.append(link)
        case (false, true): drives.append(link)
        case (false, false): inner.append(link)
        case (true, true): break
        }
      }
    }
    let ones = [Double](repeating: 1, count: algebraicCount)
    self.inner = SecantBlock(rowCount: algebraicCount, inner, factors: ones)
    drive = SecantBlock(rowCount: algebraicCount, drives, factors: ones)
    influence = SecantBlock(
      rowCount: stateCount, influences, factors: stateList.map { -1 / masses[$0] })
    guard algebraicCount > 1 else {
      factors = nil
      return
    }
    // columns in order, rows in each: the pattern has the links' order
    factors = KLUFactorisation(
      SparsePattern.assemble(
        count: algebraicCount, rows: inner.map(\.row), columns: inner.map(\.column)
      ).pattern)
  }

  deinit {
    for memory in [
      stateWeights, algebraicWeights, negativeInverses, x, noRates, residual, values,
      chargeValues, rest, lastRest, change, weighted, correction, lastRates,
    ] { memory.deallocate() }
    states.deallocate()
    algebraics.deallocate()
  }

  /// The factor of each unknown's own rate in its equation; zero of algebraic ones.
  private static func masses(
    _ system: any ImplicitSystem, at time: Double, _ x: UnsafePointer<Double>
  ) throws -> [Double] {
    let (n, pattern) = (system.unknownCount, system.pattern)
    func jacobian(_ factor: Double) throws -> [Double] {
      let rates = [Double](repeating: 0, count: n)
      var values = [Double](repeating: 0, count: pattern.entryCount + 1)
      var charges = values
      try system.jacobian(
        at: time, x, rates: rates, rateFactor: factor, values: &values, chargeValues: &charges)
      return values
    }
    let (still, moving) = (try jacobian(0), try jacobian(probingRate))
    var masses = [Double](repeating: 0, count: n)
    for column in 0..<n {
      for slot in pattern.columnStarts[column]..<pattern.columnStarts[column + 1] {
        let row = Int(pattern.rowIndices[Int(slot)])
        let mass = (moving[Int(slot)] - still[Int(slot)]) / probingRate
        if mass == 0 { continue }
        guard row == column, mass.isFinite else {
          throw NotExplicit(reason: .coupledRates, row: row)
        }
        masses[row] = mass
      }
    }
    return masses
  }

  /// Splits x into y and z.
  func split(_ x: UnsafePointer<Double>, _ y: Numbers, _ z: Numbers) {
    for k in 0..<stateCount { y[k] = x[Int(states[k])] }
    for k in 0..<algebraicCount { z[k] = x[Int(algebraics[k])] }
  }

  /// Joins y and z, or their rates, to n numbers.
  func join(_ y: UnsafePointer<Double>, _ z: UnsafePointer<Double>, into x: Numbers) {
    for k in 0..<stateCount { x[Int(states[k])] = y[k] }
    for k in 0..<algebraicCount { x[Int(algebraics[k])] = z[k] }
  }

  func unknown(ofState k: Int) -> Int { Int(states[k]) }

  func evaluate(_ time: Double) throws {
    evaluations += 1
    try system.evaluate(at: time, x, rates: noRates, residual: residual, charges: chargeValues)
  }

  private func linearise(_ time: Double) throws {
    jacobians += 1
    values.update(repeating: 0, count: system.pattern.entryCount + 1)
    try system.jacobian(
      at: time, x, rates: noRates, rateFactor: 0, values: values, chargeValues: chargeValues)
  }

  /// Reads the derivatives at a point; false where dg/dz has no inverse.
  func refresh(at time: Double, _ y: Numbers, _ z: Numbers) throws -> Bool {
    if algebraicCount == 0 { return true }
    join(y, z, into: x)
    try linearise(time)
    inner.read(values)
    influence.read(values)
    drive.read(values)
    return factor()
  }

  /// Prepares `solve` for the present dg/dz; false where it has no inverse.
  @inline(__always)
  func factor() -> Bool {
    guard let factors else { return inner.values[0] != 0 && inner.values[0].isFinite }
    do {
      try factors.factor(inner.values)
      return true
    } catch {
      return false
    }
  }

  /// Solves dg/dz x = b in place; x is 0 where dg/dz has no inverse.
  @inline(__always)
  func solve(_ b: Numbers) {
    guard let factors else {
      b[0] = inner.values[0] == 0 ? 0 : b[0] / inner.values[0]
      return
    }
    if factors.isReady { return factors.solve(b) }
    for k in 0..<algebraicCount { b[k] = 0 }
  }

  /// A first guess of z at y, given both at a point near it.
  func guess(_ y: Numbers, nearY: Numbers, nearZ: Numbers, into z: Numbers) {
    let n = algebraicCount
    if n == 0 { return }
    for i in 0..<stateCount { lastRates[i] = y[i] - nearY[i] }
    for k in 0..<n { change[k] = drive.product(k, lastRates) }
    solve(change)
    for k in 0..<n { z[k] = nearZ[k] - change[k] }
  }

  /// z' where y' is known: dg/dz z' = -(dg/dy y' + dg/dt).
  ///
  /// - Parameters:
  ///   - other: a time near, at which the equations are those of the same stretch.
  func algebraicRates(
    at time: Double, _ y: Numbers, _ z: Numbers, _ yRates: Numbers, other: Double,
    into zRates: Numbers
  ) throws {
    let n = algebraicCount
    if n == 0 { return }
    guard try refresh(at: time, y, z) else { return }
    try evaluate(time)
    for k in 0..<n { rest[k] = residual[Int(algebraics[k])] }
    try evaluate(other)
    for k in 0..<n {
      let slope = (residual[Int(algebraics[k])] - rest[k]) / (other - time)
      zRates[k] = -slope - drive.product(k, yRates)
    }
    solve(zRates)
  }
}
