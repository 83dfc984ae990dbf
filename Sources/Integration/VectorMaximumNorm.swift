// The weighted maximum norm, for systems of which each unknown must be accurate alone. Weights of
// zero leave numbers out; the vectors that use it have whole groups of eight.

import CSundials
import Numerics

func installMaximumNorm(_ table: N_Vector_Ops) {
  table.pointee.nvwrmsnorm = weightedMaximum
  table.pointee.nvwrmsnormmask = maskedWeightedMaximum
  // IDAS asks for a vector's size without looking whether it can tell
  table.pointee.nvspace = { vector, numbers, integers in
    numbers?.pointee = sunindextype(content(vector).pointee.count)
    integers?.pointee = 0
  }
}

/// max |x_i w_i|; not a number where one of the products is not.
func weightedMaximum(_ x: N_Vector?, _ w: N_Vector?) -> Double {
  let (xs, ws) = (elements(x), elements(w))
  return largest(content(x).pointee.normCount) { loadEight(xs, $0) * loadEight(ws, $0) }
}

/// As `weightedMaximum`, over the numbers with a mask of one; masks are zero or one.
func maskedWeightedMaximum(_ x: N_Vector?, _ w: N_Vector?, _ mask: N_Vector?) -> Double {
  let (xs, ws, ms) = (elements(x), elements(w), elements(mask))
  return largest(content(x).pointee.normCount) {
    loadEight(xs, $0) * (loadEight(ws, $0) * loadEight(ms, $0))
  }
}

@inline(__always)
private func largest(_ count: Int, _ products: (Int) -> Eight) -> Double {
  var lanes = Eight.zero
  var poison = Eight.zero
  var k = 0
  while k < count {
    let product = products(k)
    lanes = larger(lanes, magnitude(product))
    poison += product * 0
    k += 8
  }
  return largestLane(lanes) + poison.sum()
}
