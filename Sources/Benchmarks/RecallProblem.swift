import Foundation
import Networks
import Numerics

/// The recall that speed is measured on: random images on the full circle, pseudo-inverse weights,
/// probes with a quarter of their pixels randomised.
struct RecallProblem {
  let count = 192
  let images = 12
  let probesPerImage = 20
  /// kappa times the length of a recall.
  let end = 40.0
  /// Orthonormal basis of the images: pseudo-inverse weights are the projector on its span.
  let basis: ComplexMatrix
  /// Phases of all probes, trial after trial.
  let initial: [Double]

  var trials: Int { images * probesPerImage }

  init(seed: UInt64 = 1) {
    var stream = RandomStream(seed: seed, purpose: .patterns)
    var phases: [[Double]] = []
    var columns: [[Complex]] = []
    for _ in 0..<images {
      let image = (0..<count).map { _ in 2 * Double.pi * stream.uniform() }
      phases.append(image)
      var column = image.map { Complex(modulus: 1, argument: $0) }
      // Gram and Schmidt, twice.
      for _ in 0..<2 {
        for other in columns {
          let overlap = zip(other, column).reduce(Complex.zero) { $0 + $1.0.conjugate * $1.1 }
          for i in 0..<count { column[i] = column[i] - overlap * other[i] }
        }
      }
      let length = column.reduce(0) { $0 + $1.squaredModulus }.squareRoot()
      columns.append(column.map { $0 / length })
    }
    basis = ComplexMatrix(rows: count, columns: images, elements: columns.flatMap { $0 })
    var probes: [Double] = []
    for image in phases {
      for _ in 0..<probesPerImage {
        var probe = image
        let places = (0..<count).shuffled(using: &stream).prefix(count / 4)
        for place in places { probe[place] = 2 * Double.pi * stream.uniform() }
        probes += probe
      }
    }
    initial = probes
  }

  var dense: ComplexMatrix {
    let adjoint = basis.adjoint
    var matrix = ComplexMatrix(rows: count, columns: count)
    DenseProduct.multiply(
      basis.elements, adjoint.elements, into: &matrix.elements, rows: count, inner: images,
      columns: count)
    return matrix
  }
}
