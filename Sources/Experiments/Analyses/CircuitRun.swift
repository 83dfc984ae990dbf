// Every analysis of a deck, over the points of its steps, into one result file each.

public import Schematic
import Simulation
public import Waveforms

/// Runs the circuit analyses of one deck.
public struct CircuitRun {
  /// Where results go and how they look.
  public struct Destination {
    /// Folder and deck file name: results are `<folder>/<name>.<analysis>.<extension>`.
    public var folder: String
    public var name: String
    public var format: ResultFormat
    public var attributes: Attributes

    public init(folder: String, name: String, format: ResultFormat, attributes: Attributes) {
      self.folder = folder
      self.name = name
      self.format = format
      self.attributes = attributes
    }

    func path(_ kind: AnalysisKind) -> String {
      "\(folder)/\(name).\(kind.rawValue).\(format.fileExtension)"
    }
  }

  let circuit: Circuit
  let variant: CircuitVariant
  public let grid: StepGrid
  let destination: Destination
  let control: RunControl

  /// - Throws: `Fault` or `Faults` for steps that cannot be made.
  public init(
    _ circuit: Circuit, _ destination: Destination, _ control: RunControl,
    elaborate: @escaping CircuitVariant.Elaborate
  ) throws {
    self.circuit = circuit
    self.destination = destination
    self.control = control
    variant = CircuitVariant(circuit, elaborate: elaborate)
    grid = try StepGrid(circuit)
  }

  /// Runs one analysis; what it measured is added to `measured`, which its own measures may use.
  ///
  /// - Throws: `Faults` for mistakes of the deck; `FileError` where results cannot be written. A
  ///   failure of the analysis itself is in the result, beside what was computed until then.
  public func run(
    _ analysis: AnalysisPlan.Analysis, measured: inout [String: Double]
  ) throws -> AnalysisResult {
    let outputs = circuit.outputs(of: analysis.kind)
    let path = destination.path(analysis.kind)
    let first = try stepCircuit(0)
    var schema = try ResultSchema(analysis, outputs, first, grid, destination.attributes)
    // Xyce's prn files of sweeps hold the printed columns alone
    if destination.format == .prn, analysis.kind == .dc { schema.abscissa?.label = nil }
    let stream = try destination.format.open(schema, at: path)
    var result = AnalysisResult(kind: analysis.kind, path: path, labels: outputs.map(\.label))
    do {
      for index in 0..<grid.count {
        if control.shouldStop() { break }
        let circuit = index == 0 ? first : try stepCircuit(index)
        guard circuit.outputs(of: analysis.kind).map(\.label) == result.labels else {
          throw changed(analysis.origin)
        }
        try stream.begin(step: index)
        // the card may depend on what is stepped
        let own = AnalysisPlan(circuit).analyses.first { $0.kind == analysis.kind }
        let job = StepJob(
          circuit: circuit, analysis: own ?? analysis, variant: variant,
          settings: grid.settings(index), control: control, part: (index, grid.count))
        let (step, isComplete) = try job.run(stream, measured)
        try stream.end(step: index)
        for measure in step.measures { measured[measure.name] = measure.value }
        result.steps.append(AnalysisResult.Step(index, step))
        if !isComplete { break }
        result.isComplete = index == grid.count - 1
      }
    } catch let failure as AnalysisFailure {
      result.failure = failure
      result.isComplete = false
    } catch {
      stream.discard()
      throw error
    }
    var attributes: Attributes = [:]
    if let failure = result.failure { attributes["failure"] = .text(failure.description) }
    let energies = EnergyFile(result, grid)
    for name in energies?.attributes.names ?? [] { attributes[name] = energies?.attributes[name] }
    try stream.finish(isComplete: result.isComplete, attributes: attributes)
    try energies?.write(destination)
    try PeriodicFiles(result, grid, outputs)?.write(destination, title: first.title)
    try MeasureFile(result, first)?.write(destination)
    return result
  }

  /// Without `.print` every node and source is printed, and steps may change which there are.
  private func changed(_ origin: Origin) -> Fault {
    var step = origin
    for case .step(let card) in circuit.cards { step = card.axes.first?.origin ?? step }
    return Fault(
      "changing-circuit", "the steps change which nodes and sources there are to print", at: step,
      help: "name in .print what every step has")
  }

  private func stepCircuit(_ index: Int) throws -> Circuit {
    try variant.circuit(grid.settings(index))
  }
}

extension AnalysisResult.Step {
  fileprivate init(_ index: Int, _ step: AnalysisResult.Step) {
    self = step
    self.index = index
  }
}

extension ResultSchema {
  init(
    _ analysis: AnalysisPlan.Analysis, _ outputs: [Output], _ circuit: Circuit, _ grid: StepGrid,
    _ attributes: Attributes
  ) throws {
    let isComplex = analysis.kind == .ac
    let columns = outputs.map { output in
      ResultColumn(output, isComplex: isComplex && output.value.isComplexInSmallSignal)
    }
    let abscissa: ResultAbscissa? =
      switch analysis {
      case .op: nil
      case .tran, .pss: .time
      case .ac, .noise: .frequency
      case .dc(let card):
        ResultAbscissa(
          card.axes.first?.target.name ?? "sweep", unit: card.axes.first?.unit(in: circuit),
          label: card.axes.first?.target.name ?? "sweep")
      }
    self.init(
      title: circuit.title, analysis: Analysis(rawValue: analysis.kind.rawValue)!,
      abscissa: abscissa, columns: columns,
      steps: grid.axes.map { ResultStep($0.name, unit: $0.unit, values: $0.values) },
      attributes: attributes)
  }
}

extension ResultColumn {
  init(_ output: Output, isComplex: Bool) {
    var kind = Kind.other
    var unit: String?
    if output.value.nodes.count == 1, let probe = output.value.probes.first {
      switch probe.function {
      case "v", "vm", "vr", "vi": (kind, unit) = (.voltage, "V")
      case "p", "w": unit = "W"
      case let name where name.first == "i" && name != "inoise": (kind, unit) = (.current, "A")
      default: break
      }
    }
    self.init(output.label, unit: unit, kind: kind, isComplex: isComplex)
  }
}

extension SweepAxis {
  func unit(in circuit: Circuit) -> String? {
    guard case .instance(let name, let parameter) = target, parameter.isEmpty || parameter == "dc",
      let instance = circuit.instances.first(where: { $0.name == name })
    else { return target == .temperature ? "degC" : nil }
    return ["V": "V", "I": "A", "R": "ohm", "C": "F", "L": "H"][instance.device]
  }
}
