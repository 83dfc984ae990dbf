// The natural logarithm of eight numbers at once.
//
// Goals, in order: error below 1 unit in the last place; no branch and no table; the same bits for
// every lane position.
//
// Source: the reduction to [sqrt(1/2), sqrt(2)] and the minimax coefficients of Sun Microsystems'
// fdlibm (e_log.c, 1993), public since.

/// ln x, lane by lane, for positive normal numbers; anything else is not defined.
@inlinable @inline(__always)
public func naturalLogarithm(_ x: SIMD8<Double>) -> SIMD8<Double> {
  typealias V = SIMD8<Double>
  typealias U = SIMD8<UInt64>
  let one = V(repeating: 1)
  // Adding the distance from sqrt(1/2) to 1 carries into the exponent exactly for the mantissas
  // above sqrt(2), so that x = 2^k m with m in [sqrt(1/2), sqrt(2)).
  let bits =
    unsafeBitCast(x, to: U.self) &+ U(repeating: 0x3FF0_0000_0000_0000 - 0x3FE6_A09E_667F_3BCD)
  let mantissa =
    (bits & U(repeating: 0x000F_FFFF_FFFF_FFFF)) &+ U(repeating: 0x3FE6_A09E_667F_3BCD)
  // The biased exponent becomes a double by way of the low bits of 2^52.
  let biased = unsafeBitCast((bits &>> U(repeating: 52)) | U(repeating: 0x4330 << 48), to: V.self)
  let k = biased - V(repeating: 0x1p52 + 1023)
  let f = unsafeBitCast(mantissa, to: V.self) - one
  let s = f / (f + V(repeating: 2))
  let z = s * s
  var r = V(repeating: 1.479819860511658591e-01)
  r = multiplyAdd(r, z, V(repeating: 1.531383769920937332e-01))
  r = multiplyAdd(r, z, V(repeating: 1.818357216161805012e-01))
  r = multiplyAdd(r, z, V(repeating: 2.222219843214978396e-01))
  r = multiplyAdd(r, z, V(repeating: 2.857142874366239149e-01))
  r = multiplyAdd(r, z, V(repeating: 3.999999999940941908e-01))
  r = multiplyAdd(r, z, V(repeating: 6.666666666666735130e-01))
  let half = V(repeating: 0.5) * f * f
  // ln 2 in two parts: the product of k with the first is exact.
  let low = multiplyAdd(k, V(repeating: 1.90821492927058770002e-10), s * multiplyAdd(r, z, half))
  return multiplyAdd(k, V(repeating: 6.93147180369123816490e-01), f - (half - low))
}
