// The way from IDA back into a system, and what its callbacks share. SUNDIALS calls plain C
// functions; they find this object through an unretained reference that the solver's owner keeps.

import CSundials
import Numerics

final class ImplicitBridge {
  let system: any ImplicitSystem
  let count: Int
  let chargeCount: Int
  let matrix: ChargeElimination
  let absolute: UnsafeMutablePointer<Double>
  /// The largest size of each unknown in all accepted states.
  let largest: UnsafeMutablePointer<Double>
  let relative: Double
  /// The largest size of each charge.
  private let largestCharges: UnsafeMutablePointer<Double>

  /// The error a callback of the system threw; rethrown by the wrapper, never seen by C.
  var thrown: (any Error)?
  /// The solver's last words.
  var message = ""
  /// Where the last Jacobian was singular.
  var singularity: SingularMatrix?
  /// Whether the next factorisation chooses new pivots.
  var distrustsPivots = false
  var residuals = 0
  var jacobians = 0

  /// When Newton's iteration has converged.
  let iterationTest: IterationTest
  /// IDA's memory, for questions during its callbacks.
  var memory: UnsafeMutableRawPointer?

  init(system: any ImplicitSystem, tolerances: ImplicitTolerances) {
    self.system = system
    matrix = ChargeElimination(system)
    count = matrix.count
    chargeCount = matrix.chargeCount
    precondition(tolerances.absolute.count == count, "an absolute tolerance an unknown")
    let whole = roundedToEight(count)
    absolute = alignedZeros(whole)
    absolute.update(repeating: .infinity, count: whole)
    absolute.update(from: tolerances.absolute, count: count)
    largest = alignedZeros(whole)
    largestCharges = alignedZeros(chargeCount)
    relative = tolerances.relative
    iterationTest = IterationTest(count: count + chargeCount)
  }

  deinit {
    absolute.deallocate()
    largest.deallocate()
    largestCharges.deallocate()
  }

  var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  /// Runs a callback's body on the bridge that the solver's owner keeps, counting no reference: a
  /// small circuit's step would spend a third of its time there.
  @inline(__always)
  static func with<Result>(
    _ pointer: UnsafeMutableRawPointer?, _ body: (ImplicitBridge) -> Result
  ) -> Result {
    Unmanaged<ImplicitBridge>.fromOpaque(pointer.unsafelyUnwrapped)._withUnsafeGuaranteedRef(body)
  }

  /// Writes F(t, y, y') into `r`; false where a number is not finite.
  @inline(__always)
  func residual(
    _ time: Double, _ y: Numbers, _ rates: Numbers, _ r: Numbers
  ) throws -> Bool {
    residuals += 1
    let charges = r + count
    try system.evaluate(at: time, y, rates: rates, residual: r, charges: charges)
    for k in 0..<chargeCount {
      r[Int(matrix.rows[k])] += rates[count + k]
      charges[k] = y[count + k] - charges[k]
    }
    return allFiniteWhole(r, count + chargeCount)
  }

  /// Evaluates and factors the Jacobian; false where it is singular or not finite.
  func prepare(_ time: Double, _ rateFactor: Double, _ y: Numbers, _ rates: Numbers) throws -> Bool
  {
    jacobians += 1
    matrix.clear()
    try system.jacobian(
      at: time, y, rates: rates, rateFactor: rateFactor, values: matrix.values,
      chargeValues: matrix.chargeValues)
    matrix.values[matrix.entryCount] = 0
    do {
      let again = distrustsPivots
      distrustsPivots = false
      try matrix.factor(rateFactor: rateFactor, choosingPivots: again)
      singularity = nil
      return true
    } catch {
      singularity = error
      return false
    }
  }

  /// Updates the largest sizes by an accepted state and writes the weights.
  func weigh(_ y: Numbers, into weights: Numbers) {
    let factor = Eight(repeating: relative)
    var k = 0
    while k < count {
      let size = larger(loadEight(largest, k), magnitude(loadEight(y, k)))
      // numbers beyond the unknowns have an infinite tolerance, hence no weight
      storeEight(1 / (factor * size + loadEight(absolute, k)), weights, k)
      storeEight(size, largest, k)
      k += 8
    }
    if chargeCount > 0 { weighCharges(y + count, weights) }
  }

  /// A charge may be wrong by what the tolerances of its unknowns allow, but for rounding.
  ///
  /// The formula is applied to charges, and its error there is not seen in unknowns that happen
  /// to move on a straight line; so charges choose the step too, in the unknowns' tolerances.
  private func weighCharges(_ charges: Numbers, _ weights: Numbers) {
    let units = weights + count
    matrix.chargeUnits(weights: weights, into: units)
    for k in 0..<chargeCount {
      largestCharges[k] = max(largestCharges[k], abs(charges[k]))
      let unit = units[k] + 1e3 * Double.ulpOfOne * largestCharges[k]
      units[k] = unit > 0 ? 1 / unit : 0
    }
  }

  /// Evaluates the Jacobian without factoring it, so that charges have weights from the first step.
  func prepareWeights(_ time: Double, _ y: Numbers, _ rates: Numbers) throws {
    if chargeCount == 0 { return }
    matrix.clear()
    try system.jacobian(
      at: time, y, rates: rates, rateFactor: 1, values: matrix.values,
      chargeValues: matrix.chargeValues)
  }
}

/// Whether all numbers are finite; reads whole groups of eight, so zeros must follow the numbers.
@inline(__always)
func allFiniteWhole(_ x: Numbers, _ count: Int) -> Bool {
  var sum = Eight.zero
  var k = 0
  while k < count {
    sum += loadEight(x, k) * 0
    k += 8
  }
  return sum.sum() == 0
}
