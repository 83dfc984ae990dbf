public import CLAPACK

/// Known when this is compiled; the optimiser removes the branch not taken.
@inlinable @inline(__always)
var hasFusedMultiplyAdd: Bool { oscine_has_fma() != 0 }

/// a * b + c, fused where the build targets a processor that does so in one instruction, and as two
/// operations elsewhere (where Swift's own fused form is a library call a lane, 60 times slower).
@inlinable @inline(__always)
public func multiplyAdd(_ a: SIMD8<Double>, _ b: SIMD8<Double>, _ c: SIMD8<Double>)
  -> SIMD8<Double>
{
  hasFusedMultiplyAdd ? c.addingProduct(a, b) : a * b + c
}

/// a * b + c, for one number; see the vector form.
@inlinable @inline(__always)
public func multiplyAdd(_ a: Double, _ b: Double, _ c: Double) -> Double {
  hasFusedMultiplyAdd ? c.addingProduct(a, b) : a * b + c
}
