/// How many edits turn one word into another: insertions, deletions, substitutions and swaps of
/// neighbours, no place edited twice (optimal string alignment).
///
/// Every room that tells a user which name was probably meant measures by it; how near is near
/// enough is the room's own.
public func editDistance(_ a: some Sequence<UInt8>, _ b: some Sequence<UInt8>) -> Int {
  let a = Array(a)
  let b = Array(b)
  var before = [Int](repeating: 0, count: b.count + 1)
  var previous = Array(0...b.count)
  for i in a.indices {
    var current = [i + 1]
    current.reserveCapacity(b.count + 1)
    for j in b.indices {
      var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
      current.append(cost)
    }
    before = previous
    previous = current
  }
  return previous[b.count]
}
