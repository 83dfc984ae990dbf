// Constants of a delay stage from what was measured:
//
//     delay  = ln 2 C_load (R_on + R_mem)    a straight line over the memristances
//     energy = C_stage V_dd^2 (1 + s)        C_stage the least energy / V_dd^2 of all supplies:
//                                            of those too low for a current through both
//                                            transistors
//
// R_on is what the line makes of the transistors: with it the restoring inverter's own delay.

import Numerics
import Schematic

extension DelayCurves {
  /// The view's constants.
  var constants: [String: View.Constant] {
    let line = LineFit(memristances.map(\.memristance), memristances.map(\.delay))
    let capacitances = supplies.map { $0.energy / ($0.supply * $0.supply) }
    let own = design.energy / (design.supply * design.supply)
    let capacitance = min(capacitances.min() ?? own, own)
    let delays = memristances.map(\.delay)
    func measured(
      _ value: Double, _ unit: String, _ source: String, fitError: Double? = nil
    ) -> View.Constant {
      View.Constant(
        value: value.rounded(digits: 5), unit: unit, source: "measured: " + source,
        standIn: false, fitError: fitError?.rounded(digits: 3))
    }
    return [
      "stage_delay": measured(
        design.delay, "s", "mean of both edges at half the supply, at memristance"),
      "stage_capacitance": measured(
        capacitance, "F",
        "energy of a cycle over V_dd^2, at the supply where that is least"),
      "short_circuit_fraction": measured(
        own / capacitance - 1, "1", "energy of a cycle over stage_capacitance V_dd^2, less 1"),
      "on_resistance": measured(
        line.intercept / line.slope, "ohm",
        "delay against memristance: where the straight line meets 0, restoring inverter included",
        fitError: line.residual / ((delays.max() ?? 1) - (delays.min() ?? 0))),
      "load_capacitance": measured(
        line.slope / naturalLogarithm(2), "F", "delay against memristance: slope over ln 2"),
      "memristance": measured(
        design.memristance, "ohm", "the cell's own parameter memristance"),
      "edge_difference": measured(
        design.edgeDifference, "s", "delay of the rising edge less that of the falling one"),
      "output_rise": measured(
        design.rise, "s", "output's rising edge from 20 to 80 % at memristance"),
      "jitter": measured(
        design.jitter, "s", "standard deviation of one stage's delay by thermal noise"),
      "memristor_capacitance": measured(
        0, "F", "in stage_capacitance, which is all that the stage takes"),
    ]
  }

  var curves: [View.Curve] {
    var curves = [
      curve(
        "memristance", .init("memristance", unit: "ohm", memristances.map(\.memristance)),
        memristances),
      curve("supply", .init("supply", unit: "V", supplies.map(\.supply)), supplies),
    ]
    if !loads.isEmpty {
      curves.append(curve("load", .init("load", unit: "F", loads.map { $0.load ?? 0 }), loads))
    }
    curves.append(
      curve(
        "temperature", .init("temperature", unit: "K", temperatures.map(\.temperature)),
        temperatures))
    return curves.map(\.rounded)
  }

  private func curve(
    _ name: String, _ abscissa: View.Curve.Column, _ points: [TransitionMeasurement]
  ) -> View.Curve {
    View.Curve(
      name: name,
      columns: [
        abscissa,
        .init("delay", unit: "s", points.map(\.delay)),
        .init("edge_difference", unit: "s", points.map(\.edgeDifference)),
        .init("output_rise", unit: "s", points.map(\.rise)),
        .init("energy", unit: "J", points.map(\.energy)),
        .init("jitter", unit: "s", points.map(\.jitter)),
      ])
  }
}
