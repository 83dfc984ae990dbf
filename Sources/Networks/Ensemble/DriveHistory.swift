// The drive h(t) of one trial between and beyond the times at which it is known.
//
// Interpolant through the k last values: h(t) = e^{-m t} (c_0 e^{m t} + polynomial of degree k - 2),
// that is a constant plus a polynomial that decays at the rate m. In a recall the drive tends to a
// constant through modes whose rates lie around half of the oscillators' own relaxation rate (the
// stability matrix A = Re(conj x W x) of pseudo-inverse weights has its eigenvalues around 1/2), so
// with m there, the steps are a third longer than with polynomials (m = 0) at order 5. Any m gives
// the same order of the method.
//
// With g = e^{m t} h, E = e^{m t}, l_j the Lagrange polynomials of the k nodes and D_j their
// barycentric weights (1 / prod (t_j - t_l)):
//
//   g(t) = sum_j l_j(t) g_j + [E(t) - sum_j l_j(t) E_j] (sum_j D_j g_j) / (sum_j D_j E_j)
//
// and pi(t) ~ E(t) - sum_j l_j(t) E_j vanishes at all nodes: the shape in time of the correction.
// Times are measured in steps from the end of the step: it runs from -1 to 0.

import Numerics

/// The points at which an interpolant over a step is asked for: three of Gauss, and the end.
enum StepPoints {
  /// sqrt(15) / 10.
  static let offset = 0.387298334620741688518
  static let all = SIMD4<Double>(-0.5 - offset, -0.5, -0.5 + offset, 0)
}

/// How much each of the `k` last values of the drive weighs at the points of a step, and the shape
/// of the correction there.
struct InterpolationWeights {
  /// Rate times step where the decaying basis is used; 0 for plain polynomials.
  private let rate: Double
  /// pi at the points, 1 at the end of the step.
  private(set) var shape = SIMD4<Double>(repeating: 1)

  /// - Parameters:
  ///   - nodes: times of the values in steps from the step's end, newest first.
  ///   - decays: e^{rate t} at the nodes.
  ///   - exponentials: e^{rate t} at the points.
  ///   - output: called with each node's number and its weights at the points.
  @inline(__always)
  init(
    nodes: UnsafePointer<Double>, count: Int, decays: UnsafePointer<Double>,
    exponentials: SIMD4<Double>, rate: Double, at points: SIMD4<Double>,
    _ output: (Int, SIMD4<Double>) -> Void
  ) {
    // Over a short span the decay is not seen, and its formulas would cancel.
    let decaying = count >= 2 && -rate * (nodes[count - 1] - nodes[0]) >= 0.3
    self.rate = decaying ? rate : 0
    var product = SIMD4<Double>(repeating: 1)
    for j in 0..<count { product *= points - nodes[j] }
    let one = SIMD4<Double>(repeating: 1)
    guard decaying else {
      for j in 0..<count { output(j, Self.lagrange(nodes, count, j, points)) }
      shape = product / product[3]
      return
    }
    var remainder = exponentials
    var divided = 0.0
    for j in 0..<count {
      remainder -= decays[j] * Self.lagrange(nodes, count, j, points)
      divided += decays[j] * Self.barycentric(nodes, count, j)
    }
    let ratio = remainder / divided
    let back = one / exponentials
    for j in 0..<count {
      let weight =
        Self.lagrange(nodes, count, j, points) + ratio * Self.barycentric(nodes, count, j)
      output(j, back * weight * decays[j])
    }
    shape = back * remainder
    shape /= shape[3]
  }

  /// 1 / prod_l (t_j - t_l).
  @inline(__always)
  private static func barycentric(_ nodes: UnsafePointer<Double>, _ count: Int, _ j: Int)
    -> Double
  {
    var product = 1.0
    for l in 0..<count where l != j { product *= nodes[j] - nodes[l] }
    return 1 / product
  }

  @inline(__always)
  private static func lagrange(
    _ nodes: UnsafePointer<Double>, _ count: Int, _ j: Int, _ points: SIMD4<Double>
  ) -> SIMD4<Double> {
    var product = SIMD4<Double>(repeating: barycentric(nodes, count, j))
    for l in 0..<count where l != j { product *= points - nodes[l] }
    return product
  }

  /// The integral of the shape over the step, in steps.
  @inline(__always)
  var shapeIntegral: Double { (5 * (shape[0] + shape[2]) + 8 * shape[1]) / 18 }

  /// The integral over the step of the shape times the time left to the step's end, in steps.
  @inline(__always)
  var shapeMoment: Double {
    let left = -StepPoints.all
    return (5 * (shape[0] * left[0] + shape[2] * left[2]) + 8 * shape[1] * left[1]) / 18
  }
}
