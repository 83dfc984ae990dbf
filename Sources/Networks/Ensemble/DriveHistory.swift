// The drive h(t) of one trial between and beyond the times at which it is known.
//
// Interpolant through the k last values: h(t) = e^{-m t} (c_0 e^{m t} + polynomial of degree k-2),
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
  /// pi at the points, 1 at the end of the step.
  private(set) var shape = SIMD4<Double>(repeating: 1)

  /// - Parameters:
  ///   - nodes: times of the values in steps from the step's end, newest first; none is a point.
  ///   - decays: e^{rate t} at the nodes.
  ///   - barycentric: scratch for `count` numbers.
  ///   - exponentials: e^{rate t} at the points.
  ///   - output: called with each node's number and its weights at the points.
  @inline(__always)
  init(
    nodes: UnsafePointer<Double>, count: Int, decays: UnsafePointer<Double>,
    barycentric: UnsafeMutablePointer<Double>, exponentials: SIMD4<Double>, rate: Double,
    at points: SIMD4<Double>,
    _ output: (Int, SIMD4<Double>) -> Void
  ) {
    var product = SIMD4<Double>(repeating: 1)
    for j in 0..<count {
      product *= points - nodes[j]
      var separation = 1.0
      for l in 0..<count where l != j { separation *= nodes[j] - nodes[l] }
      barycentric[j] = 1 / separation
    }
    // Over a short span the decay is not seen, and its formulas would cancel.
    guard count >= 2 && -rate * (nodes[count - 1] - nodes[0]) >= 0.3 else {
      for j in 0..<count { output(j, barycentric[j] * product / (points - nodes[j])) }
      shape = product / product[3]
      return
    }
    var remainder = exponentials
    var divided = 0.0
    for j in 0..<count {
      let weighted = decays[j] * barycentric[j]
      remainder -= weighted * product / (points - nodes[j])
      divided += weighted
    }
    let ratio = remainder / divided
    let back = SIMD4<Double>(repeating: 1) / exponentials
    for j in 0..<count {
      let weighted = decays[j] * barycentric[j]
      output(j, weighted * back * (product / (points - nodes[j]) + ratio))
    }
    shape = back * remainder
    shape /= shape[3]
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
