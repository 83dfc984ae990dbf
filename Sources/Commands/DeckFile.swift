import Devices
import Foundation
import Netlist
import Schematic
import Waveforms

/// Shows faults in the text of the deck they were found in.
struct DeckFaultRenderer: FaultRenderer {
  let sources: SourceMap

  func text(_ fault: Fault) -> String { DiagnosticRenderer.render(fault, in: sources) }

  func place(_ fault: Fault) -> (file: String, line: Int, column: Int)? {
    guard let file = sources.file(fault.origin), let place = sources.position(fault.origin) else {
      return nil
    }
    return (file.path, place.line, place.column)
  }
}

extension RunContext {
  /// Reads the deck that the first argument names, with `--param` and `--seed` applied.
  /// - Throws: `UsageError` where there is no such file.
  func deckReading(cells: CellDepth = .everything) throws -> DeckReading {
    try InputFile.check(argument, what: "deck")
    let reading = DeckReader.read(
      path: argument, overrides: invocation.parameters, seed: seed.map(UInt64.init),
      cells: cells, devices: Catalogue.all)
    let renderer = DeckFaultRenderer(sources: reading.sources)
    faultRenderer = renderer
    return DeckReading(circuit: reading.circuit, faults: reading.faults, renderer: renderer)
  }

  /// What a result file says of the run's origin.
  func provenance(_ circuit: Circuit) throws -> Attributes {
    let parameters = circuit.parameters.sorted { $0.key < $1.key }
    var attributes: Attributes = [
      "program": .text("oscine \(Version.number)"),
      "deck_path": .text(argument),
      "parameters": .text(parameters.map { "\($0.key)=\($0.value)" }.joined(separator: " ")),
    ]
    // a deck's comments need not be UTF-8
    let bytes = try Data(contentsOf: URL(fileURLWithPath: argument))
    let text = String(decoding: bytes, as: UTF8.self)
    attributes["deck"] = .text(text)
    return attributes
  }
}
