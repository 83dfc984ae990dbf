import Foundation
import Schematic
import Simulation
import Waveforms

/// The measures of one analysis as Xyce files them: `<deck>.mt0` (`ms0` of a sweep or an operating
/// point, `ma0` over frequency) with a line `NAME = value` each, one file a step; a continuous
/// measure has a file of its own, `<deck>_<name>.mt0`, unless `.options measure use_cont_files=0`.
struct MeasureFile {
  private let result: AnalysisResult
  private let circuit: Circuit
  /// By lower-case name; of a name given twice, the card that counts.
  private let cards: [String: MeasureCard]

  /// Nil where nothing was measured, or the deck wants no file.
  init?(_ result: AnalysisResult, _ circuit: Circuit) {
    let cards = circuit.measures.filter { $0.analysis == result.kind }
    guard !cards.isEmpty, circuit.measureOption("measout") ?? 1 != 0,
      ["all", nil].contains(circuit.options["measprint"]?.value.text)
    else { return nil }
    self.result = result
    self.circuit = circuit
    self.cards = Dictionary(cards.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
  }

  /// - Throws: `FileError` `unwritable`.
  func write(_ destination: CircuitRun.Destination) throws {
    let base = "\(destination.folder)/\(destination.name)"
    let kind: String =
      switch result.kind {
      case .tran, .pss: "mt"
      case .ac, .noise: "ma"
      case .dc, .op: "ms"
      }
    let isApart = circuit.measureOption("use_cont_files") ?? 1 != 0
    for step in result.steps {
      var lines: [String] = []
      for measure in step.measures where cards[measure.name]?.isFiled != false {
        if isApart, cards[measure.name]?.isContinuous == true {
          let text = self.lines(measure).joined(separator: "\n") + "\n"
          try TextFile.write(text, to: "\(base)_\(fileName(measure.name)).\(kind)\(step.index)")
        } else {
          lines += self.lines(measure)
        }
      }
      if lines.isEmpty { continue }
      try TextFile.write(
        lines.joined(separator: "\n") + "\n", to: "\(base).\(kind)\(step.index)")
    }
  }

  private func fileName(_ name: String) -> String {
    String(name.map { $0 == "/" ? "_" : $0 })
  }

  private func lines(_ measure: MeasureResult) -> [String] {
    let name = measure.name.uppercased()
    if let table = measure.harmonics { return harmonics(name, table, measure.name) }
    guard measure.failure == nil, let value = measure.value else {
      if case .harmonics? = cards[measure.name]?.kind { return ["\(name): FAILED"] }
      return ["\(name) = \(failed(measure))"]
    }
    if measure.occurrences.isEmpty { return ["\(name) = \(number(value, of: measure.name))"] }
    return measure.occurrences.map { "\(name) = \(number($0, of: measure.name))" }
  }

  /// FAILED, or a number with `.options measure measfail=0`: that of `.options measure
  /// default_val`, of the measure's `default_val`, or -1.
  private func failed(_ measure: MeasureResult) -> String {
    guard circuit.measureOption("measfail") == 0 else { return "FAILED" }
    let usual = circuit.measureOption("default_val") ?? measure.value ?? -1
    return number(usual, of: measure.name)
  }

  private func harmonics(_ name: String, _ table: HarmonicTable, _ measure: String) -> [String] {
    let heads = ["Harmonic", "Frequency", "Magnitude", "Phase", "Norm. Mag", "Norm. Phase"]
    func row(_ cells: [String]) -> String {
      zip(cells, [10] + [Int](repeating: 25, count: 5))
        .map { String(repeating: " ", count: max(1, $1 - $0.count)) + $0 }.joined()
    }
    let distortion = number(table.totalHarmonicDistortion, of: measure)
    return [
      "\(name):  No. Harmonics: \(table.harmonics.count), THD: \(distortion), "
        + "Gridsize: \(table.samples), Interpolation Type: Cubic Spline",
      row(heads),
    ]
      + table.harmonics.map { harmonic in
        row(
          [String(harmonic.number)]
            + [
              harmonic.frequency, harmonic.magnitude, harmonic.phase,
              harmonic.normalizedMagnitude, harmonic.normalizedPhase,
            ].map { number($0, of: measure) })
      }
  }

  /// With the digits that `.options measure measdgt` or the card's `precision=` ask for, else all.
  private func number(_ value: Double, of measure: String) -> String {
    let digits = circuit.measureOption("measdgt").map { Int($0) } ?? cards[measure]?.precision
    return String(format: "%.*e", min(max(digits ?? 15, 0), 40), value)
  }
}

extension Circuit {
  fileprivate func measureOption(_ name: String) -> Double? { options[name]?.value.number }
}
