import Foundation

/// Named, repeatable measurements: `oscine-benchmarks recall [FOLDER]`.
@main
struct Main {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.first == "recall" else {
      print("usage: oscine-benchmarks recall [FOLDER]")
      return
    }
    try RecallBenchmark.run(folder: arguments.dropFirst().first.map { URL(fileURLWithPath: $0) })
  }
}
