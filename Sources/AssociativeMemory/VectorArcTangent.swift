// The angle of eight points at once.
//
// Goals, in order: the library's arc tangent to a few units in the last place, over the whole
// plane; no branch and no call, so that the loop around it stays in vector registers.
//
// Source: S. L. Moshier, Methods and Programs for Mathematical Functions (1989), Cephes atan: with
// t in [-0.66, 0.66], atan t = t + t z P(z)/Q(z), z = t^2, relative error 1.8e-16. The quotient
// smaller/larger component lies in [0, 1]; above 0.66 it is turned by pi/4.

@inline(__always)
func arcTangent(_ y: SIMD8<Double>, _ x: SIMD8<Double>) -> SIMD8<Double> {
  let height = y.replacing(with: -y, where: y .< 0)
  let width = x.replacing(with: -x, where: x .< 0)
  let steep = height .> width
  let small = height.replacing(with: width, where: steep)
  let large = width.replacing(with: height, where: steep)
  // Turned by pi/4 where the quotient exceeds 0.66: (small - large) / (small + large).
  let turned = small .> 0.66 * large
  let numerator = small.replacing(with: small - large, where: turned)
  let denominator = large.replacing(with: small + large, where: turned)
  // The origin has angle 0, as the library has it.
  let t = numerator / denominator.replacing(with: 1, where: denominator .== 0)
  let z = t * t
  var p = SIMD8<Double>(repeating: -8.750608600031904122785e-1)
  p = p * z + -1.615753718733365076637e1
  p = p * z + -7.500855792314704667340e1
  p = p * z + -1.228866684490136173410e2
  p = p * z + -6.485021904942025371773e1
  var q = z + 2.485846490142306297962e1
  q = q * z + 1.650270098316988542046e2
  q = q * z + 4.328810604912902668951e2
  q = q * z + 4.853903996359136964868e2
  q = q * z + 1.945506571482613964425e2
  var angle = t + t * z * p / q
  angle.replace(with: angle + Double.pi / 4, where: turned)
  angle.replace(with: Double.pi / 2 - angle, where: steep)
  angle.replace(with: Double.pi - angle, where: x .< 0)
  angle.replace(with: -angle, where: y .< 0)
  return angle
}
