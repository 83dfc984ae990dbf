import Numerics
import Testing

@testable import Simulation

@Suite struct KrylovSolverTests {
  /// Identity and a random matrix, against dense elimination.
  @Test(arguments: [3, 20, 60])
  func solvesAsElimination(_ count: Int) throws {
    var random = RandomStream(seed: 7, instance: count, purpose: RandomPurpose(rawValue: 1))
    var matrix = RealMatrix(rows: count, columns: count)
    for k in matrix.elements.indices { matrix.elements[k] = random.uniform() - 0.5 }
    for k in 0..<count { matrix[k, k] += 3 }
    let right = (0..<count).map { _ in random.uniform() }
    let expected = try solve(
      matrix, RealMatrix(rows: count, columns: 1, elements: right))
    let (found, residual) = KrylovSolver().solve(right) { v in
      (0..<count).map { row in (0..<count).reduce(0) { $0 + matrix[row, $1] * v[$1] } }
    }
    #expect(residual < 1e-12)
    for k in 0..<count { #expect(abs(found[k] - expected.elements[k]) < 1e-10) }
  }

  /// A matrix of rank r away from the identity takes r + 1 products.
  @Test func fewEigenvaluesTakeFewProducts() {
    var products = 0
    let right = (0..<200).map { Double($0 % 7) - 3 }
    let (found, _) = KrylovSolver().solve(right) { v in
      products += 1
      return v.indices.map { $0 < 2 ? v[$0] * Double(3 + $0) : v[$0] }
    }
    #expect(products <= 4)
    for k in right.indices {
      #expect(abs(found[k] - right[k] / (k < 2 ? Double(3 + k) : 1)) < 1e-11)
    }
  }
}
