import Foundation

/// The program as its users start it, from the checkout's root: start-up, the demo's peak memory,
/// ten thousand oscillators, and a deck of 200,000 lines. Prints lines "name value".
enum ProgramBenchmark {
  static func run(_ program: String) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("oscine-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let starts = (0..<15).map { _ in measure([program, "--version"]).seconds }.sorted()
    print("startup_seconds_median \(starts[starts.count / 2])")
    let results = folder.appendingPathComponent("results").path
    let demo = measure([program, "recall", "netlists/recall.cir", "-q", "-o", results])
    report("demo", demo)
    let large = [program, "recall", "netlists/ten-thousand.cir", "-q", "--jobs", "1"]
    report("ten_thousand", measure(large + ["--no-pictures", "-o", results]))
    let deck = folder.appendingPathComponent("large.cir")
    try largeDeck.write(to: deck, atomically: true, encoding: .utf8)
    report("deck_200000_lines", measure([program, "check", "-q", deck.path]))
  }

  private static func report(
    _ name: String, _ run: (seconds: Double, kilobytes: Int, status: Int32)
  ) {
    precondition(run.status == 0, "\(name) failed with exit status \(run.status)")
    print("\(name)_seconds \(run.seconds)")
    print("\(name)_peak_megabytes \(Double(run.kilobytes) / 1024)")
  }

  /// A ladder of resistors and capacitors with parameters and expressions.
  private static var largeDeck: String {
    var text = "a ladder of 200,000 lines\n.param r=1k c={1p*2}\nV1 n0 0 dc 1\n"
    for k in 0..<100_000 {
      text += "R\(k) n\(k) n\(k + 1) {r*(1 + \(k % 7))}\nC\(k) n\(k + 1) 0 {c}\n"
    }
    return text + ".end\n"
  }

  /// Runs a program with its output thrown away: wall time, peak resident memory and exit status.
  private static func measure(_ words: [String]) -> (
    seconds: Double, kilobytes: Int, status: Int32
  ) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream in [STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let start = ContinuousClock.now
    let code = posix_spawn(&process, words[0], &actions, nil, &arguments, environ)
    precondition(code == 0, "cannot start \(words[0])")
    var status: Int32 = 0
    var usage = rusage()
    wait4(process, &status, 0, &usage)
    let elapsed = (ContinuousClock.now - start).components
    let seconds = Double(elapsed.seconds) + 1e-18 * Double(elapsed.attoseconds)
    return (seconds, usage.ru_maxrss, status >> 8 & 0xff)
  }
}
