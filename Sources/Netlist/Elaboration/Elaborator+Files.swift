import Schematic

extension Elaborator {
  /// Absolute, from the folder of the file in which `origin` stands.
  func path(_ text: String, at origin: Origin) -> String {
    FileSystem.join(sources.file(origin)?.folder ?? FileSystem.workingFolder, text)
  }

  func files(_ pattern: String, at origin: Origin) throws(Fault) -> [String] {
    let full = path(pattern, at: origin)
    let found = FileSystem.exists(full) ? [full] : FileSystem.matching(full)
    guard !found.isEmpty else {
      let isPattern = pattern.contains { "*?[".contains($0) }
      throw Fault(
        "no-such-file", isPattern ? "no file matches '\(pattern)'" : "no file '\(pattern)'",
        at: origin, label: "looked for \(full)")
    }
    return found
  }
}
