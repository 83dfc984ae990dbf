/// What differs between the campaign of a store and the one asked for.
public enum CampaignDifference {
  /// Lines of a changed text that are shown.
  static let lineLimit = 12

  /// One entry a difference, texts as removed (-) and added (+) lines; empty where nothing differs.
  public static func lines(stored: CampaignRecord, asked: CampaignRecord) -> [String] {
    sources(stored.sources, asked.sources) + facts(stored.facts, asked.facts)
  }

  private static func facts(
    _ stored: [(name: String, value: String)], _ asked: [(name: String, value: String)]
  ) -> [String] {
    let before = Dictionary(stored.map { ($0.name, $0.value) }) { first, _ in first }
    let now = Dictionary(asked.map { ($0.name, $0.value) }) { first, _ in first }
    var names = stored.map(\.name)
    names += asked.map(\.name).filter { before[$0] == nil }
    return names.compactMap { name in
      before[name] == now[name]
        ? nil : "\(name): \(before[name] ?? "none") in the store, now \(now[name] ?? "none")"
    }
  }

  private static func sources(
    _ stored: [CampaignRecord.Source], _ asked: [CampaignRecord.Source]
  ) -> [String] {
    var lines: [String] = []
    // a deck may have moved: what counts is what it holds, in its order
    for (before, now) in zip(stored, asked) where before.digest != now.digest {
      lines.append("\(now.path) has changed:")
      if let old = before.text, let new = now.text { lines += changes(from: old, to: new) }
    }
    for gone in stored.dropFirst(asked.count) { lines.append("\(gone.path) is no longer read") }
    for new in asked.dropFirst(stored.count) { lines.append("\(new.path) is new") }
    return lines
  }

  private static func changes(from old: String, to new: String) -> [String] {
    let before = old.split(separator: "\n", omittingEmptySubsequences: false)
    let now = new.split(separator: "\n", omittingEmptySubsequences: false)
    // a long text that is another one altogether would take the square of its length
    guard before.count < 20_000, now.count < 20_000 else { return [] }
    var marked: [(line: Int, order: Int, text: String)] = []
    for change in now.difference(from: before) {
      switch change {
      case .remove(let line, let text, _): marked.append((line + 1, 0, "  -\(line + 1): \(text)"))
      case .insert(let line, let text, _): marked.append((line + 1, 1, "  +\(line + 1): \(text)"))
      }
    }
    marked.sort { ($0.line, $0.order) < ($1.line, $1.order) }
    let shown = marked.prefix(lineLimit).map(\.text)
    return marked.count > lineLimit
      ? shown + ["  and \(marked.count - lineLimit) more lines"] : shown
  }
}
