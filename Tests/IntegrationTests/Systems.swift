import Foundation
import Integration

/// A system given by closures over slices of doubles.
final class FormulaSystem: OrdinarySystem {
  typealias State = UnsafePointer<Double>
  typealias Result = UnsafeMutablePointer<Double>
  let count: Int
  var evaluations = 0
  var latest = -Double.infinity
  let formula: (Double, State, Result) throws -> Void
  let product: (Double, State, State, Result) throws -> Void

  init(
    _ count: Int, formula: @escaping (Double, State, Result) throws -> Void,
    product: @escaping (Double, State, State, Result) throws -> Void = { _, _, _, _ in }
  ) {
    self.count = count
    self.formula = formula
    self.product = product
  }

  func derivative(at time: Double, of state: State, into result: Result) throws {
    evaluations += 1
    latest = max(latest, time)
    try formula(time, state, result)
  }

  func jacobianProduct(at time: Double, state: State, with v: State, into result: Result) throws {
    try product(time, state, v, result)
  }
}

/// y_k' = -(k + 1) y_k / count: closed form, any size, both methods.
func decays(_ count: Int) -> FormulaSystem {
  FormulaSystem(
    count,
    formula: { _, y, f in
      for k in 0..<count { f[k] = -Double(k + 1) / Double(count) * y[k] }
    },
    product: { _, _, v, f in
      for k in 0..<count { f[k] = -Double(k + 1) / Double(count) * v[k] }
    })
}

/// x'' = -w^2 x, as (x, x' / w).
func oscillator(_ w: Double = 1) -> FormulaSystem {
  FormulaSystem(
    2,
    formula: { _, y, f in
      f[0] = w * y[1]
      f[1] = -w * y[0]
    },
    product: { _, _, v, f in
      f[0] = w * v[1]
      f[1] = -w * v[0]
    })
}

/// Van der Pol's x'' = mu (1 - x^2) x' - x.
func vanDerPol(_ mu: Double) -> FormulaSystem {
  FormulaSystem(
    2,
    formula: { _, y, f in
      f[0] = y[1]
      f[1] = mu * (1 - y[0] * y[0]) * y[1] - y[0]
    },
    product: { _, y, v, f in
      f[0] = v[1]
      f[1] = (-2 * mu * y[0] * y[1] - 1) * v[0] + mu * (1 - y[0] * y[0]) * v[1]
    })
}

/// dX_i = a X_i dt + noise for every component, Stratonovich: `additive` sigma or factor b X.
final class LinearNoise: StochasticSystem {
  enum Noise {
    case additive(Double)
    case proportional(Double)
  }
  let count: Int
  let length: Int
  let rate: Double
  let kind: Noise

  init(trials: Int, length: Int, rate: Double, _ kind: Noise) {
    count = trials * length
    self.length = length
    self.rate = rate
    self.kind = kind
  }

  var additiveNoise: [Double]? {
    if case .additive(let sigma) = kind { return [Double](repeating: sigma, count: length) }
    return nil
  }

  func noise(
    at time: Double, of state: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) throws {
    guard case .proportional(let b) = kind else { return }
    for k in 0..<count { result[k] = b * state[k] }
  }

  func derivative(
    at time: Double, of state: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) throws {
    for k in 0..<count { result[k] = rate * state[k] }
  }

  func jacobianProduct(
    at time: Double, state: UnsafePointer<Double>, with v: UnsafePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) throws {
    for k in 0..<count { result[k] = rate * v[k] }
  }
}
