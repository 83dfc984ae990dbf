internal import CLAPACK

/// Dense complex products by OpenBLAS. All matrices are column-major without gaps.
public enum DenseProduct {
  /// result = a b, for a (rows x inner) and b (inner x columns).
  ///
  /// The corresponding C functions are `cblas_zgemm`, and `cblas_zgemv` for a single column.
  public static func multiply(
    _ a: UnsafePointer<Complex>, _ b: UnsafePointer<Complex>,
    into result: UnsafeMutablePointer<Complex>, rows: Int, inner: Int, columns: Int
  ) {
    var one = Complex.one
    var zero = Complex.zero
    if columns == 1 {
      cblas_zgemv(
        CblasColMajor, CblasNoTrans, Int32(rows), Int32(inner), &one, a, Int32(rows), b, 1, &zero,
        result, 1)
    } else {
      cblas_zgemm(
        CblasColMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(inner), &one,
        a, Int32(rows), b, Int32(inner), &zero, result, Int32(rows))
    }
  }

  /// result = adjoint(a) b, for a (inner x rows) and b (inner x columns).
  public static func multiplyAdjoint(
    _ a: UnsafePointer<Complex>, _ b: UnsafePointer<Complex>,
    into result: UnsafeMutablePointer<Complex>, rows: Int, inner: Int, columns: Int
  ) {
    var one = Complex.one
    var zero = Complex.zero
    if columns == 1 {
      cblas_zgemv(
        CblasColMajor, CblasConjTrans, Int32(inner), Int32(rows), &one, a, Int32(inner), b, 1,
        &zero, result, 1)
    } else {
      cblas_zgemm(
        CblasColMajor, CblasConjTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(inner),
        &one, a, Int32(inner), b, Int32(inner), &zero, result, Int32(rows))
    }
  }

  /// Keeps OpenBLAS to one thread: parallel work is spread over tasks, and its own threads slow
  /// products of this size down.
  public static func useOneThread() { openblas_set_num_threads(1) }
}
