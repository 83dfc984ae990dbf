import Experiments
import Numerics
import Schematic

/// What `oscine run` prints of a periodic steady state.
struct PeriodicReport {
  private static let mostTables = 4
  private static let mostShares = 10
  private static let mostRows = 8

  let summary: PeriodicSummary
  let labels: [String]
  let circuit: Circuit

  var lines: [String] {
    let quality = summary.quality
    var lines = [
      "  frequency \(number(summary.frequency, 10)) Hz, period \(number(summary.period, 10)) s; "
        + "relative error below \(number(max(quality.periodError, 1e-16), 2))",
      "  \(quality.intervals) intervals, \(quality.iterations) Newton iterations, after "
        + "\(number(quality.stabilisationTime, 4)) s of transient analysis"
        + (summary.isAutonomous
          ? "; phase response good to \(number(summary.normalisationError, 2)) of the flow" : ""),
      "  Floquet multipliers " + multipliers,
    ]
    for (label, harmonics) in zip(labels, summary.harmonics).prefix(Self.mostTables) {
      lines += table(label, harmonics)
    }
    if labels.count > Self.mostTables {
      lines.append("  \(labels.count - Self.mostTables) more spectra are in the file")
    }
    if summary.isAutonomous { lines += sensitivities + noise }
    return lines
  }

  private var multipliers: String {
    let others = summary.multipliers.others.prefix(6).map { value in
      value.imaginary == 0
        ? number(value.real, 6)
        : "\(number(value.real, 6)) \(value.imaginary < 0 ? "-" : "+") j "
          + number(abs(value.imaginary), 6)
    }
    let unit = summary.multipliers.errorOfUnit.map { ["1 (to \(number($0, 2)))"] } ?? []
    let all = unit + (others.isEmpty ? ["0"] : Array(others))
    let rest = summary.multipliers.others.count - others.count
    return all.joined(separator: ", ") + (rest > 0 ? " and \(rest) smaller" : "")
  }

  private func table(_ label: String, _ harmonics: [Complex]) -> [String] {
    var text = TextTable([
      ("harmonic", .right), ("Hz", .right), ("magnitude", .right), ("degrees", .right),
    ])
    for (number, value) in harmonics.enumerated() {
      // amplitude and phase of a cosine
      let amplitude = number == 0 ? value.real : 2 * value.modulus
      let angle = number == 0 ? 0 : value.argument * 180 / .pi
      text.append([
        String(number), self.number(Double(number) * summary.frequency),
        self.number(amplitude), self.number(angle),
      ])
    }
    return ["  harmonics of \(label)"]
      + text.text.split(separator: "\n").map { "  \($0)" }
  }

  /// The nodes at which small currents move the phase most.
  private var sensitivities: [String] {
    let rows = summary.projection.filter(\.isNode)
      .sorted { summary.lockHalfRange(1, $0) > summary.lockHalfRange(1, $1) }
      .prefix(Self.mostRows)
    var text = TextTable([
      ("current into", .left), ("lock range Hz/A", .right), ("near 2 f", .right),
      ("mean s/C", .right), ("largest s/C", .right),
    ])
    for row in rows {
      let largest = row.values.reduce(0) { max($0, abs($1)) }
      text.append([
        row.name, number(summary.lockHalfRange(1, row)),
        row.harmonics.count > 2 ? number(summary.lockHalfRange(2, row)) : "",
        number(row.harmonics[0].real), number(largest),
      ])
    }
    return ["  phase response (half ranges of locking to a small sinusoidal current)"]
      + text.text.split(separator: "\n").map { "  \($0)" }
  }

  private var noise: [String] {
    guard let noise = summary.noise else { return [] }
    if noise.diffusion == 0 && !noise.hasFlicker { return ["  no noise source moves the phase"] }
    var lines = [
      "  phase diffusion c = \(number(noise.diffusion)) s, linewidth \(number(noise.linewidth)) Hz"
    ]
    let offset = power(10, (decimalLogarithm(summary.frequency) - 3).rounded())
    lines.append(
      "  phase noise \(number(noise.level(at: offset))) dBc/Hz at \(number(offset)) Hz"
        + (noise.hasFlicker ? ", flicker included" : ""))
    let total = noise.contributions.reduce(0) { $0 + $1.diffusion(at: offset) }
    let largest = noise.contributions
      .sorted { $0.diffusion(at: offset) > $1.diffusion(at: offset) }.prefix(Self.mostShares)
    for share in largest where share.diffusion(at: offset) > 1e-4 * total {
      let name = circuit.instances[Int(share.instance)].name
      let part = Quantity.percent(share.diffusion(at: offset) / total)
      lines.append("    \(name) \(share.label): \(part)")
    }
    return lines
  }

  private func number(_ value: Double, _ digits: Int = 6) -> String {
    Quantity.text(value, digits: digits)
  }

  var json: JSON {
    func complex(_ value: Complex) -> JSON {
      .array([.number(value.real), .number(value.imaginary)])
    }
    return .object([
      "frequency": .number(summary.frequency), "period": .number(summary.period),
      "multipliers": .array(summary.multipliers.values.prefix(20).map(complex)),
      "errorOfUnitMultiplier": summary.multipliers.errorOfUnit.map { .number($0) } ?? .null,
      "errorOfPeriod": .number(summary.quality.periodError),
      "errorOfWaveforms": .number(summary.quality.waveformError),
      "phaseDiffusion": summary.noise.map { .number($0.diffusion) } ?? .null,
      "linewidth": summary.noise.map { .number($0.linewidth) } ?? .null,
    ])
  }
}
