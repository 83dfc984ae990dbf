import Devices
import Foundation
import Netlist
import Schematic
import TestSupport
import Testing

@testable import Simulation

/// Every deck that comes with the program passes.
struct TopologyDeckTests {
  @Test func decksHaveNoErrors() throws {
    let folder = Repository.file("netlists")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".cir") }
    #expect(!files.isEmpty)
    for file in files {
      // networks for the reduced fidelities, large ones
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      if text.contains(".recall") { continue }
      let reading = DeckReader.read(
        path: folder.appendingPathComponent(file).path, devices: Catalogue.all)
      guard let circuit = reading.circuit else { continue }
      let check = TopologyCheck(circuit)
      #expect(!check.hasErrors, "\(file): \(check.faults.map(\.message))")
    }
  }
}
