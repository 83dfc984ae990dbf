import Devices
import Integration
import Numerics

/// The circuit's equations as a nonlinear system in x alone: rates are R (x - x0), so that R = 0 is
/// rest, and R = 1 / d one implicit Euler step of length d from x0.
final class StaticProblem: NonlinearSystem {
  let equations: CircuitEquations
  var time = 0.0
  /// R, in 1/s.
  private(set) var rateFactor = 0.0
  private var origin: [Double]
  private var originCharges: [Double]
  private var rates: [Double]
  private var charges: [Double]
  private var chargeValues: [Double]

  init(_ equations: CircuitEquations) {
    self.equations = equations
    origin = Array(repeating: 0, count: equations.unknownCount)
    rates = origin
    charges = Array(repeating: 0, count: equations.chargeRows.count)
    originCharges = charges
    chargeValues = Array(repeating: 0, count: equations.pattern.entryCount + 1)
  }

  /// Makes this the problem of one implicit Euler step of length 1 / `rateFactor` from `x`.
  func step(from x: [Double], rateFactor: Double) {
    rest()
    var unused = x
    x.withUnsafeBufferPointer { x in
      unused.withUnsafeMutableBufferPointer { residual in
        rates.withUnsafeBufferPointer { rates in
          originCharges.withUnsafeMutableBufferPointer { charges in
            equations.evaluate(
              at: time, x.baseAddress!, rates: rates.baseAddress!,
              residual: residual.baseAddress!, charges: charges.baseAddress ?? residual.baseAddress!
            )
          }
        }
      }
    }
    origin = x
    self.rateFactor = rateFactor
  }

  /// Makes this the problem of rest.
  func rest() {
    rateFactor = 0
    for k in rates.indices { rates[k] = 0 }
  }

  var unknownCount: Int { equations.unknownCount }
  var pattern: SparsePattern { equations.pattern }

  func evaluate(_ x: UnsafePointer<Double>, residual: UnsafeMutablePointer<Double>) {
    setRates(x)
    rates.withUnsafeBufferPointer { rates in
      charges.withUnsafeMutableBufferPointer { charges in
        equations.evaluate(
          at: time, x, rates: rates.baseAddress!, residual: residual,
          charges: charges.baseAddress ?? residual)
      }
    }
    if rateFactor == 0 { return }
    for (k, row) in equations.chargeRows.enumerated() {
      residual[row] += rateFactor * (charges[k] - originCharges[k])
    }
  }

  func jacobian(_ x: UnsafePointer<Double>, values: UnsafeMutablePointer<Double>) {
    setRates(x)
    for k in chargeValues.indices { chargeValues[k] = 0 }
    rates.withUnsafeBufferPointer { rates in
      chargeValues.withUnsafeMutableBufferPointer { chargeValues in
        equations.jacobian(
          at: time, x, rates: rates.baseAddress!, rateFactor: rateFactor, values: values,
          chargeValues: chargeValues.baseAddress!)
      }
    }
    if rateFactor == 0 { return }
    for k in 0..<pattern.entryCount { values[k] += rateFactor * chargeValues[k] }
  }

  /// Whether residual and Jacobian are numbers: the logarithm of a voltage is none at zero.
  func isFinite(at x: [Double]) -> Bool {
    var residual = x
    var values = [Double](repeating: 0, count: pattern.entryCount + 1)
    x.withUnsafeBufferPointer { x in
      residual.withUnsafeMutableBufferPointer {
        evaluate(x.baseAddress!, residual: $0.baseAddress!)
      }
      values.withUnsafeMutableBufferPointer { jacobian(x.baseAddress!, values: $0.baseAddress!) }
    }
    return residual.allSatisfy(\.isFinite) && values.allSatisfy(\.isFinite)
  }

  /// Somewhere to begin where zeros are no place: unlike values, so that differences are not zero
  /// either.
  var finiteStart: [Double]? {
    for scale in [1.0, 1e-3] {
      let start = (0..<unknownCount).map { k in
        scale * (1 + 0.1 * (Double(k) * 0.618_033_988_75).truncatingRemainder(dividingBy: 1))
      }
      if isFinite(at: start) { return start }
    }
    return nil
  }

  private func setRates(_ x: UnsafePointer<Double>) {
    if rateFactor == 0 { return }
    for k in rates.indices { rates[k] = rateFactor * (x[k] - origin[k]) }
  }
}
