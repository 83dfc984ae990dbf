import Devices
import Foundation
import Netlist
import TestSupport

/// The decks beside the tests, and what reading them gives.
enum Corpus {
  /// `OSCINE_RECORD=1 swift test` writes the snapshots anew.
  static let recording = ProcessInfo.processInfo.environment["OSCINE_RECORD"] == "1"

  static func folder(_ name: String) -> URL { Repository.file("Tests/NetlistTests/\(name)") }

  /// Names without extension, sorted.
  static func decks(in folder: String) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: self.folder(folder).path))
    return (files ?? []).filter { $0.hasSuffix(".cir") }.map { String($0.dropLast(4)) }.sorted()
  }

  static func read(_ name: String, in folder: String) -> DeckReader.Reading {
    DeckReader.read(
      path: self.folder(folder).appendingPathComponent(name + ".cir").path,
      devices: Catalogue.all)
  }

  /// The diagnostics as a user sees them, the checkout's folder left out of the paths.
  static func rendered(_ reading: DeckReader.Reading) -> String {
    reading.faults.map { DiagnosticRenderer.render($0, in: reading.sources) + "\n" }
      .joined(separator: "\n").replacingOccurrences(of: Repository.root.path + "/", with: "")
  }

  /// The snapshot beside a deck; written first when recording.
  static func snapshot(_ name: String, in folder: String, _ text: String) throws -> String {
    let file = self.folder(folder).appendingPathComponent(name + ".expected")
    if recording { try text.write(to: file, atomically: true, encoding: .utf8) }
    return try String(contentsOf: file, encoding: .utf8)
  }
}
