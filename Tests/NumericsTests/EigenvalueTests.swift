import Testing

@testable import Numerics

@Suite struct EigenvalueTests {
  /// The companion matrix of (x - 1)(x - 2)(x^2 + 2 x + 5).
  @Test func companionMatrix() throws {
    // x^4 - x^3 + x^2 - 11 x + 10
    var matrix = RealMatrix(rows: 4, columns: 4)
    for (k, coefficient) in [10.0, -11, 1, -1].enumerated() { matrix[k, 3] = -coefficient }
    for k in 0..<3 { matrix[k + 1, k] = 1 }
    let found = try eigenvalues(of: matrix).sorted {
      ($0.real, $0.imaginary) < ($1.real, $1.imaginary)
    }
    let expected = [Complex(-1, -2), Complex(-1, 2), Complex(1), Complex(2)]
    for (a, b) in zip(found, expected) { #expect((a - b).modulus < 1e-12) }
  }

  @Test func emptyAndNotFinite() throws {
    #expect(try eigenvalues(of: RealMatrix(rows: 0, columns: 0)).isEmpty)
    let bad = RealMatrix(rows: 1, columns: 1, elements: [.nan])
    #expect(throws: FactorisationFailure.notFinite) { try eigenvalues(of: bad) }
  }
}
