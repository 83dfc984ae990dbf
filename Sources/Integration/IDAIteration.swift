// Newton's iteration of IDA with a convergence test of its own.
//
// IDA's test keeps the last measured rate of convergence for as long as it converges at the first
// iteration. With steps of constant length that rate can be measured once, where the Jacobian was
// fresh and the equations flat, and then be trusted for ever. Unknowns in the error test are saved
// by that test; a branch current is not: its predictor, an extrapolation that multiplies errors by
// up to 31, is then hardly corrected any more, and the current grows without bound.
// So here the rate forgets: trusted for a single iteration only while that correction is small and
// for a few steps, measured again otherwise.
//
// A rate is that of the largest correction. Behind a diode that has just stopped to conduct the
// Jacobian of an earlier step still has its conductance, a million times too large: the node's
// corrections are tiny, far below the tolerance, and hardly fall from iteration to iteration, since
// a million of them are missing. So where the Jacobian is of an earlier step, two corrections of
// each unknown tell what is left of it by Aitken's sum c2^2/(c1 - c2), and one that is
// too large asks for a new Jacobian. The rest follows IDA.
//
// Source: A. C. Hindmarsh et al., "User documentation for IDAS", section "Nonlinear system
// solution".

import CSundials
import Numerics

/// The state of the convergence test.
final class IterationTest {
  enum Verdict { case converged, unfinished, divergent }

  private static let rateMaximum = 0.9
  /// No iteration is believed to win more than this by itself.
  private static let factorMinimum = 0.02
  private static let factorBeforeAnyRate = 100.0
  /// So many steps may rest on a rate measured before them.
  private static let ageMaximum = 2
  /// Of Aitken's sum over its last term.
  private static let remainderMaximum = 1e4

  private var factor = factorBeforeAnyRate
  private var firstNorm = 0.0
  private var rateFactor = 0.0
  private var setups = -1
  /// Whether the Jacobian was factored for this very iteration.
  private var isFresh = false
  /// Steps since a rate was measured.
  private var age = 0
  private let count: Int
  /// The last correction in units of the tolerances.
  private let last: Numbers

  init(count: Int) {
    self.count = count
    last = alignedZeros(roundedToEight(count))
  }

  deinit { last.deallocate() }

  /// What is left of the largest correction, and of each, in units of the tolerances.
  func measure(
    iteration: Int, correction: Numbers, weights: Numbers
  ) -> (norm: Double, remainder: Double) {
    var norms = Eight.zero
    var remainders = Eight.zero
    let least = Eight(repeating: 1 / Self.remainderMaximum)
    var k = 0
    while k < count {
      let size = magnitude(loadEight(correction, k) * loadEight(weights, k))
      norms = larger(norms, size)
      if iteration > 0 {
        let fall = larger(loadEight(last, k) - size, least * size)
        remainders = larger(
          remainders, size * size / larger(fall, Eight(repeating: 1e-300)))
      }
      storeEight(size, last, k)
      k += 8
    }
    return (largestLane(norms), largestLane(remainders))
  }

  /// - Parameters:
  ///   - norm: of the last correction, in units of the tolerances; `remainder`: see `measure`.
  ///   - rateFactor: d(rates)/d(values) of the formula at this step.
  ///   - setups: how many Jacobians were factored so far.
  func judge(
    iteration: Int, norm: Double, remainder: Double, tolerance: Double, rateFactor: Double,
    setups: Int
  ) -> Verdict {
    if iteration == 0 {
      isFresh = setups != self.setups
      if rateFactor != self.rateFactor || setups != self.setups {
        factor = Self.factorBeforeAnyRate
      }
      self.rateFactor = rateFactor
      self.setups = setups
      firstNorm = norm
      age += 1
      if norm <= 1e-8 * tolerance { return .converged }
      if age > Self.ageMaximum && !isFresh { return .unfinished }
    } else {
      let rate = root(norm / firstNorm, iteration)
      if rate > Self.rateMaximum {
        // corrections of rounding errors do not fall
        let isNegligible = isFresh && Self.factorBeforeAnyRate * norm <= tolerance
        return isNegligible ? .converged : .divergent
      }
      age = 0
      factor = max(Self.factorMinimum, rate / (1 - rate))
    }
    guard factor * norm <= tolerance else { return .unfinished }
    return isFresh || remainder <= tolerance ? .converged : .divergent
  }

  private func root(_ x: Double, _ index: Int) -> Double {
    switch index {
    case 1: x
    case 2: x.squareRoot()
    case 4: x.squareRoot().squareRoot()
    default: exponential(naturalLogarithm(x) / Double(index))
    }
  }
}

/// Newton's iteration, owned.
struct NewtonIteration: ~Copyable {
  let raw: SUNNonlinearSolver

  init(like vector: borrowing Vector, context: borrowing Context) {
    guard let made = SUNNonlinSol_Newton(vector.raw, context.raw) else {
      preconditionFailure("SUNDIALS could not make Newton's iteration")
    }
    raw = made
  }

  deinit { SUNNonlinSolFree(raw) }
}

func implicitConvergence(
  _ iteration: SUNNonlinearSolver?, _ y: N_Vector?, _ correction: N_Vector?, _ tolerance: Double,
  _ weights: N_Vector?, _ data: UnsafeMutableRawPointer?
) -> Int32 {
  ImplicitBridge.with(data) { bridge in
    if bridge.system.hasConstantJacobian { return SUN_NLS_SUCCESS }
    var count: Int32 = 0
    SUNNonlinSolGetCurIter(iteration, &count)
    var rateFactor = 0.0
    IDAGetCurrentCj(bridge.memory, &rateFactor)
    let test = bridge.iterationTest
    let (norm, remainder) = test.measure(
      iteration: Int(count), correction: elements(correction), weights: elements(weights))
    let verdict = test.judge(
      iteration: Int(count), norm: norm, remainder: remainder, tolerance: tolerance,
      rateFactor: rateFactor, setups: bridge.jacobians)
    switch verdict {
    case .converged: return SUN_NLS_SUCCESS
    case .unfinished: return SUN_NLS_CONTINUE
    case .divergent: return SUN_NLS_CONV_RECVR
    }
  }
}
