import Integration
import Numerics

/// Newton's last steps, judged by the change of the unknowns and not by the residual.
///
/// A residual that is small beside the currents of a circuit may still leave a node of high
/// impedance volts away; the Newton step itself says how far.
final class NewtonPolish {
  /// Relative to each unknown, and (volts, amperes) beside zero.
  static let relative = 1e-9
  static let absolute = 1e-12
  /// What is still a solution where rounding ends the progress.
  static let relativeAcceptable = 1e-6
  static let iterationsMaximum = 20

  private let problem: StaticProblem
  private let factorisation: KLUFactorisation<Double>
  private var values: [Double]
  private var step: [Double]

  init(_ problem: StaticProblem) {
    self.problem = problem
    factorisation = KLUFactorisation<Double>(problem.pattern)
    values = Array(repeating: 0, count: problem.pattern.entryCount + 1)
    step = Array(repeating: 0, count: problem.unknownCount)
  }

  /// Improves `x` in place; whether it is a solution.
  /// - Throws: `SingularMatrix`.
  func run(_ x: inout [Double]) throws(SingularMatrix) -> Bool {
    var before = Double.infinity
    for _ in 0..<Self.iterationsMaximum {
      try computeStep(x)
      let size = relativeSize(x)
      guard size.isFinite, size < 0.7 * before || size <= Self.relativeAcceptable else {
        return false
      }
      for k in x.indices { x[k] -= step[k] }
      if size <= Self.relative || size >= 0.7 * before { return true }
      before = size
    }
    return before <= Self.relativeAcceptable
  }

  private func computeStep(_ x: [Double]) throws(SingularMatrix) {
    for k in values.indices { values[k] = 0 }
    x.withUnsafeBufferPointer { x in
      step.withUnsafeMutableBufferPointer {
        problem.evaluate(x.baseAddress!, residual: $0.baseAddress!)
      }
      values.withUnsafeMutableBufferPointer {
        problem.jacobian(x.baseAddress!, values: $0.baseAddress!)
      }
    }
    if let bad = values.firstIndex(where: { !$0.isFinite }) {
      values[bad] = 0
      step[0] = .nan
      return
    }
    try factorisation.factor(values)
    step.withUnsafeMutableBufferPointer { factorisation.solve($0.baseAddress!) }
  }

  private func relativeSize(_ x: [Double]) -> Double {
    var largest = 0.0
    for k in x.indices {
      if !step[k].isFinite { return .infinity }
      let scale = abs(x[k]) + Self.absolute / Self.relative
      largest = max(largest, abs(step[k]) / scale)
    }
    return largest
  }
}
