import Foundation
import TestSupport
import Waveforms

/// One full run of netlists/recall.cir, which many tests look at.
struct DemoRun {
  let run: BuiltProgram
  let folder: URL
  let object: [String: Any]

  /// Made once; the folder goes when the tests end.
  static func get() throws -> DemoRun { try shared.get() }

  nonisolated(unsafe) private static let shared = Result { try DemoRun() }

  private init() throws {
    folder = try Scratch.make()
    DemoRun.path = strdup(folder.path)
    atexit { if let path = DemoRun.path { DemoRun.remove(String(cString: path)) } }
    run = try BuiltProgram.run(
      "recall", "netlists/recall.cir", "-o", folder.path, "--json", "--jobs", "2")
    object = try run.object()
  }

  nonisolated(unsafe) private static var path: UnsafeMutablePointer<CChar>?

  private static func remove(_ path: String) {
    try? FileManager.default.removeItem(atPath: path)
  }

  var trials: [[String: Any]] { object["trials"] as? [[String: Any]] ?? [] }
  var summary: [String: Any] { object["summary"] as? [String: Any] ?? [:] }
  var result: Dataset {
    get throws { try Dataset.read(folder.appendingPathComponent("recall.nc").path) }
  }

  static let images = [
    "astronaut", "brick", "camera", "cell", "chelsea", "coffee", "coins", "gravel", "horse",
    "hubble_deep_field", "retina", "rocket",
  ]
  static let terms: Set = [
    "oscillator bias", "read-out amplifier", "delay stages", "weight conductances",
    "feedback driver",
  ]
}

extension FileManager {
  /// A program on the search path.
  static func hasProgram(_ name: String) -> Bool {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }
}
