import Numerics
import Schematic
import Simulation
import Waveforms

/// The files beside the waveforms of a periodic steady state: `<deck>.pss-summary`,
/// `-spectrum`, `-ppv`, `-ppv-spectrum` and `-noise`, in the format of the results.
struct PeriodicFiles {
  private let steps: [PeriodicSummary]
  private let grid: StepGrid
  private let outputs: [Output]

  /// Nil where there was no periodic steady state, or not all steps were reached.
  init?(_ result: AnalysisResult, _ grid: StepGrid, _ outputs: [Output]) {
    guard result.kind == .pss else { return nil }
    steps = result.steps.compactMap(\.periodic)
    guard steps.count == grid.count else { return nil }
    self.grid = grid
    self.outputs = outputs
  }

  /// - Throws: `FileError` `unwritable`.
  func write(_ destination: CircuitRun.Destination, title: String) throws {
    let frequency = ResultAbscissa("frequency", unit: "Hz", label: "FREQ")
    try write("summary", destination, title, abscissa: nil, Self.summaryColumns) { step in
      [(0, Self.summary(step).map { Complex($0) })]
    }
    let quantities = outputs.map { ResultColumn($0, isComplex: true) }
    try write("spectrum", destination, title, abscissa: frequency, quantities) { step in
      Self.transposed(step.harmonics, at: step.frequency)
    }
    guard let first = steps.first, first.isAutonomous else { return }
    let names = first.projection.map(\.name)
    guard steps.allSatisfy({ $0.projection.map(\.name) == names }) else { return }
    func rows(isComplex: Bool) -> [ResultColumn] {
      first.projection.map { row in
        ResultColumn(
          "ppv(\(row.isNode ? String(row.name.dropFirst(5)) : row.name))",
          unit: row.isNode ? "s/C" : nil, kind: .other, isComplex: isComplex)
      }
    }
    try write("ppv", destination, title, abscissa: .time, rows(isComplex: false)) { step in
      step.times.indices.map { stage in
        (step.times[stage], step.projection.map { Complex($0.values[stage]) })
      }
    }
    try write(
      "ppv-spectrum", destination, title, abscissa: frequency, rows(isComplex: true)
    ) { step in
      Self.transposed(step.projection.map(\.harmonics), at: step.frequency)
    }
    let offset = ResultAbscissa("offset", unit: "Hz", label: "OFFSET")
    let level = ResultColumn("L", unit: "dBc/Hz", kind: .other)
    try write("noise", destination, title, abscissa: offset, [level]) { step in
      step.offsets.map { ($0, [Complex(step.noise?.level(at: $0) ?? .nan)]) }
    }
  }

  private static func transposed(
    _ columns: [[Complex]], at frequency: Double
  ) -> [(Double, [Complex])] {
    (0..<(columns.first?.count ?? 0)).map { number in
      (Double(number) * frequency, columns.map { $0[number] })
    }
  }

  private static let summaryColumns = [
    ResultColumn("frequency", unit: "Hz", kind: .other),
    ResultColumn("period", unit: "s", kind: .other),
    ResultColumn("multiplier_real", unit: nil, kind: .other),
    ResultColumn("multiplier_imaginary", unit: nil, kind: .other),
    ResultColumn("error_of_unit_multiplier", unit: nil, kind: .other),
    ResultColumn("error_of_period", unit: nil, kind: .other),
    ResultColumn("error_of_waveforms", unit: nil, kind: .other),
    ResultColumn("phase_diffusion", unit: "s", kind: .other),
    ResultColumn("linewidth", unit: "Hz", kind: .other),
  ]

  private static func summary(_ step: PeriodicSummary) -> [Double] {
    [
      step.frequency, step.period, step.multipliers.slowest?.real ?? 0,
      step.multipliers.slowest?.imaginary ?? 0, step.multipliers.errorOfUnit ?? .nan,
      step.quality.periodError, step.quality.waveformError, step.noise?.diffusion ?? .nan,
      step.noise?.linewidth ?? .nan,
    ]
  }

  private func write(
    _ name: String, _ destination: CircuitRun.Destination, _ title: String,
    abscissa: ResultAbscissa?, _ columns: [ResultColumn],
    _ points: (PeriodicSummary) -> [(Double, [Complex])]
  ) throws {
    let schema = ResultSchema(
      title: title, analysis: .pss, abscissa: abscissa, columns: columns,
      steps: grid.axes.map { ResultStep($0.name, unit: $0.unit, values: $0.values) },
      attributes: destination.attributes)
    let path =
      "\(destination.folder)/\(destination.name).pss-\(name).\(destination.format.fileExtension)"
    let stream = try destination.format.open(schema, at: path)
    for (index, step) in steps.enumerated() {
      try stream.begin(step: index)
      for (x, values) in points(step) {
        if schema.isComplex {
          try stream.append(x, values.span)
        } else {
          let real = values.map(\.real)
          try stream.append(x, real.span)
        }
      }
      try stream.end(step: index)
    }
    try stream.finish(isComplete: true)
  }
}
