import CSundials
import Numerics

/// KINSOL's memory block.
struct KINSOLMemory: ~Copyable {
  let raw: UnsafeMutableRawPointer

  init(bridge: NonlinearBridge, context: borrowing Context) {
    guard let made = KINCreate(context.raw) else {
      preconditionFailure("KINSOL could not be made")
    }
    raw = made
    KINSetErrHandlerFn(made, keepNonlinearMessage, bridge.pointer)
    KINSetInfoHandlerFn(made, { _, _, _, _ in }, nil)
  }

  deinit {
    var raw: UnsafeMutableRawPointer? = self.raw
    KINFree(&raw)
  }
}

/// What KINSOL's callbacks need, and what they leave behind.
final class NonlinearBridge {
  let system: any NonlinearSystem
  let matrix: ChargeElimination
  let residualScales: [Double]
  var thrown: (any Error)?
  var message = ""
  var singularity: SingularMatrix?
  /// The evaluated state with the smallest scaled residual.
  var best: KINSOL.Result

  init(_ system: any NonlinearSystem, matrix: ChargeElimination, residualScales: [Double]) {
    self.system = system
    self.matrix = matrix
    self.residualScales = residualScales
    best = KINSOL.Result(
      x: [], iterations: 0, scaledResidual: .infinity, worstRow: 0, worstResidual: .infinity)
  }

  var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static func at(_ pointer: UnsafeMutableRawPointer?) -> NonlinearBridge {
    Unmanaged<NonlinearBridge>.fromOpaque(pointer.unsafelyUnwrapped).takeUnretainedValue()
  }

  func begin(_ guess: [Double]) {
    thrown = nil
    singularity = nil
    message = ""
    best = KINSOL.Result(
      x: guess, iterations: 0, scaledResidual: .infinity, worstRow: 0, worstResidual: .infinity)
  }

  /// Evaluates, and remembers the best; false where a number is not finite.
  func evaluate(_ x: UnsafePointer<Double>, _ r: Numbers) throws -> Bool {
    try system.evaluate(x, residual: r)
    var (worst, largest) = (0, 0.0)
    for row in residualScales.indices {
      let size = abs(r[row]) / residualScales[row]
      if !size.isFinite {
        if best.scaledResidual == .infinity { (best.worstRow, best.worstResidual) = (row, r[row]) }
        return false
      }
      if size > largest { (worst, largest) = (row, size) }
    }
    if largest < best.scaledResidual {
      best.x.withUnsafeMutableBufferPointer { into in
        into.baseAddress?.update(from: x, count: into.count)
      }
      (best.scaledResidual, best.worstRow, best.worstResidual) = (largest, worst, r[worst])
    }
    return true
  }

  /// Whether the first guess will do. KINSOL would ask for a hundredth of the tolerance there.
  func isSolved(_ guess: [Double], tolerance: Double) throws -> Bool {
    let r = alignedZeros(roundedToEight(guess.count))
    defer { r.deallocate() }
    return try evaluate(guess, r) && best.scaledResidual <= tolerance
  }
}

func nonlinearResidual(
  _ x: N_Vector?, _ r: N_Vector?, _ data: UnsafeMutableRawPointer?
) -> Int32 {
  let bridge = NonlinearBridge.at(data)
  if bridge.thrown != nil { return -1 }
  do {
    return try bridge.evaluate(elements(x), elements(r)) ? 0 : 1
  } catch {
    bridge.thrown = error
    return -1
  }
}

func nonlinearJacobian(
  _ x: N_Vector?, _ r: N_Vector?, _ matrix: SUNMatrix?, _ data: UnsafeMutableRawPointer?,
  _ a: N_Vector?, _ b: N_Vector?
) -> Int32 {
  let bridge = NonlinearBridge.at(data)
  bridge.matrix.clear()
  do {
    try bridge.system.jacobian(elements(x), values: bridge.matrix.values)
    bridge.matrix.values[bridge.matrix.entryCount] = 0
    try bridge.matrix.factor(rateFactor: 0)
    bridge.singularity = nil
    return 0
  } catch let failure as SingularMatrix {
    bridge.singularity = failure
    return 1
  } catch {
    bridge.thrown = error
    return -1
  }
}

func keepNonlinearMessage(
  _ code: Int32, _ module: UnsafePointer<CChar>?, _ function: UnsafePointer<CChar>?,
  _ text: UnsafeMutablePointer<CChar>?, _ data: UnsafeMutableRawPointer?
) {
  guard code != KIN_WARNING, let text else { return }
  NonlinearBridge.at(data).message = String(cString: text)
}

/// KINSOL's name of a return code.
func kinsolName(of code: Int32) -> String {
  guard let text = KINGetReturnFlagName(Int(code)) else { return "KIN_\(code)" }
  defer { free(text) }
  return String(cString: text)
}

/// One sentence on what to try for a return code of KINSOL.
func kinsolAdvice(for code: Int32) -> String {
  switch code {
  case KIN_MAXITER_REACHED, KIN_MXNEWT_5X_EXCEEDED:
    "a nearer first guess, or more iterations"
  case KIN_LINESEARCH_NONCONV, KIN_LINESEARCH_BCFAIL:
    "whole Newton steps, another first guess, or smoother equations near the worst one"
  case KIN_LSETUP_FAIL, KIN_LSOLVE_FAIL, KIN_LINSOLV_NO_RECOVERY:
    "making each equation depend on an unknown of its own"
  case KIN_FIRST_SYSFUNC_ERR, KIN_REPTD_SYSFUNC_ERR, KIN_SYSFUNC_FAIL:
    "another first guess: the equations are not finite there"
  default:
    "another first guess"
  }
}
