import Foundation

/// Named, repeatable measurements; every one prints lines "name value".
///
///     oscine-benchmarks recall [FOLDER]    noise-free recall; leaves the problem for the peers
///     oscine-benchmarks noise              recall with phase noise
///     oscine-benchmarks program OSCINE     the program as a whole: start, memory, large inputs
///     mpirun -n 2 oscine-benchmarks ranks  sums over ranks: latency and bandwidth
@main
struct Main {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let argument = arguments.dropFirst().first
    switch arguments.first {
    case "recall": try RecallBenchmark.run(folder: argument.map { URL(fileURLWithPath: $0) })
    case "noise": try NoisyRecallBenchmark.run()
    case "ranks": try RanksBenchmark.run()
    case "program" where argument != nil: try ProgramBenchmark.run(argument!)
    default:
      print("usage: oscine-benchmarks recall [FOLDER] | noise | ranks | program OSCINE")
      exit(2)
    }
  }
}
