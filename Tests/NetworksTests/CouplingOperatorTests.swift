import Networks
import Numerics
import Testing

/// Every operator against the dense one, on random weights and several widths.
@Suite struct CouplingOperatorTests {
  static func random(_ rows: Int, _ columns: Int, seed: UInt64) -> ComplexMatrix {
    var stream = RandomStream(seed: seed, purpose: .weights)
    var matrix = ComplexMatrix(rows: rows, columns: columns)
    for k in matrix.elements.indices {
      matrix.elements[k] = Complex(stream.normal(), stream.normal())
    }
    return matrix
  }

  /// Largest difference of two operators' products, over the largest element of the product.
  static func difference(
    _ a: any CouplingOperator, _ b: any CouplingOperator, columns: Int
  ) -> Double {
    let sources = random(a.count, columns, seed: 99).elements
    var first = [Complex](repeating: .zero, count: sources.count)
    var second = first
    a.apply(sources, into: &first, columns: columns)
    b.apply(sources, into: &second, columns: columns)
    var (worst, largest) = (0.0, 0.0)
    for (x, y) in zip(first, second) {
      worst = max(worst, (x - y).modulus)
      largest = max(largest, x.modulus)
    }
    return worst / largest
  }

  @Test(arguments: [1, 2, 7, 33], [5, 24, 65])
  func lowRankEqualsDense(columns: Int, count: Int) {
    let factors = LowRankMatrix(
      left: Self.random(count, 3, seed: 1), right: Self.random(count, 3, seed: 2))
    let dense = DenseCoupling(factors.expanded)
    #expect(Self.difference(dense, LowRankCoupling(factors), columns: columns) < 1e-12)
    let chosen = CouplingChoice.best(for: factors.expanded)
    #expect(Self.difference(dense, chosen, columns: columns) < 1e-12)
  }

  @Test(arguments: [1, 5, 16])
  func sparseEqualsDense(columns: Int) {
    var matrix = Self.random(40, 40, seed: 3)
    var stream = RandomStream(seed: 4, purpose: .weights)
    for k in matrix.elements.indices where stream.uniform() < 0.97 { matrix.elements[k] = .zero }
    let sparse = SparseCoupling(matrix)
    #expect(Self.difference(DenseCoupling(matrix), sparse, columns: columns) < 1e-12)
    #expect(Self.difference(sparse, sparse.copy(), columns: columns) == 0)
  }

  @Test(arguments: Lattice.Boundary.allCases, [(5, 4), (1, 7), (16, 12)])
  func convolutionEqualsDense(boundary: Lattice.Boundary, size: (Int, Int)) throws {
    let lattice = Lattice(width: size.0, height: size.1, boundary: boundary)
    let kernel = Self.random(2 * size.0, 2 * size.1, seed: 5)
    let convolution = ConvolutionCoupling(lattice) { dx, dy in
      kernel[(dx + 2 * size.0) % (2 * size.0), (dy + 2 * size.1) % (2 * size.1)]
    }
    // The dense matrix from the definition of the weights, site by site.
    var matrix = ComplexMatrix(rows: lattice.count, columns: lattice.count)
    for i in 0..<lattice.count {
      for j in 0..<lattice.count {
        var dx = i % size.0 - j % size.0
        var dy = i / size.0 - j / size.0
        if boundary == .periodic {
          dx = (dx + size.0) % size.0
          dy = (dy + size.1) % size.1
        }
        matrix[i, j] =
          kernel[
            (dx + 2 * size.0) % (2 * size.0), (dy + 2 * size.1) % (2 * size.1)]
      }
    }
    #expect(Self.difference(DenseCoupling(matrix), convolution, columns: 3) < 1e-12)
    let chosen = CouplingChoice.best(for: matrix, lattice: lattice)
    #expect(Self.difference(DenseCoupling(matrix), chosen, columns: 3) < 1e-12)
  }

  @Test func choiceFollowsStructure() {
    let full = Self.random(64, 64, seed: 6)
    #expect(CouplingChoice.best(for: full).name == "dense")
    let factors = LowRankMatrix(
      left: Self.random(192, 12, seed: 7), right: Self.random(192, 12, seed: 8))
    #expect(CouplingChoice.best(for: factors).name == "low rank (12)")
    #expect(CouplingChoice.best(for: factors.expanded).name == "low rank (12)")
    var ring = ComplexMatrix(rows: 400, columns: 400)
    for i in 0..<400 { ring[i, (i + 1) % 400] = Complex(Double(i + 1)) }
    #expect(CouplingChoice.best(for: ring).name == "sparse (400 synapses)")
    let lattice = Lattice(width: 32, height: 32)
    var gaussian = ComplexMatrix(rows: 1024, columns: 1024)
    for i in 0..<1024 {
      for j in 0..<1024 {
        let (dx, dy) = (Double(i % 32 - j % 32), Double(i / 32 - j / 32))
        gaussian[i, j] = Complex(1 / (1 + dx * dx + dy * dy))
      }
    }
    #expect(
      CouplingChoice.best(for: gaussian, lattice: lattice).name == "convolution (32 x 32)")
  }
}
