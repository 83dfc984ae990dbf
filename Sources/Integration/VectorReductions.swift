// The operations of a vector that give one number. Sums run in sixteen lanes, because a sum in the
// order of the elements does not vectorise.

import CSundials
import Numerics

/// The sum over all elements of a term that is given eight pairs at a time.
@inline(__always)
private func reduce(
  _ count: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>,
  _ accumulate: (Eight, Eight, Eight) -> Eight
) -> Double {
  var even = Eight.zero
  var odd = Eight.zero
  var k = 0
  while k + 16 <= count {
    even = accumulate(loadEight(x, k), loadEight(y, k), even)
    odd = accumulate(loadEight(x, k + 8), loadEight(y, k + 8), odd)
    k += 16
  }
  if k + 8 <= count {
    even = accumulate(loadEight(x, k), loadEight(y, k), even)
    k += 8
  }
  if k < count { odd = accumulate(loadPart(x, k, count), loadPart(y, k, count), odd) }
  return (even + odd).sum()
}

func dotProduct(_ x: N_Vector?, _ y: N_Vector?) -> Double {
  reduce(content(x).pointee.count, elements(x), elements(y)) { multiplyAdd($0, $1, $2) }
}

/// The largest of the blocks' values; not a number where one of them is not.
@inline(__always)
private func largest(
  _ vector: N_Vector?, _ value: (_ start: Int, _ length: Int) -> Double
) -> Double {
  let held = content(vector).pointee
  let length = held.count / held.blockCount
  var result = 0.0
  for block in 0..<held.blockCount {
    let norm = value(block * length, length)
    if norm.isNaN { return norm }
    if norm > result { result = norm }
  }
  return result
}

/// The weighted root-mean-square norm: the largest of those of the blocks. This one norm serves
/// the error test, the step's choice and the convergence test of the iterations.
func weightedNorm(_ x: N_Vector?, _ w: N_Vector?) -> Double {
  largest(x) { start, length in
    (squares(x, w, start / length, length) / Double(length)).squareRoot()
  }
}

/// The sum of the squares of a block's weighted numbers.
@inline(__always)
func squares(_ x: N_Vector?, _ w: N_Vector?, _ block: Int, _ length: Int) -> Double {
  let start = block * length
  return reduce(length, elements(x) + start, elements(w) + start) { a, b, sum in
    let weighted = a * b
    return multiplyAdd(weighted, weighted, sum)
  }
}

/// As `weightedNorm`, but only elements with a positive mask count; the divisor stays the length.
func maskedWeightedNorm(_ x: N_Vector?, _ w: N_Vector?, _ mask: N_Vector?) -> Double {
  let (xs, ws, ms) = (elements(x), elements(w), elements(mask))
  return largest(x) { start, length in
    var sum = 0.0
    for k in start..<(start + length) where ms[k] > 0 {
      let weighted = xs[k] * ws[k]
      sum = multiplyAdd(weighted, weighted, sum)
    }
    return (sum / Double(length)).squareRoot()
  }
}

func weightedEuclideanNorm(_ x: N_Vector?, _ w: N_Vector?) -> Double {
  reduce(content(x).pointee.count, elements(x), elements(w)) { a, b, sum in
    let weighted = a * b
    return multiplyAdd(weighted, weighted, sum)
  }.squareRoot()
}

func sumNorm(_ x: N_Vector?) -> Double {
  reduce(content(x).pointee.count, elements(x), elements(x)) { a, _, sum in magnitude(a) + sum }
}

func maximumNorm(_ x: N_Vector?) -> Double {
  let n = content(x).pointee.count
  let xs = elements(x)
  var lanes = Eight.zero
  var k = 0
  while k + 8 <= n {
    lanes = larger(lanes, magnitude(loadEight(xs, k)))
    k += 8
  }
  if k < n { lanes = larger(lanes, magnitude(loadPart(xs, k, n))) }
  return largestLane(lanes)
}

func minimum(_ x: N_Vector?) -> Double {
  let n = content(x).pointee.count
  let xs = elements(x)
  var lanes = Eight(repeating: .infinity)
  var k = 0
  while k + 8 <= n {
    lanes = pointwiseMin(lanes, loadEight(xs, k))
    k += 8
  }
  var result = lanes.min()
  while k < n {
    result = Swift.min(result, xs[k])
    k += 1
  }
  return result
}

/// Whether no number is infinite or undefined: zero times such a number is undefined.
func allFinite(_ x: UnsafePointer<Double>, _ count: Int) -> Bool {
  let zero = Eight.zero
  return reduce(count, x, x) { a, _, sum in multiplyAdd(a, zero, sum) } == 0
}
