// What IDA calls: 0 done; 1 "try a smaller step", for values that are not finite and for singular
// Jacobians; -1 stop, an error was thrown.

import CSundials
import Numerics

/// Runs a callback's body, keeping what it throws.
@inline(__always)
private func guarded(
  _ data: UnsafeMutableRawPointer?, _ body: (ImplicitBridge) throws -> Bool
) -> Int32 {
  ImplicitBridge.with(data) { bridge in
    do {
      return try body(bridge) ? 0 : 1
    } catch {
      bridge.thrown = error
      return -1
    }
  }
}

func implicitResidual(
  _ time: Double, _ y: N_Vector?, _ rates: N_Vector?, _ r: N_Vector?,
  _ data: UnsafeMutableRawPointer?
) -> Int32 {
  guarded(data) { try $0.residual(time, elements(y), elements(rates), elements(r)) }
}

/// The Jacobian is evaluated and factored at once; the matrix of the interface holds nothing.
func implicitJacobian(
  _ time: Double, _ rateFactor: Double, _ y: N_Vector?, _ rates: N_Vector?, _ r: N_Vector?,
  _ matrix: SUNMatrix?, _ data: UnsafeMutableRawPointer?, _ a: N_Vector?, _ b: N_Vector?,
  _ c: N_Vector?
) -> Int32 {
  guarded(data) { try $0.prepare(time, rateFactor, elements(y), elements(rates)) }
}

func implicitWeights(
  _ y: N_Vector?, _ weights: N_Vector?, _ data: UnsafeMutableRawPointer?
) -> Int32 {
  ImplicitBridge.with(data) { $0.weigh(elements(y), into: elements(weights)) }
  return 0
}

func implicitEvents(
  _ time: Double, _ y: N_Vector?, _ rates: N_Vector?, _ values: UnsafeMutablePointer<Double>?,
  _ data: UnsafeMutableRawPointer?
) -> Int32 {
  guarded(data) {
    try $0.system.events(
      at: time, elements(y), rates: elements(rates), into: values.unsafelyUnwrapped)
    return true
  }
}

func implicitQuadratures(
  _ time: Double, _ y: N_Vector?, _ rates: N_Vector?, _ result: N_Vector?,
  _ data: UnsafeMutableRawPointer?
) -> Int32 {
  guarded(data) { bridge in
    let (derivatives, values) = (elements(rates), elements(result))
    let n = bridge.system.quadratureCount
    try bridge.system.quadratures(
      at: time, elements(y), rates: derivatives, chargeRates: derivatives + bridge.count,
      into: values)
    return allFinite(values, n)
  }
}

/// Keeps what the solver would have printed.
func keepImplicitMessage(
  _ code: Int32, _ module: UnsafePointer<CChar>?, _ function: UnsafePointer<CChar>?,
  _ text: UnsafeMutablePointer<CChar>?, _ data: UnsafeMutableRawPointer?
) {
  guard code != IDA_WARNING, let text else { return }
  ImplicitBridge.with(data) { $0.message = String(cString: text) }
}

/// IDA's name of a return code.
func idaName(of code: Int32) -> String {
  guard let text = IDAGetReturnFlagName(Int(code)) else { return "IDA_\(code)" }
  defer { free(text) }
  return String(cString: text)
}

/// One sentence on what to try for a return code of IDA.
func idaAdvice(for code: Int32) -> String {
  switch code {
  case IDA_TOO_MUCH_ACC:
    "larger tolerances: the ones asked for are below the precision of the numbers"
  case IDA_ERR_FAIL:
    "a larger absolute tolerance, or stopping at the time where the equations jump"
  case IDA_CONV_FAIL, IDA_LSETUP_FAIL, IDA_LSOLVE_FAIL, IDA_LINIT_FAIL, IDA_NLS_FAIL:
    "a smaller largest step, or smoother equations near the worst one"
  case IDA_FIRST_RES_FAIL, IDA_REP_RES_ERR, IDA_RES_FAIL:
    "looking for a division by zero or an overflow: the equations are not finite from here on"
  case IDA_ILL_INPUT:
    "positive tolerances and step limits, and a stop time that lies ahead"
  case IDA_FIRST_QRHS_ERR, IDA_REP_QRHS_ERR, IDA_QRHS_FAIL:
    "looking for an overflow in the integrands"
  default:
    "smaller steps and looser tolerances"
  }
}
