import Numerics
import Testing

/// Matrices of normal deviates, and norms of differences.
private func random(_ rows: Int, _ columns: Int, seed: UInt64) -> ComplexMatrix {
  var stream = RandomStream(seed: seed, purpose: .parameter)
  return ComplexMatrix(
    rows: rows, columns: columns,
    elements: (0..<(rows * columns)).map { _ in Complex(stream.normal(), stream.normal()) })
}

private func distance(_ a: ComplexMatrix, _ b: ComplexMatrix) -> Double {
  zip(a.elements, b.elements).map { ($0 - $1).modulus }.max() ?? 0
}

private func identity(_ n: Int) -> ComplexMatrix {
  var result = ComplexMatrix(rows: n, columns: n)
  for i in 0..<n { result[i, i] = .one }
  return result
}

@Suite struct FactorisationTests {
  @Test func productAgreesWithTheDefinition() {
    let a = random(5, 3, seed: 1)
    let b = random(4, 3, seed: 2)
    let product = multiply(a, .plain, b, .adjoint)
    for i in 0..<5 {
      for j in 0..<4 {
        var sum = Complex.zero
        for k in 0..<3 { sum += a[i, k] * b[j, k].conjugate }
        #expect((product[i, j] - sum).modulus < 1e-14)
      }
    }
    #expect(distance(multiply(a.adjoint, a), multiply(a, .adjoint, a, .plain)) < 1e-14)
  }

  @Test func pivotedFactorsRebuildTheMatrix() throws {
    let a = random(9, 5, seed: 3)
    let qr = try PivotedQR(a, tolerance: 1e-12)
    #expect(qr.rank == 5)
    #expect(distance(multiply(qr.basis, .adjoint, qr.basis, .plain), identity(5)) < 1e-14)
    let rebuilt = multiply(qr.basis, qr.triangle)
    for (place, column) in qr.pivots.enumerated() {
      for i in 0..<9 { #expect((rebuilt[i, place] - a[i, column]).modulus < 1e-13) }
    }
  }

  @Test func rankAndCombinationOfDependentColumns() throws {
    var a = random(8, 4, seed: 4)
    for i in 0..<8 { a[i, 2] = Complex(0, 2) * a[i, 0] - a[i, 3] }
    let qr = try PivotedQR(a, tolerance: 1e-12)
    #expect(qr.rank == 3)
    let coefficients = qr.combination(at: 3)
    for i in 0..<8 {
      var sum = Complex.zero
      for k in 0..<3 { sum += coefficients[k] * a[i, qr.pivots[k]] }
      #expect((sum - a[i, qr.pivots[3]]).modulus < 1e-12)
    }
  }

  @Test func rankOfZerosAndOfWideMatrices() throws {
    #expect(try PivotedQR(ComplexMatrix(rows: 3, columns: 2), tolerance: 1e-12).rank == 0)
    #expect(try PivotedQR(random(3, 7, seed: 5), tolerance: 1e-12).rank == 3)
  }

  @Test func singularValuesRebuildTheMatrix() throws {
    let a = random(4, 6, seed: 6)
    let svd = try SingularValues(a)
    #expect(distance(svd.lowRank(4).expanded, a) < 1e-13)
    let squares = svd.values.reduce(0) { $0 + $1 * $1 }
    let norm = a.elements.reduce(0) { $0 + $1.squaredModulus }
    #expect(abs(squares - norm) < 1e-11)
    #expect(svd.values == svd.values.sorted(by: >))
  }

  @Test func hermitianEigenpairs() throws {
    let b = random(6, 6, seed: 7)
    let a = multiply(b, .plain, b, .adjoint)
    let eigen = try HermitianEigen(a)
    let left = multiply(a, eigen.vectors)
    for k in 0..<6 {
      for i in 0..<6 {
        #expect((left[i, k] - eigen.values[k] * eigen.vectors[i, k]).modulus < 1e-11)
      }
    }
  }

  @Test func symmetricPseudoInverse() throws {
    // The Laplacian of a ring of five: singular, null vector of ones.
    let n = 5
    var laplacian = RealMatrix(rows: n, columns: n)
    for i in 0..<n {
      laplacian[i, i] = 2
      laplacian[i, (i + 1) % n] = -1
      laplacian[(i + 1) % n, i] = -1
    }
    let eigen = try SymmetricEigen(laplacian)
    for k in 0..<n {
      // 2 - 2 cos(2 pi k / n), each but the first twice.
      let expected = 2 - 2 * cosine(2 * Double.pi * Double((k + 1) / 2) / Double(n))
      #expect(abs(eigen.values[k] - expected) < 1e-13)
    }
    let source = [1.0, -2, 0.5, 3, -2.5]
    let solution = eigen.pseudoInverse(times: source)
    let back = multiply(laplacian, RealMatrix(rows: n, columns: 1, elements: solution))
    for i in 0..<n { #expect(abs(back.elements[i] - source[i]) < 1e-12) }
    #expect(abs(solution.reduce(0, +)) < 1e-12)
  }

  @Test func linearSystems() throws {
    let a = random(6, 6, seed: 8)
    let x = random(6, 2, seed: 9)
    #expect(distance(try solve(a, multiply(a, x)), x) < 1e-11)
    let real = RealMatrix(rows: 2, columns: 2, elements: [2, 1, 1, 3])
    let solution = try solve(real, RealMatrix(rows: 2, columns: 1, elements: [3, 5]))
    #expect(abs(solution.elements[0] - 0.8) < 1e-15 && abs(solution.elements[1] - 1.4) < 1e-15)
  }

  @Test func failuresAreTyped() {
    let singular = RealMatrix(rows: 2, columns: 2, elements: [1, 2, 2, 4])
    #expect(throws: FactorisationFailure.singular(pivot: 1)) {
      try solve(singular, RealMatrix(rows: 2, columns: 1))
    }
    var poisoned = random(3, 3, seed: 10)
    poisoned[1, 1] = Complex(.nan, 0)
    #expect(throws: FactorisationFailure.notFinite) { try HermitianEigen(poisoned) }
  }

  @Test func lowRankProductEqualsDense() {
    let weights = Weights.lowRank(
      LowRankMatrix(left: random(7, 2, seed: 11), right: random(7, 2, seed: 12)))
    let states = random(7, 3, seed: 13)
    #expect(
      distance(weights.product(with: states), multiply(weights.expanded, states)) < 1e-13)
  }
}
