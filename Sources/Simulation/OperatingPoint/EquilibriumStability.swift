// Whether an operating point is one that a circuit can stay at. Small deviations follow
//
//     C v' + G v = 0,   v ~ exp(lambda t),
//
// and the Cayley transform M = (2/h C + G)^-1 (2/h C - G) has the eigenvalues
// mu = (1 + h lambda / 2) / (1 - h lambda / 2), outside the unit circle exactly where
// Re lambda > 0; algebraic modes stand at -1. Power iteration on a ladder of h, half a decade a
// rung, finds one where there is one: near h |lambda| = 2 it grows far faster than the rest. A pair
// is read off three successive iterates as the roots of mu^2 = a mu + b. Delays enter by the
// Pade approximant exp(-s T) = (1 - s T / 2) / (1 + s T / 2), an all-pass as they are.

import Devices
import Integration
import Numerics

/// An equilibrium that the slightest disturbance leaves.
public struct UnstableEquilibrium: Sendable, CustomStringConvertible {
  /// 1/s: the rate of the deviation that grows, and its angular frequency, rad/s.
  public var growth: Double
  public var angularFrequency: Double
  /// The nodes that move most, most first.
  public var nodes: [String]
  /// One shape of the deviation, ground removed, each unknown in its own unit; of no particular
  /// size.
  public var direction: [Double] = []

  public var description: String {
    var text = "the operating point is an unstable equilibrium: a deviation grows by e every "
    text += "\(Self.short(1 / growth)) s"
    if angularFrequency > 0 {
      text += " at \(Self.short(angularFrequency / (2 * .pi))) Hz"
    }
    if !nodes.isEmpty { text += ", most at \(nodes.map { "'\($0)'" }.joined(separator: ", "))" }
    return text
      + "; a transient analysis that starts here may rest for long: kick it with .ic at one of "
      + "these nodes, or start with UIC"
  }

  private static func short(_ value: Double) -> String {
    let scale = power(10, 2 - decimalLogarithm(value).rounded(.down))
    return "\((value * scale).rounded() / scale)"
  }
}

/// Looks for growing deviations from an operating point.
public struct EquilibriumStability {
  private let equations: CircuitEquations
  private let conductances: [Double]
  private let capacitances: [Double]
  private let iterations: Int

  /// - Parameter x: the operating point as `OperatingPoint.solve` found it, ground removed.
  public init(_ equations: CircuitEquations, at x: [Double]) {
    self.equations = equations
    let matrices = equations.deviationMatrices(x)
    conductances = matrices.conductances
    capacitances = matrices.capacitances
    iterations = max(24, min(240, 100_000 / max(1, equations.unknownCount)))
  }

  /// The fastest growing deviation that was found; nil where none grows.
  public func instability() -> UnstableEquilibrium? {
    guard (conductances + capacitances).allSatisfy(\.isFinite) else { return nil }
    var worst: UnstableEquilibrium?
    for step in steps() {
      guard let found = search(step) else { continue }
      if found.growth > worst?.growth ?? 0 { worst = found }
    }
    return worst
  }

  /// Half decades around the rows' time constants: a decade below the shortest, since no rate is
  /// much above, and three above the longest, since feedback can make rates small.
  private func steps() -> [Double] {
    let pattern = equations.pattern
    var still = [Double](repeating: 0, count: pattern.count)
    var moving = still
    for entry in 0..<pattern.entryCount {
      let row = Int(pattern.rowIndices[entry])
      still[row] += abs(conductances[entry])
      moving[row] += abs(capacitances[entry])
    }
    let times = zip(moving, still).filter { $0 > 0 && $1 > 0 }.map { $0 / $1 }
    guard let shortest = times.min(), let longest = times.max() else { return [] }
    let first = (2 * (decimalLogarithm(shortest) - 1)).rounded(.down)
    let last = (2 * (decimalLogarithm(longest) + 3)).rounded(.up)
    // constants of no circuit (a capacitance beside gmin) would make the ladder endless
    return stride(from: max(first, -36), through: min(last, 4), by: 1).map { power(10, $0 / 2) }
  }

  private func search(_ step: Double) -> UnstableEquilibrium? {
    let pattern = equations.pattern
    let rate = 2 / step
    let factorisation = KLUFactorisation<Double>(pattern)
    let left = zip(conductances, capacitances).map { $0 + rate * $1 }
    let right = zip(conductances, capacitances).map { rate * $1 - $0 }
    do { try factorisation.factor(left) } catch { return nil }
    func apply(_ values: [Double], _ v: [Double]) -> [Double] {
      var result = pattern.product(values, v)
      result.withUnsafeMutableBufferPointer { factorisation.solve($0.baseAddress!) }
      return result
    }
    // no symmetry of the circuit is one of this vector
    let start = (0..<pattern.count).map { k in
      (Double(k + 1) * 0.6180339887498949).truncatingRemainder(dividingBy: 1) - 0.5
    }
    // without what is algebraic
    var older = apply(capacitances, apply(capacitances, start))
    guard Self.normalise(&older) > 0 else { return nil }
    var old = apply(right, older)
    var pair: (Double, Double)?
    for _ in 0..<iterations {
      var new = apply(right, old)
      pair = Self.recurrence(older, old, new)
      let size = Self.normalise(&new)
      guard size.isFinite, size > 0 else { return nil }
      for k in old.indices { old[k] /= size }
      (older, old) = (old, new)
    }
    guard let (a, b) = pair, let growing = Self.growingRoot(a, b, rate) else { return nil }
    return UnstableEquilibrium(
      growth: growing.real, angularFrequency: abs(growing.imaginary), nodes: movers(older, old),
      direction: old)
  }

  /// a and b of new = a old + b older; nil where the three are not of one plane.
  private static func recurrence(
    _ older: [Double], _ old: [Double], _ new: [Double]
  ) -> (Double, Double)? {
    var (xx, xy, yy, xz, yz, zz) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for k in new.indices {
      xx += old[k] * old[k]
      xy += old[k] * older[k]
      yy += older[k] * older[k]
      xz += old[k] * new[k]
      yz += older[k] * new[k]
      zz += new[k] * new[k]
    }
    // one real mode alone: successive iterates are parallel
    let determinant = xx * yy - xy * xy
    let isLine = determinant <= 1e-12 * xx * yy
    let a = isLine ? xz / xx : (xz * yy - yz * xy) / determinant
    let b = isLine ? 0 : (yz * xx - xz * xy) / determinant
    var residual = 0.0
    for k in new.indices {
      let miss = new[k] - a * old[k] - b * older[k]
      residual += miss * miss
    }
    return residual <= 1e-8 * zz ? (a, b) : nil
  }

  /// lambda of the root of mu^2 = a mu + b that lies farthest outside the unit circle; nil where
  /// none clearly does. A double root at 1, as of two integrators in series, comes out a little
  /// above 1.
  private static func growingRoot(_ a: Double, _ b: Double, _ rate: Double) -> Complex? {
    let discriminant = a * a / 4 + b
    let root = discriminant.magnitude.squareRoot()
    let mu =
      discriminant >= 0
      ? Complex(a / 2 + (a < 0 ? -root : root)) : Complex(a / 2, root)
    let isReal = discriminant >= 0
    guard mu.modulus > (isReal ? 1.5 : 1 + 1e-4) else { return nil }
    let lambda = rate * ((mu - .one) / (mu + .one))
    // a pair beside 1 or -1 is a double root and rounding; a true one has its own rung
    let isCentral = (0.1...10).contains(lambda.modulus / rate)
    return lambda.real > 0 && (isReal || isCentral) ? lambda : nil
  }

  @discardableResult
  private static func normalise(_ v: inout [Double]) -> Double {
    let size = v.reduce(0) { max($0, abs($1)) }
    if size > 0, size.isFinite { for k in v.indices { v[k] /= size } }
    return size
  }

  /// The nodes with the largest share in the plane of the growing deviation.
  private func movers(_ a: [Double], _ b: [Double]) -> [String] {
    let count = equations.layout.nodeCount - 1
    let sizes = (0..<max(0, count)).map { (a[$0] * a[$0] + b[$0] * b[$0]).squareRoot() }
    let largest = sizes.max() ?? 0
    return sizes.indices.filter { sizes[$0] > 0.1 * largest }
      .sorted { sizes[$0] == sizes[$1] ? $0 < $1 : sizes[$0] > sizes[$1] }.prefix(4)
      .map { equations.circuit.nodeNames[$0 + 1] }
  }
}

extension SparsePattern {
  /// The matrix with these values times a vector.
  fileprivate func product(_ values: [Double], _ v: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    for column in 0..<count where v[column] != 0 {
      for entry in Int(columnStarts[column])..<Int(columnStarts[column + 1]) {
        result[Int(rowIndices[entry])] += values[entry] * v[column]
      }
    }
    return result
  }
}

extension CircuitEquations {
  /// G and C of deviations from rest. Devices whose states drift there (a memristor under a bias)
  /// are at no equilibrium to begin with: their states are held.
  func deviationMatrices(_ x: [Double]) -> SmallSignalMatrices {
    var evaluation = smallSignalEvaluation(x, frequency: 0)
    evaluation.moment.frequency = nil
    var matrices = smallSignalMatrices(evaluation) { bank in
      self.drifts(bank, evaluation) ? .operatingPoint : .transient
    }
    // of 1 and -c exp(-s T): values at 0, and T by the angle at a slow frequency
    let slow = 1e-3
    var entries: [(slot: Int, value: Complex)] = []
    delayed.smallSignal(slow) { entries.append(($0, $1)) }
    var last = 0
    for (index, entry) in entries.enumerated() {
      let (slot, value) = entry
      if value == .one {
        last = index
        matrices.conductances[slot] += 1
        continue
      }
      let coefficient = value.modulus
      let delay = coefficient > 0 ? abs(value.imaginary) / slow / coefficient : 0
      matrices.conductances[slot] += value.real
      matrices.capacitances[slot] += value.imaginary / slow / 2
      if index == last + 1 { matrices.capacitances[entries[last].slot] += delay / 2 }
    }
    return matrices
  }

  private func drifts(_ bank: any Bank, _ evaluation: Evaluation) -> Bool {
    let own = Set(bank.instances)
    let states = layout.unknowns.indices.filter { unknown in
      guard own.contains(layout.unknowns[unknown].instance) else { return false }
      if case .state = layout.unknowns[unknown].kind { return true }
      return false
    }
    if states.isEmpty { return false }
    buffers.clearResidual()
    bank.evaluate(evaluation)
    return states.contains { abs(evaluation.currents[$0]) > 1e-9 }
  }
}
