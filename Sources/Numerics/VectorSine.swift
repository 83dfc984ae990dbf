// Sine and cosine of eight numbers at once.
//
// Goals, in order: error below 1.5 units in the last place for |x| <= 1e6; no branch and no table,
// so that eight lanes cost about as much as one call of the library; the same bits for every lane
// position. Phases of oscillators stay far below 1e6 turns in a rotating frame.
//
// Source: argument reduction in three parts after W. J. Cody and W. Waite, "Software Manual for the
// Elementary Functions" (1980); polynomials: the minimax coefficients on [-pi/4, pi/4] of
// S. Sun Microsystems' fdlibm (k_sin.c, k_cos.c, 1993), public since.

/// (sin x, cos x), lane by lane, for |x| <= 1e6 (radians); NaN stays NaN.
@inlinable @inline(__always)
public func sineCosine(_ x: SIMD8<Double>) -> (sine: SIMD8<Double>, cosine: SIMD8<Double>) {
  typealias V = SIMD8<Double>
  typealias U = SIMD8<UInt64>
  // Adding 1.5 * 2^52 rounds to an integer and leaves it in the low bits.
  let magic = V(repeating: 0x1.8p52)
  let shifted = multiplyAdd(x, V(repeating: 0x1.45f306dc9c883p-1), magic)
  let n = shifted - magic
  let quadrant = unsafeBitCast(shifted, to: U.self)
  // pi/2 in pieces of 33 bits: n times each of the first two is exact for n < 2^20.
  var r = multiplyAdd(n, V(repeating: -1.57079632673412561417e+00), x)
  r = multiplyAdd(n, V(repeating: -6.07710050630396597660e-11), r)
  r = multiplyAdd(n, V(repeating: -2.02226624879595063154e-21), r)
  let z = r * r
  var s = V(repeating: 1.58969099521155010221e-10)
  s = multiplyAdd(s, z, V(repeating: -2.50507602534068634195e-08))
  s = multiplyAdd(s, z, V(repeating: 2.75573137070700676789e-06))
  s = multiplyAdd(s, z, V(repeating: -1.98412698298579493134e-04))
  s = multiplyAdd(s, z, V(repeating: 8.33333333332248946124e-03))
  s = multiplyAdd(s, z, V(repeating: -1.66666666666666324348e-01))
  let sine = multiplyAdd(r * z, s, r)
  var c = V(repeating: -1.13596475577881948265e-11)
  c = multiplyAdd(c, z, V(repeating: 2.08757232129817482790e-09))
  c = multiplyAdd(c, z, V(repeating: -2.75573143513906633035e-07))
  c = multiplyAdd(c, z, V(repeating: 2.48015872894767294178e-05))
  c = multiplyAdd(c, z, V(repeating: -1.38888888888741095749e-03))
  c = multiplyAdd(c, z, V(repeating: 4.16666666666666019037e-02))
  let cosine = multiplyAdd(z * z, c, multiplyAdd(z, V(repeating: -0.5), V(repeating: 1)))
  // Odd quadrants swap the two; the signs follow from the quadrant's second bit.
  let odd = (quadrant & U(repeating: 1)) .!= U(repeating: 0)
  let two = U(repeating: 2)
  let sineSign = (quadrant & two) &<< U(repeating: 62)
  let cosineSign = ((quadrant &+ U(repeating: 1)) & two) &<< U(repeating: 62)
  let sineBits = unsafeBitCast(sine.replacing(with: cosine, where: odd), to: U.self) ^ sineSign
  let cosineBits = unsafeBitCast(cosine.replacing(with: sine, where: odd), to: U.self) ^ cosineSign
  return (unsafeBitCast(sineBits, to: V.self), unsafeBitCast(cosineBits, to: V.self))
}
