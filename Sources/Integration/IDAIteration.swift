// Newton's iteration of IDA with a convergence test of its own.
//
// IDA's test keeps the last measured rate of convergence for as long as it converges at the first
// iteration. With steps of constant length that rate can be measured once, where the Jacobian was
// fresh and the equations flat, and then be trusted for ever. Unknowns in the error test are saved
// by that test; a branch current is not: its predictor, an extrapolation that multiplies errors by
// up to 31, is then hardly corrected any more, and the current grows without bound.
// So here the rate forgets: trusted for a single iteration only while that correction is small,
// measured again otherwise. The rest follows IDA.
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

  private var factor = factorBeforeAnyRate
  private var firstNorm = 0.0
  private var rateFactor = 0.0
  private var setups = -1

  /// - Parameters:
  ///   - norm: of the last correction, in units of the tolerances.
  ///   - rateFactor: d(rates)/d(values) of the formula at this step.
  ///   - setups: how many Jacobians were factored so far.
  func judge(
    iteration: Int, norm: Double, tolerance: Double, rateFactor: Double, setups: Int
  ) -> Verdict {
    if iteration == 0 {
      if rateFactor != self.rateFactor || setups != self.setups {
        factor = Self.factorBeforeAnyRate
      }
      self.rateFactor = rateFactor
      self.setups = setups
      firstNorm = norm
      if norm <= 1e-8 * tolerance { return .converged }
    } else {
      let rate = root(norm / firstNorm, iteration)
      if rate > Self.rateMaximum { return .divergent }
      factor = max(Self.factorMinimum, rate / (1 - rate))
    }
    return factor * norm <= tolerance ? .converged : .unfinished
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
  let bridge = ImplicitBridge.at(data)
  if bridge.system.hasConstantJacobian { return SUN_NLS_SUCCESS }
  var count: Int32 = 0
  SUNNonlinSolGetCurIter(iteration, &count)
  var rateFactor = 0.0
  IDAGetCurrentCj(bridge.memory, &rateFactor)
  let norm = weightedMaximum(correction, weights)
  let verdict = bridge.iterationTest.judge(
    iteration: Int(count), norm: norm, tolerance: tolerance, rateFactor: rateFactor,
    setups: bridge.jacobians)
  switch verdict {
  case .converged: return SUN_NLS_SUCCESS
  case .unfinished: return SUN_NLS_CONTINUE
  case .divergent: return SUN_NLS_CONV_RECVR
  }
}
