// The linear equations of the vector y = (x, Q), in which each charge is an unknown Q of its own:
//
//     F1 = f(x, x', t) + Q' = 0          [ J       c E ] [ dx ]   [ r1 ]
//     F2 = Q - q(x)         = 0          [ -J_q     1  ] [ dQ ] = [ r2 ]
//
// J = df/dx + c df/dx', c the factor of the rates, E puts charges into their rows. Elimination of
// dQ leaves as many equations as there are unknowns x:
//
//     (J + c E J_q) dx = r1 - c E r2,    dQ = r2 + J_q dx

import Numerics

/// The Jacobian of a system with charges, factored after the charges are eliminated.
final class ChargeElimination {
  let count: Int
  let chargeCount: Int
  let entryCount: Int
  let values: UnsafeMutablePointer<Double>
  let chargeValues: UnsafeMutablePointer<Double>
  /// The row of each charge.
  let rows: UnsafeMutablePointer<Int32>
  /// The factor of the rates for which the Jacobian was factored, in 1/s.
  private(set) var rateFactor = 0.0
  let factors: KLUFactorisation<Double>

  /// The entries of `chargeValues` that count: where they are, whose they are.
  private let links: UnsafeMutablePointer<Link>
  private let linkCount: Int

  private struct Link {
    let slot: Int32
    let charge: Int32
    let column: Int32
  }

  convenience init(_ system: any ImplicitSystem) {
    precondition(system.pattern.count == system.unknownCount, "a column an unknown")
    self.init(system.pattern, chargeRows: system.chargeRows)
  }

  init(_ pattern: SparsePattern, chargeRows: [Int] = []) {
    count = pattern.count
    chargeCount = chargeRows.count
    entryCount = pattern.entryCount
    values = alignedZeros(entryCount + 1)
    chargeValues = alignedZeros(entryCount + 1)
    rows = .allocate(capacity: max(1, chargeCount))
    rows.initialize(from: chargeRows.map(Int32.init), count: chargeCount)
    factors = KLUFactorisation(pattern)
    var chargeOfRow = [Int32](repeating: -1, count: count)
    for (k, row) in chargeRows.enumerated() { chargeOfRow[row] = Int32(k) }
    var found: [Link] = []
    for column in chargeRows.isEmpty ? 0..<0 : 0..<count {
      for slot in pattern.columnStarts[column]..<pattern.columnStarts[column + 1] {
        let charge = chargeOfRow[Int(pattern.rowIndices[Int(slot)])]
        if charge >= 0 { found.append(Link(slot: slot, charge: charge, column: Int32(column))) }
      }
    }
    linkCount = found.count
    links = .allocate(capacity: max(1, linkCount))
    links.initialize(from: found, count: linkCount)
  }

  deinit {
    values.deallocate()
    chargeValues.deallocate()
    rows.deallocate()
    links.deallocate()
  }

  func clear() {
    values.update(repeating: 0, count: entryCount + 1)
    if chargeCount > 0 { chargeValues.update(repeating: 0, count: entryCount + 1) }
  }

  /// Factors J + c E J_q; `values` holds that sum afterwards.
  func factor(rateFactor: Double, choosingPivots: Bool = false) throws(SingularMatrix) {
    self.rateFactor = rateFactor
    for k in 0..<linkCount {
      let slot = Int(links[k].slot)
      values[slot] += rateFactor * chargeValues[slot]
    }
    try factors.factor(values, choosingPivots: choosingPivots)
  }

  /// For each charge the change that its unknowns' tolerances 1 / w_j allow: the largest of
  /// |dq/dx_j| / w_j, by the last Jacobian.
  func chargeUnits(weights: UnsafePointer<Double>, into units: UnsafeMutablePointer<Double>) {
    units.update(repeating: 0, count: chargeCount)
    for k in 0..<linkCount {
      let link = links[k]
      let unit = abs(chargeValues[Int(link.slot)]) / weights[Int(link.column)]
      if unit > units[Int(link.charge)] { units[Int(link.charge)] = unit }
    }
  }

  /// Whether the last `factor` succeeded.
  var isReady: Bool { factors.isReady }

  /// Solves for dy = (dx, dQ) in place of r = (r1, r2); dQ only where it is asked for.
  func solve(_ r: UnsafeMutablePointer<Double>) {
    let charges = r + count
    for k in 0..<chargeCount { r[Int(rows[k])] -= rateFactor * charges[k] }
    factors.solve(r)
    for k in 0..<linkCount {
      let link = links[k]
      charges[Int(link.charge)] += chargeValues[Int(link.slot)] * r[Int(link.column)]
    }
  }

  /// Solves (J + c E J_q) dx = r in place, the charges left out.
  func solveUnknowns(_ r: UnsafeMutablePointer<Double>) { factors.solve(r) }
}
