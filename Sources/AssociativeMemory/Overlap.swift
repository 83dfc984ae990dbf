public import Numerics
public import Ranks

/// How much of each pattern a state holds.
public enum Overlap {
  /// |<x|y>| / N for every pattern x, y the state's unit phasors: 1 for the pattern itself at any
  /// global phase, about 1/sqrt(N) for an unrelated one. An oscillator at rest (amplitude 0)
  /// contributes nothing.
  /// - Parameters:
  ///   - amplitudes: the state, N complex amplitudes of any modulus.
  ///   - patterns: unit phasors, N x P.
  ///   - ranks: over which the pixels are spread.
  public static func moduli(
    of amplitudes: UnsafePointer<Complex>, with patterns: ComplexMatrix, ranks: Ranks = .alone
  ) -> [Double] {
    let n = patterns.rows
    let units = (0..<n).map { i in
      let modulus = amplitudes[i].modulus
      return modulus > 0 ? amplitudes[i] / modulus : .zero
    }
    let products = multiply(
      patterns, .adjoint, ComplexMatrix(rows: n, columns: 1, elements: units), .plain)
    if ranks.isAlone { return products.elements.map { $0.modulus / Double(n) } }
    let sums = ranks.sums(products.elements.flatMap { [$0.real, $0.imaginary] } + [Double(n)])
    return products.elements.indices.map {
      Complex(sums[2 * $0], sums[2 * $0 + 1]).modulus / sums[sums.count - 1]
    }
  }

  /// The same for a state of phases in radians.
  public static func moduli(
    of phases: [Double], with patterns: ComplexMatrix, ranks: Ranks = .alone
  ) -> [Double] {
    precondition(phases.count == patterns.rows, "state and patterns differ in size")
    return moduli(
      of: phases.map { Complex(modulus: 1, argument: $0) }, with: patterns, ranks: ranks)
  }

  /// Kuramoto's order parameter |sum of e^{i phi}| / N: 1 in synchrony, about 1/sqrt(N) for
  /// unrelated phases.
  /// - Parameter amplitudes: `count` complex amplitudes of any modulus.
  public static func orderParameter(
    of amplitudes: UnsafePointer<Complex>, count: Int
  ) -> Double {
    var sum = Complex.zero
    for i in 0..<count {
      let modulus = amplitudes[i].modulus
      if modulus > 0 { sum += amplitudes[i] / modulus }
    }
    return sum.modulus / Double(max(count, 1))
  }

  /// The same for a state of phases in radians.
  public static func orderParameter(of phases: [Double], ranks: Ranks = .alone) -> Double {
    var sum = Complex.zero
    for phase in phases { sum += Complex(modulus: 1, argument: phase) }
    if ranks.isAlone { return sum.modulus / Double(max(phases.count, 1)) }
    let sums = ranks.sums([sum.real, sum.imaginary, Double(phases.count)])
    return Complex(sums[0], sums[1]).modulus / sums[2]
  }
}
