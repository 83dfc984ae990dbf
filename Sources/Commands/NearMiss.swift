import Schematic

/// The known word nearest to a misspelt one.
enum NearMiss {
  /// "did you mean 'recall'?", or nil where nothing is near enough.
  static func sentence(for word: String, among known: [String]) -> String? {
    nearest(to: word, among: known).map { "did you mean '\($0)'?" }
  }

  /// The known word that the fewest edits lead to, at most a third of the word's length (one edit
  /// for short words); of a known word the given one begins, the first.
  static func nearest(to word: String, among known: [String]) -> String? {
    let limit = max(1, word.count / 3)
    // A pasted page must not cost its square.
    let wanted = Array(word.lowercased().utf8.prefix(256))
    var best: (word: String, distance: Int)?
    for candidate in known where abs(candidate.utf8.count - wanted.count) <= 32 {
      let distance = editDistance(wanted, candidate.lowercased().utf8)
      if distance <= limit, distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    if let best { return best.word }
    return word.count < 2 ? nil : known.first { $0.hasPrefix(word) }
  }
}
