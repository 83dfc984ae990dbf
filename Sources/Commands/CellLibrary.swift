import Devices
import Experiments
import Foundation
import Netlist
import Schematic

/// A `.lib` file of subcircuits, as cells to be measured.
struct CellLibrary {
  /// What an included file's faults are shown with.
  let renderer: any FaultRenderer
  let cells: [CellUnderTest]

  /// - Parameter overrides: `-p`: parameters of the cells.
  /// - Throws: `UsageError` where there is no such file, `Faults` for what is wrong in it.
  init(_ path: String, overrides: [(name: String, value: String)], _ context: RunContext) throws {
    try InputFile.check(path, what: "library")
    let file = URL(fileURLWithPath: path).standardized.path
    let text = try Data(contentsOf: URL(fileURLWithPath: file))
    let reading = Self.read(["library", ".include \"\(file)\"", ".end"])
    let renderer = DeckFaultRenderer(sources: reading.sources)
    self.renderer = renderer
    context.faultRenderer = renderer
    let errors = reading.faults.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Faults(errors) }
    let digest = CellText.digest(text)
    cells = reading.subcircuits.filter { reading.sources.file($0.origin)?.path == file }.map {
      outline in
      CellUnderTest(
        name: outline.name, ports: outline.ports, parameters: outline.parameters, file: file,
        digest: digest,
        elaborate: { parameters in
          let own = overrides.filter { outline.parameters.contains($0.name) }
          let all = own + parameters.map { ($0.name, "\($0.value)") }
          return try Self.elaborate(outline, file, all) { context.faultRenderer = $0 }
        })
    }
  }

  /// The cell that an instance of a deck is made of, with that instance's parameters but without
  /// its detuning.
  ///
  /// - Parameter tell: given what shows the faults of the cell.
  /// - Throws: `Fault` "cell-not-simulated" where the cell stands in the deck itself.
  static func cell(
    _ outline: SubcircuitOutline, _ instance: Cell, _ sources: SourceMap, _ deck: DeckText,
    _ tell: @escaping (any FaultRenderer) -> Void
  ) throws -> CellUnderTest {
    let file = sources.file(outline.origin)?.path ?? ""
    let path = URL(fileURLWithPath: file).standardized.path
    guard path != URL(fileURLWithPath: deck.path).standardized.path else {
      throw Fault(
        "cell-not-simulated", "'\(outline.name)' has to stand in a library of its own",
        at: outline.origin, help: "put it into a file and include that")
    }
    let parameters = instance.parameters.filter { $0.key != "detuning" }
      .map { ($0.key, $0.value) }
    return CellUnderTest(
      name: outline.name, ports: outline.ports, parameters: outline.parameters, file: path,
      digest: CellText.digest(ofFile: path) ?? "",
      elaborate: { own in
        var all = parameters.filter { outline.parameters.contains($0.0) }
        all += own.map { ($0.name, $0.value) }
        let circuit = try elaborate(
          outline, path, all.map { ($0.0, "\($0.1)") }, texts: deck.texts, tell)
        return deck.adjusted(circuit)
      })
  }

  private static func elaborate(
    _ cell: SubcircuitOutline, _ file: String, _ parameters: [(name: String, value: String)],
    texts: [String: [UInt8]] = [:], _ tell: (any FaultRenderer) -> Void
  ) throws -> Circuit {
    let nodes = cell.ports.map { $0 == "vss" ? "0" : $0 }
    // the last of two values counts
    var values: [String: String] = [:]
    for (name, value) in parameters { values[name] = value }
    let reading = read(
      ["bench of \(cell.name)", ".include \"\(file)\"", "x1"] + nodes.map { "+ \($0)" }
        + ["+ \(cell.name)"] + values.sorted { $0.key < $1.key }.map { "+ \($0.key)={\($0.value)}" }
        + [".end"], texts)
    let errors = reading.faults.filter { $0.severity == .error }
    if !errors.isEmpty { tell(DeckFaultRenderer(sources: reading.sources)) }
    guard let circuit = reading.circuit, errors.isEmpty else { throw Faults(errors) }
    return circuit
  }

  private static func read(
    _ lines: [String], _ texts: [String: [UInt8]] = [:]
  ) -> DeckReader.Reading {
    DeckReader.read(
      text: Array((lines.joined(separator: "\n") + "\n").utf8), path: "bench", texts: texts,
      devices: Catalogue.all)
  }
}
