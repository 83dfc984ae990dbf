import Foundation
import TestSupport
import Testing

/// Texts kept beside the tests; with OSCINE_RECORD=1 in the environment they are written anew.
enum Snapshot {
  static var isRecording: Bool {
    ProcessInfo.processInfo.environment["OSCINE_RECORD"] == "1"
  }

  static func expect(
    _ text: String, matches name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let folder = Repository.file("Tests/Snapshots/Commands")
    let file = folder.appendingPathComponent(name)
    if isRecording {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let kept = try? String(contentsOf: file, encoding: .utf8)
    #expect(
      text == kept, "differs from \(name); OSCINE_RECORD=1 records it anew",
      sourceLocation: sourceLocation)
  }
}
