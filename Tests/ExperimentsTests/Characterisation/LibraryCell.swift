import Devices
import Experiments
import Foundation
import Netlist
import TestSupport

/// Cells of the shipped libraries, elaborated alone as the program does.
enum LibraryCell {
  static func named(_ name: String, ports: [String], parameters: [String], in library: String)
    throws -> CellUnderTest
  {
    let file = Repository.file("circuits/memory/\(library)").path
    return CellUnderTest(
      name: name, ports: ports, parameters: parameters, file: file,
      digest: CellText.digest(try Data(contentsOf: URL(fileURLWithPath: file)))
    ) { values in
      let nodes = ports.map { $0 == "vss" ? "0" : $0 }.joined(separator: " ")
      let given = values.map { " \($0.name)={\($0.value)}" }.joined()
      let text = "bench\n.include \"\(file)\"\nx1 \(nodes) \(name)\(given)\n.end\n"
      let reading = DeckReader.read(
        text: Array(text.utf8), path: "bench", devices: Catalogue.all)
      return try reading.circuit ?? { throw Unreadable(faults: reading.faults.map(\.message)) }()
    }
  }

  struct Unreadable: Error { var faults: [String] }

  static func neuron() throws -> CellUnderTest {
    try named(
      "neuron", ports: ["out", "in", "vdd", "vss"],
      parameters: ["feedback", "detuning", "bias", "gain"], in: "neuron.lib")
  }

  /// An oscillator cell of another technology: "ring", "vanadium", "spin-hall", "vortex".
  static func neuron(of technology: String) throws -> CellUnderTest {
    try named(
      "neuron_" + technology.replacingOccurrences(of: "-", with: "_"),
      ports: ["out", "in", "vdd", "vss"], parameters: ["feedback", "detuning", "bias"],
      in: "neuron-\(technology).lib")
  }

  static func delayStage() throws -> CellUnderTest {
    try named(
      "delay_chain_stage", ports: ["in", "out", "vdd", "vss"],
      parameters: ["memristance", "load"], in: "delay-chain.lib")
  }

  static func delayChain() throws -> CellUnderTest {
    try named(
      "delay_chain", ports: ["in", "out", "vdd", "vss"],
      parameters: ["weight", "phase", "frequency", "unit", "read"], in: "delay-chain.lib")
  }
}
