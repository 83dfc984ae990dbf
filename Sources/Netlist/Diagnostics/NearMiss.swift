/// Finds the name a user probably meant.
enum NearMiss {
  /// The candidate nearest to `name` by edit distance, if near enough: a third of its
  /// length; names of one letter have none. Equal
  /// distances go to the alphabetically first, so that messages do not depend on hashing.
  static func nearest(_ name: String, among candidates: some Sequence<String>) -> String? {
    let target = Array(name.utf8.prefix(64))
    guard target.count > 1 else { return nil }
    let allowed = max(1, target.count / 3)
    let isDigit = { (byte: UInt8) in byte >= 48 && byte <= 57 }
    var best: (distance: Int, name: String)?
    // a deck may have a million names: looking at some of them is help enough
    for candidate in candidates.prefix(20_000) {
      let other = Array(candidate.utf8.prefix(64))
      guard abs(other.count - target.count) <= allowed else { continue }
      let distance = editDistance(target, other)
      // r1 is no misspelt r2
      let numberOnly =
        other.contains(where: isDigit)
        && other.filter { !isDigit($0) } == target.filter { !isDigit($0) }
      guard distance <= allowed, !numberOnly else { continue }
      if let found = best, (found.distance, found.name) <= (distance, candidate) { continue }
      best = (distance, candidate)
    }
    return best?.name
  }

  /// "did you mean 'sto'?", or nil.
  static func label(_ name: String, among candidates: some Sequence<String>) -> String? {
    nearest(name, among: candidates).map { "did you mean '\($0)'?" }
  }

  /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
  static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var before = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var current = [i + 1]
      current.reserveCapacity(b.count + 1)
      for j in 0..<b.count {
        var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        current.append(cost)
      }
      before = previous
      previous = current
    }
    return previous[b.count]
  }
}
