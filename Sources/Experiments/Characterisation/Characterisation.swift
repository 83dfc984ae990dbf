public import Schematic

/// Measures cells and makes their views.
public struct Characterisation {
  let cells: [(cell: CellUnderTest, kind: CellUnderTest.Kind)]
  let settings: CharacterisationSettings
  /// Whose constants fill what is not measured, marked as they are there.
  let standIns: ViewLibrary
  /// "oscine 0.1.0".
  let program: String

  public init(
    _ cells: [(cell: CellUnderTest, kind: CellUnderTest.Kind)],
    _ settings: CharacterisationSettings, standIns: ViewLibrary, program: String
  ) {
    self.cells = cells
    self.settings = settings
    self.standIns = standIns
    self.program = program
  }

  /// Measures every cell.
  ///
  /// - Parameter folder: absolute; of the views file, to which the cells' files are told relative.
  /// - Returns: the views; nil where the caller asked to stop.
  /// - Throws: `Fault` "cell-not-measurable", `Faults`, `AnalysisFailure`.
  public func run(for folder: String, _ control: RunControl) throws -> ViewLibrary? {
    var library = standIns
    for (number, entry) in cells.enumerated() {
      let progress = { (part: Double) in
        control.progress((Double(number) + part) / Double(cells.count))
      }
      let views: [View]?
      switch entry.kind {
      case .oscillator: views = try oscillator(entry.cell, control, progress)
      case .delay: views = try delay(entry.cell, control, progress)
      case .synapse: views = try synapse(entry.cell, control, progress)
      }
      guard let views else { return nil }
      for view in views { library.replace(stamped(view, entry.cell, folder)) }
    }
    return library
  }

  private func oscillator(
    _ cell: CellUnderTest, _ control: RunControl, _ progress: (Double) -> Void
  ) throws -> [View]? {
    let curves = try OscillatorCurves.measure(
      cell, settings, control.shouldStop, progress: progress)
    guard let curves else { return nil }
    return [
      View(
        cell: cell.viewName, kind: "oscillator", constants: curves.constants,
        curves: curves.curves),
      View(cell: "amplifier", kind: "amplifier", constants: curves.amplifierConstants),
      View(cell: "driver", kind: "driver", constants: curves.driverConstants),
    ]
  }

  private func delay(
    _ cell: CellUnderTest, _ control: RunControl, _ progress: (Double) -> Void
  ) throws -> [View]? {
    let curves = try DelayCurves.measure(
      cell, settings, control.shouldStop, progress: progress)
    guard let curves else { return nil }
    return [
      View(
        cell: cell.viewName, kind: "delay", constants: curves.constants, curves: curves.curves)
    ]
  }

  private func synapse(
    _ cell: CellUnderTest, _ control: RunControl, _ progress: (Double) -> Void
  ) throws -> [View]? {
    let curves = try SynapseCurves.measure(
      cell, settings, control.shouldStop, progress: progress)
    guard let curves else { return nil }
    return [
      View(
        cell: cell.viewName, kind: "delay", constants: curves.constants, curves: curves.curves),
      View(cell: "crossbar", kind: "synapse", constants: curves.crossbarConstants),
    ]
  }

  private func stamped(_ view: View, _ cell: CellUnderTest, _ folder: String) -> View {
    var view = view
    var used = ["supply": settings.supply, "temperature": CharacterisationSettings.temperature]
    if view.kind == "delay" || view.kind == "synapse" { used["input_edge"] = settings.inputEdge }
    view.provenance = View.Provenance(
      program: program, file: CellText.path(of: cell.file, from: folder), digest: cell.digest,
      settings: used)
    return view
  }
}

extension ViewLibrary {
  /// Takes a measured view: constants and curves that it does not have stay as they were.
  mutating func replace(_ view: View) {
    guard let index = cells.firstIndex(where: { $0.cell == view.cell }) else {
      cells.append(view)
      return
    }
    var view = view
    view.constants.merge(cells[index].constants) { measured, _ in measured }
    let measured = Set((view.curves ?? []).map(\.name))
    let kept = (cells[index].curves ?? []).filter { !measured.contains($0.name) }
    if !kept.isEmpty { view.curves = kept + (view.curves ?? []) }
    cells[index] = view
  }
}
