import Schematic

/// Finds the name a user probably meant.
enum NearMiss {
  /// The candidate nearest to `name` by edit distance, if near enough: a third of its length; names
  /// of one letter have none. Equal distances go to the alphabetically first, so that messages do
  /// not depend on hashing.
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
}
