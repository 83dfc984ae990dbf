import AssociativeMemory
import Numerics
import Schematic

/// A synapse cell against the phase that it is programmed to.
struct SynapseCurves {
  /// By rising phase, over a turn.
  var phases: [SynapseMeasurement] = []
  /// Volts: the cell's own parameter.
  var read = 0.0

  /// - Parameter progress: told which part of the runs is done.
  /// - Returns: nil where the caller asked to stop.
  static func measure(
    _ cell: CellUnderTest, _ settings: CharacterisationSettings,
    _ shouldStop: @escaping () -> Bool, progress: (Double) -> Void
  ) throws -> SynapseCurves? {
    var curves = SynapseCurves()
    curves.read = try TestBench(cell).parameter("read") ?? 0
    guard curves.read > 0 else {
      throw Fault(
        "cell-not-measurable", "cell '\(cell.name)' has a read-out amplitude of \(curves.read) V",
        help: "its parameter read is the square wave's across the conductance; > 0")
    }
    for k in 0..<settings.phaseCount {
      // the middles of equal parts of a turn
      let phase = 2 * Double.pi * (Double(k) + 0.5) / Double(settings.phaseCount)
      let point = try SynapseMeasurement.measure(
        cell, phase: phase, supply: settings.supply, edge: settings.inputEdge, shouldStop)
      guard let point else { return nil }
      curves.phases.append(point)
      progress(Double(k + 1) / Double(settings.phaseCount))
    }
    return curves
  }

  private func constant(_ value: Double, _ unit: String, _ source: String) -> View.Constant {
    View.Constant(
      value: value.rounded(digits: 5), unit: unit, source: "measured: " + source, standIn: false)
  }

  /// The delay cell's constants that its whole chain tells.
  var constants: [String: View.Constant] {
    // a chain without stages in use charges what its bypasses lead to as well
    let capacitances = phases.map(\.inputCapacitance)
    let squares = phases.reduce(0) { $0 + $1.error * $1.error }
    return [
      "input_capacitance": constant(
        Quantile.median(capacitances) ?? .nan, "F",
        "charge into the input over the supply, the median"),
      "lag_error": constant(
        (squares / Double(phases.count)).squareRoot(), "rad",
        "lag less the programmed phase, root mean square over a turn"),
    ]
  }

  /// What one weight is.
  var crossbarConstants: [String: View.Constant] {
    let amplitude = phases.map(\.amplitude).reduce(0, +) / Double(phases.count)
    return [
      "read_voltage": constant(read, "V", "the cell's own parameter read"),
      "unit_conductance": constant(
        amplitude / read, "S", "amplitude of the output's current at a weight of 1 over read"),
    ]
  }

  var curves: [View.Curve] {
    let curve = View.Curve(
      name: "phase",
      columns: [
        .init("phase", unit: "rad", phases.map(\.phase)),
        .init("error", unit: "rad", phases.map(\.error)),
        .init("energy", unit: "J", phases.map(\.energy)),
      ])
    return [curve.rounded]
  }
}
