import Foundation

/// How tests start several ranks: more than processors where need be, also as root.
enum MPIRun {
  static let path = "/usr/bin/mpirun"

  static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// What tests say that are skipped.
  static let absence = "mpirun is not installed"

  /// A launcher of two ranks, to stand before the program.
  static let two = [
    "/usr/bin/env", "OMPI_ALLOW_RUN_AS_ROOT=1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1", path,
    "--oversubscribe", "-n", "2",
  ]

  /// Sends a signal to a rank; whether there was such a process. Ranks work in `folder`, which no
  /// other process does.
  static func signal(_ number: Int32, rank: Int, in folder: URL) -> Bool {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    for name in all {
      let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(name)/cwd")
      let text = try? String(contentsOfFile: "/proc/\(name)/environ", encoding: .utf8)
      guard place == folder.resolvingSymlinksInPath().path, let process = Int32(name),
        text?.contains("OMPI_COMM_WORLD_RANK=\(rank)\0") == true
      else { continue }
      kill(process, number)
      return true
    }
    return false
  }
}
