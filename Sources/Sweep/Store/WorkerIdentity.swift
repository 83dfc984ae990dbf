// Which processes are alive, so that the batches of a killed one are given to others. No clock is
// asked: a process is told by the machine's boot, its number and its start, which the system counts
// from the boot.

import Foundation

/// A process that works on a store.
struct WorkerIdentity: Equatable {
  var host: String
  /// Boot, process number and start: no two processes share them.
  var process: String

  static let own = WorkerIdentity(
    host: ProcessInfo.processInfo.hostName,
    process: name(of: ProcessInfo.processInfo.processIdentifier) ?? "unknown")

  /// Whether the process still runs here. One of another machine, or of before a restart, counts as
  /// gone: at worst its batches are computed twice, with equal results.
  var isAlive: Bool {
    let parts = process.split(separator: " ")
    guard parts.count == 3, let number = Int32(parts[1]) else { return false }
    return Self.name(of: number) == process
  }

  private static func name(of number: Int32) -> String? {
    guard kill(number, 0) == 0 || errno == EPERM else { return nil }
    return "\(boot) \(number) \(start(of: number))"
  }

  private static let boot: String = {
    let path = "/proc/sys/kernel/random/boot_id"
    let text = try? String(contentsOfFile: path, encoding: .utf8)
    return text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ProcessInfo.processInfo.hostName
  }()

  /// The 22nd field of /proc/N/stat, in ticks since the boot; the name before it, in brackets, may
  /// hold anything.
  private static func start(of number: Int32) -> String {
    guard let text = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
      let bracket = text.lastIndex(of: ")")
    else { return "-" }
    let fields = text[bracket...].split(separator: " ")
    return fields.count > 20 ? String(fields[20]) : "-"
  }
}
