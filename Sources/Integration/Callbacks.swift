// The way back from SUNDIALS into Swift. A callback is a plain C function; it finds the system
// through an unretained reference to a `Bridge`, which the solver's owner keeps alive.

import CSundials
import Numerics
import Ranks

/// What the callbacks of one solver need, and what they leave behind.
final class Bridge {
  let system: any OrdinarySystem
  let count: Int
  let ranks: Ranks
  /// The error a callback of the system threw; rethrown by the wrapper, never seen by C.
  var thrown: (any Error)?
  /// The solver's last words.
  var message = ""

  init(system: any OrdinarySystem, ranks: Ranks = .alone) {
    self.system = system
    self.ranks = ranks
    count = system.count
  }

  var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  @inline(__always)
  static func at(_ pointer: UnsafeMutableRawPointer?) -> Bridge {
    Unmanaged<Bridge>.fromOpaque(pointer.unsafelyUnwrapped).takeUnretainedValue()
  }
}

/// This rank's numbers of a vector.
private func numbers(_ vector: N_Vector?) -> UnsafeMutablePointer<Double> {
  N_VGetArrayPointer(vector).unsafelyUnwrapped
}

/// 0 done; 1 "try a smaller step", for values that are not finite; -1 stop, an error was thrown.
/// The functional iteration takes -1 for a failed iteration and goes on with a smaller step; so
/// after an error every call fails at once, and the solver gives up.
func rightHandSide(
  _ time: Double, _ state: N_Vector?, _ result: N_Vector?, _ data: UnsafeMutableRawPointer?
) -> Int32 {
  let bridge = Bridge.at(data)
  if bridge.thrown != nil { return -1 }
  let values = numbers(result)
  do {
    try bridge.system.derivative(at: time, of: numbers(state), into: values)
  } catch {
    bridge.thrown = error
    return -1
  }
  return bridge.ranks.any(!allFinite(values, bridge.count)) ? 1 : 0
}

/// The Jacobian's product with `v`; returns as `rightHandSide` does.
func jacobianTimes(
  _ v: N_Vector?, _ result: N_Vector?, _ time: Double, _ state: N_Vector?, _ derivative: N_Vector?,
  _ data: UnsafeMutableRawPointer?, _ scratch: N_Vector?
) -> Int32 {
  let bridge = Bridge.at(data)
  if bridge.thrown != nil { return -1 }
  let values = numbers(result)
  do {
    try bridge.system.jacobianProduct(
      at: time, state: numbers(state), with: numbers(v), into: values)
  } catch {
    bridge.thrown = error
    return -1
  }
  return bridge.ranks.any(!allFinite(values, bridge.count)) ? 1 : 0
}

/// Keeps what the solver would have printed.
func keepMessage(
  _ code: Int32, _ module: UnsafePointer<CChar>?, _ function: UnsafePointer<CChar>?,
  _ text: UnsafeMutablePointer<CChar>?, _ data: UnsafeMutableRawPointer?
) {
  guard code != CV_WARNING, let text else { return }
  Bridge.at(data).message = String(cString: text)
}

/// The solver's name of a return code.
func name(of code: Int32) -> String {
  guard let text = CVodeGetReturnFlagName(Int(code)) else { return "CV_\(code)" }
  defer { free(text) }
  return String(cString: text)
}

/// One sentence on what to try for a return code of CVODE.
func advice(for code: Int32) -> String {
  switch code {
  case CV_TOO_MUCH_WORK:
    "a larger relative tolerance, or the stiff method if the steps have become very small"
  case CV_TOO_MUCH_ACC:
    "larger tolerances: the ones asked for are below the precision of the numbers"
  case CV_ERR_FAILURE:
    "a larger absolute tolerance, or stopping at the time where the equations jump"
  case CV_CONV_FAILURE:
    "the stiff method, and checking the Jacobian's product against differences"
  case CV_LSETUP_FAIL, CV_LSOLVE_FAIL, CV_LINIT_FAIL:
    "checking the Jacobian's product against differences, or a larger Krylov dimension"
  case CV_FIRST_RHSFUNC_ERR:
    "another initial state or other parameters: the derivative is not finite at the start"
  case CV_REPTD_RHSFUNC_ERR, CV_UNREC_RHSFUNC_ERR, CV_RHSFUNC_FAIL:
    "looking for a division by zero or an overflow: the derivative is not finite from here on"
  case CV_TOO_CLOSE:
    "a later stop time: it cannot be told from the present time"
  case CV_BAD_T, CV_BAD_K:
    "interpolating inside the last step only"
  case CV_ILL_INPUT:
    "positive tolerances and step limits, and a stop time that lies ahead"
  default:
    "smaller steps and looser tolerances"
  }
}
