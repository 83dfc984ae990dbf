import Foundation
import Schematic

@testable import Netlist

/// Decks written in tests.
enum DeckText {
  static let resistor = DeviceDescription(
    letter: "R", name: "resistor", summary: "", terminals: ["n+", "n-"],
    instanceParameters: [
      .init("r", unit: "ohm", kind: .behavioural, "resistance"), .init("m", unit: "1", "copies"),
      .init("tc1", unit: "1/K", "first order"), .init("tc2", unit: "1/K2", "second order"),
    ],
    models: [
      .init(type: "r", summary: "", parameters: [.init("rsh", unit: "ohm", "sheet resistance")])
    ], source: "")
  static let behavioural = DeviceDescription(
    letter: "B", name: "behavioural source", summary: "", terminals: ["n+", "n-"],
    instanceParameters: [
      .init("v", unit: "V", kind: .behavioural, "voltage"),
      .init("i", unit: "A", kind: .behavioural, "current"),
    ], source: "")

  static func read(
    _ body: String, overrides: [(name: String, value: String)] = [], seed: UInt64? = nil,
    sample: Int = 0
  ) -> DeckReader.Reading {
    DeckReader.read(
      text: Array("title\n\(body)\n.end\n".utf8), path: "test.cir", overrides: overrides,
      seed: seed, sample: sample, devices: [resistor, behavioural])
  }

  /// The circuit, or an error showing the faults.
  static func circuit(
    _ body: String, overrides: [(name: String, value: String)] = [], seed: UInt64? = nil,
    sample: Int = 0
  ) throws -> Circuit {
    let reading = read(body, overrides: overrides, seed: seed, sample: sample)
    if let circuit = reading.circuit { return circuit }
    throw Refused(text: shown(reading))
  }

  struct Refused: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
  }

  static func shown(_ reading: DeckReader.Reading) -> String {
    reading.faults.map { DiagnosticRenderer.render($0, in: reading.sources) }
      .joined(separator: "\n")
  }

  static func identifiers(_ body: String) -> [String] { read(body).faults.map(\.identifier) }

  /// Writes files into a folder of their own and gives its path.
  static func folder(_ files: [String: String]) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "oscine-\(UUID().uuidString)")
    for (name, text) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return folder
  }

  static func read(_ folder: URL, _ name: String) -> DeckReader.Reading {
    DeckReader.read(
      path: folder.appendingPathComponent(name).path, devices: [resistor, behavioural])
  }
}

extension Circuit {
  func instance(_ name: String) -> Instance? { instances.first { $0.name == name } }

  func resistance(_ name: String) -> Double? { instance(name)?.parameters["r"]?.number }

  func nodes(of name: String) -> [String] {
    instance(name)?.terminals.map { nodeNames[Int($0)] } ?? []
  }
}
