// Vectors that span ranks: SUNDIALS' own (MPIPlusX), around this room's vector on each rank.
// Element by element they work on the parts; what gives one number is summed or compared over
// ranks. Only the norms are ours, because a trial's norm is that of its numbers on all ranks.

import CSundials
import Ranks

/// The ranks that a vector's numbers are spread over.
final class VectorSpan {
  let ranks: Ranks
  /// Numbers on all ranks.
  let count: Int

  init(_ ranks: Ranks, count: Int) {
    self.ranks = ranks
    self.count = Int(ranks.sum(Double(count)))
  }
}

/// Replaces the norms in the operation table of a vector that spans ranks.
func installSpan(_ table: N_Vector_Ops) {
  table.pointee.nvwrmsnorm = { x, w in
    spanNorm(oscine_local_vector(x)) { block, length in
      squares(oscine_local_vector(x), oscine_local_vector(w), block, length)
    }
  }
  // one pass over memory in place of one for each term; the parts' own need no other rank
  table.pointee.nvlinearcombination = { terms, factors, vectors, z in
    guard let vectors else { return -1 }
    return withUnsafeTemporaryAllocation(of: N_Vector?.self, capacity: Int(terms)) { parts in
      for j in 0..<Int(terms) {
        parts.initializeElement(at: j, to: oscine_local_vector(vectors[j]))
      }
      return linearCombination(terms, factors, parts.baseAddress, oscine_local_vector(z))
    }
  }
}

/// The largest of the blocks' root mean squares over all ranks; not a number where one is not.
private func spanNorm(_ part: N_Vector?, _ squares: (_ block: Int, _ length: Int) -> Double)
  -> Double
{
  let held = content(part).pointee
  guard let span = held.span?.takeUnretainedValue() else {
    preconditionFailure("a part knows what it is part of")
  }
  let length = held.count / held.blockCount
  let sums = span.ranks.sums((0..<held.blockCount).map { squares($0, length) })
  let whole = Double(span.count / held.blockCount)
  var result = 0.0
  for sum in sums {
    if sum.isNaN { return sum }
    result = max(result, (sum / whole).squareRoot())
  }
  return result
}
