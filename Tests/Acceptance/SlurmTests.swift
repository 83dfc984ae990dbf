import Foundation
import TestSupport
import Testing

/// Campaigns as arrays of jobs under Slurm: a real one, of this machine alone.
@Suite struct SlurmTests {
  private static let isThere = ["munged", "slurmctld", "slurmd"].allSatisfy {
    FileManager.default.isExecutableFile(atPath: "/usr/sbin/\($0)")
  }
  /// The script's word for daemons that do not start here.
  private static let daemonsFail = 77

  /// Two thousand trials in three tasks, then again with one killed, one requeued and one
  /// cancelled: the rows are those of one process.
  @Test(.enabled(if: isThere, "Slurm is not installed"))
  func tasksThatEndGiveTheRowsOfOneProcess() throws {
    try Scratch.with { scratch in
      let log = scratch.appendingPathComponent("log")
      try Data().write(to: log)
      let handle = try FileHandle(forWritingTo: log)
      let process = Process()
      process.executableURL = Repository.file("scripts/slurm-array")
      process.arguments = [try BuiltProgram.executable().path]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = handle
      process.standardError = handle
      try process.run()
      process.waitUntilExit()
      let told = try String(contentsOf: log, encoding: .utf8)
      if Int(process.terminationStatus) == Self.daemonsFail { return print(told) }
      #expect(process.terminationStatus == 0, "\(told)")
      #expect(told.ranges(of: "all rows equal").count == 2, "\(told)")
    }
  }
}
