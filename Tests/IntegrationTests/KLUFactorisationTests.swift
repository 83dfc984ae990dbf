import Integration
import Numerics
import Testing

@Suite struct KLUFactorisationTests {
  /// A sparse matrix with a strong diagonal, and where each declared place went.
  private func sample(_ n: Int, seed: UInt64) -> (SparsePattern, [Double], RealMatrix) {
    var generator = SmallGenerator(state: seed)
    var (rows, columns, values): ([Int32], [Int32], [Double]) = ([], [], [])
    for k in 0..<(5 * n) {
      rows.append(Int32(k < n ? k : Int.random(in: 0..<n, using: &generator)))
      columns.append(Int32(k < n ? k : Int.random(in: 0..<n, using: &generator)))
      values.append(Double.random(in: -1...1, using: &generator) + (k < n ? 3 : 0))
    }
    rows[2 * n] = -1
    let (pattern, slots) = SparsePattern.assemble(count: n, rows: rows, columns: columns)
    #expect(Int(slots[2 * n]) == pattern.entryCount)
    var entries = [Double](repeating: 0, count: pattern.entryCount + 1)
    var dense = RealMatrix(rows: n, columns: n)
    for k in rows.indices {
      entries[Int(slots[k])] += values[k]
      if rows[k] >= 0 { dense[Int(rows[k]), Int(columns[k])] += values[k] }
    }
    return (pattern, entries, dense)
  }

  @Test func realAgainstDense() throws {
    for seed in 1...5 {
      let n = 40
      let (pattern, entries, dense) = sample(n, seed: UInt64(seed))
      let b = (0..<n).map { Double($0 * $0 % 17) - 8 }
      let klu = KLUFactorisation<Double>(pattern)
      let right = RealMatrix(rows: n, columns: 1, elements: b)
      for scale in [1.0, 2.5] {
        let values = entries.map { scale * $0 }
        try klu.factor(values)
        var (x, y) = (b, b)
        klu.solve(&x)
        klu.solveTransposed(&y)
        let (p, q) = (try solve(dense, right), try solve(dense.transpose, right))
        for k in 0..<n {
          #expect(abs(scale * x[k] - p.elements[k]) < 1e-11)
          #expect(abs(scale * y[k] - q.elements[k]) < 1e-11)
        }
      }
      #expect(klu.pivotings == 1 && klu.refactorisations == 1)
    }
  }

  /// The same numbers again cost nothing; others, be it one, are factored.
  @Test func repetitions() throws {
    let (pattern, entries, _) = sample(20, seed: 9)
    let klu = KLUFactorisation<Double>(pattern)
    try klu.factor(entries)
    try klu.factor(entries)
    #expect((klu.pivotings, klu.refactorisations, klu.repetitions) == (1, 0, 1))
    var others = entries
    others[pattern.entryCount - 1] += 0.25
    try klu.factor(others)
    try klu.factor(entries)
    #expect((klu.pivotings, klu.refactorisations, klu.repetitions) == (1, 2, 1))
    try klu.factor(entries, choosingPivots: true)
    #expect(klu.pivotings == 2)
    let b = (0..<20).map { Double($0) }
    var (x, y) = (b, b)
    klu.solve(&x)
    let fresh = KLUFactorisation<Double>(pattern)
    try fresh.factor(entries)
    fresh.solve(&y)
    #expect(x == y)
  }

  @Test func complexAgainstDense() throws {
    let n = 30
    let (pattern, entries, _) = sample(n, seed: 9)
    let turn = Complex(0.3, 1.1)
    let values = entries.enumerated().map { Complex($1) + Complex(0, Double($0 % 5)) * turn }
    var full = ComplexMatrix(rows: n, columns: n)
    for j in 0..<n {
      for slot in Int(pattern.columnStarts[j])..<Int(pattern.columnStarts[j + 1]) {
        full[Int(pattern.rowIndices[slot]), j] = values[slot]
      }
    }
    let b = (0..<n).map { Complex(Double($0 % 7), Double($0 % 3)) }
    let klu = KLUFactorisation<Complex>(pattern)
    try klu.factor(values)
    try klu.factor(values)
    var (x, y) = (b, b)
    klu.solve(&x)
    klu.solveTransposed(&y)
    for i in 0..<n {
      var (forward, backward) = (-b[i], -b[i])
      for j in 0..<n {
        forward += full[i, j] * x[j]
        backward += full[j, i] * y[j]
      }
      #expect(forward.modulus < 1e-10 && backward.modulus < 1e-10)
    }
  }

  @Test func singularRowsAreNamed() throws {
    let (pattern, _) = SparsePattern.assemble(
      count: 3, rows: [0, 0, 1, 1, 2, 2], columns: [0, 1, 0, 1, 2, 1])
    let klu = KLUFactorisation<Double>(pattern)
    let slots = (0..<3).map { j in
      (Int(pattern.columnStarts[j])..<Int(pattern.columnStarts[j + 1])).map {
        Int(pattern.rowIndices[$0])
      }
    }
    #expect(slots == [[0, 1], [0, 1, 2], [2]])
    // rows 0 and 1 are alike
    do {
      try klu.factor([1, 1, 2, 2, 0.5, 1])
      Issue.record("a singular matrix was factored")
    } catch {
      #expect(error.row <= 1 && error.column <= 1 && !error.isStructural)
    }
    try klu.factor([1, 1, 2, 3, 0.5, 1])
    let (empty, _) = SparsePattern.assemble(count: 2, rows: [0, 0], columns: [0, 1])
    do {
      try KLUFactorisation<Double>(empty).factor([1, 1])
      Issue.record("an empty row was factored")
    } catch {
      #expect(error.row == 1 && error.isStructural)
    }
  }

  /// Pivots that have become bad are chosen anew.
  @Test func badPivotsAreReplaced() throws {
    let (pattern, _) = SparsePattern.assemble(
      count: 2, rows: [0, 1, 0, 1], columns: [0, 0, 1, 1])
    let klu = KLUFactorisation<Double>(pattern)
    try klu.factor([1, 0.5, 0.5, 1])
    try klu.factor([1e-14, 1, 1, 1])
    #expect(klu.pivotings == 2)
    var b = [1.0, 2.0]
    klu.solve(&b)
    #expect(abs(b[0] - 1) < 1e-12 && abs(b[1] - 1) < 1e-12)
  }
}

/// A small generator for repeatable samples (Knuth's linear congruence, its upper bits).
private struct SmallGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let high = state >> 32
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (high << 32) | (state >> 32)
  }
}
