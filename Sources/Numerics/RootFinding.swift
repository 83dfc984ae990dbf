// A root of a scalar function between two points of opposite sign.
//
// Source: I. F. D. Oliveira and R. H. C. Takahashi, "An enhancement of the bisection method average
// performance preserving minmax optimality", ACM Trans. Math. Softw. 47 (2021) 5,
// doi:10.1145/3423597: interpolate, truncate, project (ITP). Chosen because it converges like the
// secant method on smooth functions and never takes more than one evaluation above bisection.

/// The point in `bracket` where `function` changes sign, to within `tolerance` (absolute, in the
/// argument's unit; the spacing of doubles where that is wider).
///
/// - Returns: nil where the values at both ends have the same sign or one is not a number.
/// - Throws: what `function` throws.
public func root<Failure: Error>(
  in bracket: ClosedRange<Double>, tolerance: Double,
  of function: (Double) throws(Failure) -> Double
) throws(Failure) -> Double? {
  let (lower, upper) = (bracket.lowerBound, bracket.upperBound)
  let (atLower, atUpper) = (try function(lower), try function(upper))
  return try root(
    in: bracket, atLower: atLower, atUpper: atUpper, tolerance: tolerance, of: function)
}

/// As `root(in:tolerance:of:)`, where the values at both ends are known already.
public func root<Failure: Error>(
  in bracket: ClosedRange<Double>, atLower: Double, atUpper: Double, tolerance: Double,
  of function: (Double) throws(Failure) -> Double
) throws(Failure) -> Double? {
  precondition(tolerance >= 0, "a tolerance is not negative")
  var (a, b) = (bracket.lowerBound, bracket.upperBound)
  var (atA, atB) = (atLower, atUpper)
  if atA == 0 { return a }
  if atB == 0 { return b }
  guard (atA < 0 && atB > 0) || (atA > 0 && atB < 0) else { return nil }
  let rising = atA < 0
  // No narrower than the doubles themselves lie at the larger end.
  let spacing = max(abs(a), abs(b)).ulp
  let half = max(tolerance / 2, spacing)
  let truncation = 0.2 / (b - a)
  // What bisection would still reach, and one evaluation more.
  var reach = half
  while reach < b - a { reach *= 2 }
  while b - a > 2 * half {
    let middle = a + (b - a) / 2
    let width = b - a
    let secant = atA.isFinite && atB.isFinite ? a + width * (atA / (atA - atB)) : middle
    let direction: Double = middle >= secant ? 1 : -1
    let shift = min(truncation * width * width, abs(middle - secant))
    let truncated = secant + direction * shift
    let allowed = max(0, reach - width / 2)
    var x = abs(truncated - middle) <= allowed ? truncated : middle - direction * allowed
    if !(x > a && x < b) { x = middle }
    let value = try function(x)
    if value == 0 { return x }
    if value.isNaN { return nil }
    if (value > 0) == rising {
      (b, atB) = (x, value)
    } else {
      (a, atA) = (x, value)
    }
    reach /= 2
  }
  return a + (b - a) / 2
}
