// Storkey's training rule with phasors: for each image x in turn
//
//   W_ij += (1/N) [ x_i conj(x_j) - x_i conj(h_ji) - h_ij conj(x_j) ]
//   h_ij  = sum over k other than i and j of W_ik x_k
//
// Source: A. Storkey, ICANN 1997, LNCS 1327, 451; A. J. Storkey, R. Valabregue, Neural Networks 12
// (1999) 869, doi:10.1016/S0893-6080(99)00038-6, for +-1. The second term is written h_ji there;
// with phasors its conjugate keeps W Hermitian. Rearranged: h_ij = (W x)_i - W_ii x_i - W_ij x_j
// for j other than i, which takes O(N^2) an image where the definition takes O(N^3).

public import Numerics

/// Local and incremental like Hebb's rule, with more room between images.
public struct StorkeyRule: TrainingRule {
  public let name = "storkey"
  public let summary =
    "Local and incremental as Hebb's rule, but each image is stored with its crosstalk subtracted."

  /// Whether W keeps the diagonal that the formula gives; the sums never read it.
  public var keepsDiagonal: Bool

  public init(keepsDiagonal: Bool = true) { self.keepsDiagonal = keepsDiagonal }

  public func train(_ patterns: PatternSet) throws(TrainingFailure) -> Weights {
    let n = patterns.pixelCount
    let phasors = patterns.phasors
    var weights = ComplexMatrix(rows: n, columns: n)
    for pattern in 0..<patterns.count {
      let image = ComplexMatrix(
        rows: n, columns: 1, elements: Array(phasors.elements[(pattern * n)..<(pattern * n + n)]))
      store(image.elements, into: &weights, field: multiply(weights, image).elements)
    }
    return .dense(keepsDiagonal ? weights : weights.withoutDiagonal())
  }

  /// Adds one image, whose full local field under the present weights is `field`.
  private func store(_ x: [Complex], into weights: inout ComplexMatrix, field: [Complex]) {
    let n = x.count
    // The field without the pixel's own part; W_ij x_j is subtracted pair by pair below.
    let outer = (0..<n).map { field[$0] - weights[$0, $0] * x[$0] }
    for j in 0..<n {
      for i in 0...j {
        let weight = weights[i, j]
        let towards = i == j ? outer[i] : outer[i] - weight * x[j]
        let back = i == j ? outer[j] : outer[j] - weights[j, i] * x[i]
        let change =
          x[i] * x[j].conjugate - x[i] * back.conjugate - towards * x[j].conjugate
        let updated = weight + change / Double(n)
        weights[i, j] = updated
        weights[j, i] = updated.conjugate
      }
    }
  }
}
