import Foundation
import TestSupport

/// A text file of the checkout, as the tidiness rules look at it.
struct SourceFile {
  /// From the checkout's root: "Sources/Numerics/Complex.swift".
  let path: String
  let lines: [String]

  /// The folder below Sources or Tests: "Numerics".
  var room: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : ""
  }

  /// The modules it imports, whatever stands before `import`.
  var imports: [String] {
    lines.compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard let at = words.firstIndex(of: "import"), at + 1 < words.count,
        words[..<at].allSatisfy({ $0.hasPrefix("@") || Self.accessLevels.contains($0) })
      else { return nil }
      let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
      let name =
        kinds.contains(words[at + 1]) && at + 2 < words.count ? words[at + 2] : words[at + 1]
      return String(name.split(separator: ".")[0])
    }
  }

  private static let accessLevels = ["public", "package", "internal", "fileprivate", "private"]

  /// Every file below the folders whose name ends so, in the order of their paths; an absent folder
  /// has none.
  static func all(in folders: [String], endings: [String]) throws -> [SourceFile] {
    var found: [SourceFile] = []
    for folder in folders {
      let root = Repository.file(folder)
      guard let names = FileManager.default.enumerator(atPath: root.path) else { continue }
      for case let name as String in names where endings.contains(where: { name.hasSuffix($0) }) {
        let data = try Data(contentsOf: root.appendingPathComponent(name))
        let lines = String(decoding: data, as: UTF8.self).components(separatedBy: "\n")
        found.append(SourceFile(path: "\(folder)/\(name)", lines: lines))
      }
    }
    return found.sorted { $0.path < $1.path }
  }

  static func swift() throws -> [SourceFile] {
    try all(in: ["Sources", "Tests"], endings: [".swift"])
  }
}
