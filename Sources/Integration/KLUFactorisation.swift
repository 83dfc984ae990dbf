// Sparse LU factorisation for matrices that keep their pattern: KLU of SuiteSparse.
//
// The order of elimination is found once, the pivots at the first factorisation and again when they
// have become bad; in between only the numbers are computed anew. The corresponding C functions are
// klu_analyze, klu_factor, klu_refactor, klu_solve and klu_tsolve and their complex twins klu_z_*.
//
// Source: T. A. Davis, E. Palamadai Natarajan, "Algorithm 907: KLU, a direct sparse solver for
// circuit simulation problems", ACM Trans. Math. Softw. 37 (2010) 36, doi:10.1145/1824801.1824814.

import CSundials
public import Numerics

/// The factors of a sparse matrix of `Scalar`s: `Double` or `Complex`.
///
/// Rows are scaled by their largest entry, so that equations in different units pivot fairly.
public final class KLUFactorisation<Scalar: KLUScalar> {
  public let pattern: SparsePattern
  /// How often new pivots were chosen, and how often the old ones served.
  public private(set) var pivotings = 0
  public private(set) var refactorisations = 0
  /// How often the matrix was the last one again, and nothing had to be done.
  public private(set) var repetitions = 0

  private let klu: KLUFunctions
  private var symbolic: UnsafeMutablePointer<klu_symbolic>?
  private var numeric: UnsafeMutablePointer<klu_numeric>?
  /// The numbers the factors belong to; meaningless while `numeric` is nil.
  private let factored: UnsafeMutableRawPointer
  private let byteCount: Int
  /// Smallest over largest pivot, and the pivots' growth, of the last choice of pivots.
  private var spread = 0.0
  private var growth = 0.0

  /// Finds the order of elimination.
  /// - Precondition: the pattern has at least one row.
  public init(_ pattern: SparsePattern) {
    precondition(pattern.count > 0, "a matrix has at least one row")
    self.pattern = pattern
    let starts = UnsafeMutablePointer<Int32>.allocate(capacity: pattern.count + 1)
    starts.initialize(from: pattern.columnStarts, count: pattern.count + 1)
    let rows = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, pattern.entryCount))
    rows.initialize(from: pattern.rowIndices, count: pattern.entryCount)
    byteCount = pattern.entryCount * MemoryLayout<Scalar>.stride
    factored = .allocate(byteCount: max(1, byteCount), alignment: MemoryLayout<Double>.alignment)
    let common = UnsafeMutablePointer<klu_common>.allocate(capacity: 1)
    common.initialize(to: klu_common())
    klu_defaults(common)
    klu = KLUFunctions(
      isReal: Scalar.self == Double.self, starts: starts, rows: rows, common: common)
    symbolic = klu_analyze(Int32(pattern.count), starts, rows, common)
    precondition(symbolic != nil, "KLU could not order a matrix (code \(common.pointee.status))")
  }

  deinit {
    klu.free(&numeric)
    klu_free_symbolic(&symbolic, klu.common)
    factored.deallocate()
    klu.common.deallocate()
    klu.rows.deallocate()
    klu.starts.deallocate()
  }

  /// Factors the matrix with these values (`pattern.entryCount` of them), with the pivots of the
  /// last time where they are still good. The matrix of the last time again costs a comparison:
  /// circuits without memory, and steps of unchanged length in linear ones, factor once.
  ///
  /// - Parameter choosingPivots: whether to choose new pivots in any case.
  public func factor(
    _ values: UnsafePointer<Scalar>, choosingPivots: Bool = false
  ) throws(SingularMatrix) {
    let raw = UnsafeMutableRawPointer(mutating: values).assumingMemoryBound(to: Double.self)
    if !choosingPivots && numeric != nil && isFactored(values) {
      repetitions += 1
      return
    }
    defer { factored.copyMemory(from: values, byteCount: byteCount) }
    if !choosingPivots, let numeric, let symbolic, klu.refactor(raw, symbolic, numeric),
      pivotsServe(raw, symbolic, numeric)
    {
      refactorisations += 1
      return
    }
    try choosePivots(raw)
  }

  /// Whether the values are those factored last, bit by bit.
  private func isFactored(_ values: UnsafePointer<Scalar>) -> Bool {
    let bits = UnsafeRawPointer(values)
    for offset in stride(from: 0, to: byteCount, by: MemoryLayout<UInt64>.size)
    where bits.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      != factored.load(fromByteOffset: offset, as: UInt64.self)
    { return false }
    return true
  }

  private func choosePivots(_ values: UnsafeMutablePointer<Double>) throws(SingularMatrix) {
    klu.free(&numeric)
    numeric = klu.factor(values, symbolic!)
    let status = klu.common.pointee.status
    precondition(status >= 0, "KLU could not factor a matrix (code \(status))")
    guard status == KLU_OK, let numeric else { throw singularity(values) }
    spread = klu.spread(symbolic!, numeric)
    if !(spread > 0) { throw singularity(values) }
    growth = klu.growth(values, symbolic!, numeric)
    pivotings += 1
  }

  /// The cheap test first: bad pivots grow the later ones, and spread them. Only where the spread
  /// is much wider than with chosen pivots, the growth itself is computed.
  private func pivotsServe(
    _ values: UnsafeMutablePointer<Double>, _ symbolic: UnsafeMutablePointer<klu_symbolic>,
    _ numeric: UnsafeMutablePointer<klu_numeric>
  ) -> Bool {
    let now = klu.spread(symbolic, numeric)
    if now > 1e-2 * spread { return true }
    if !(now > 0) { return false }
    return klu.growth(values, symbolic, numeric) > 1e-3 * growth
  }

  /// Whether the last `factor` succeeded.
  public var isReady: Bool { numeric != nil }

  /// Solves A x = b for `columns` right-hand sides one after the other, x over b.
  /// - Precondition: `factor` succeeded last.
  public func solve(_ b: UnsafeMutablePointer<Scalar>, columns: Int = 1) {
    guard let numeric, let symbolic else { preconditionFailure("nothing is factored") }
    let raw = UnsafeMutableRawPointer(b).assumingMemoryBound(to: Double.self)
    klu.solve(symbolic, numeric, Int32(pattern.count), Int32(columns), raw)
  }

  /// Solves with the transpose (not the conjugate transpose), x over b.
  /// - Precondition: `factor` succeeded last.
  public func solveTransposed(_ b: UnsafeMutablePointer<Scalar>, columns: Int = 1) {
    guard let numeric, let symbolic else { preconditionFailure("nothing is factored") }
    let raw = UnsafeMutableRawPointer(b).assumingMemoryBound(to: Double.self)
    klu.solveTransposed(symbolic, numeric, Int32(pattern.count), Int32(columns), raw)
  }

  /// Where elimination fails: a factorisation that goes on past zero pivots tells the row.
  private func singularity(_ values: UnsafeMutablePointer<Double>) -> SingularMatrix {
    klu.free(&numeric)
    let n = pattern.count
    let isStructural = klu.common.pointee.structural_rank < Int32(n)
    klu.common.pointee.halt_if_singular = 0
    numeric = klu.factor(values, symbolic!)
    klu.common.pointee.halt_if_singular = 1
    defer { klu.free(&numeric) }
    guard let numeric else { return SingularMatrix(row: 0, column: 0, isStructural: isStructural) }
    let width = MemoryLayout<Scalar>.size / MemoryLayout<Double>.size
    let pivots = numeric.pointee.Udiag.assumingMemoryBound(to: Double.self)
    let bad = (0..<n).first { k in
      let size = (0..<width).reduce(0.0) { $0 + abs(pivots[width * k + $1]) }
      return !(size > 0) || !size.isFinite
    }
    let k = bad ?? min(n - 1, max(0, Int(klu.common.pointee.numerical_rank)))
    return SingularMatrix(
      row: Int(numeric.pointee.Pnum[k]), column: Int(symbolic!.pointee.Q[k]),
      isStructural: isStructural)
  }
}
