import Foundation
import Sweep
import Waveforms

/// The quantities of a trial that tables and files list, each with its name, unit and meaning.
struct TrialColumn: Sendable {
  let name: String
  let unit: String?
  let meaning: String
  let value: @Sendable (TrialRecord) -> Double?

  static let all: [TrialColumn] = [
    .init(name: "success", unit: nil, meaning: "whether the target was reached") {
      $0.success.map { $0 ? 1 : 0 }
    },
    .init(
      name: "error_initial", unit: "1", meaning: "rms error of the probe over the range",
      value: \.errorInitial),
    .init(
      name: "error_final", unit: "1", meaning: "rms error at the end over the range",
      value: \.errorFinal),
    .init(
      name: "time_to_target", unit: "s", meaning: "time since when the error stays below",
      value: \.timeToTarget),
    .init(
      name: "energy_to_target", unit: "J", meaning: "energy until then, all consumers",
      value: \.energyToTarget),
    .init(name: "energy", unit: "J", meaning: "energy of the whole run, all consumers") {
      $0.energies.isEmpty ? nil : $0.energies.reduce(0) { $0 + $1.whole }
    },
    .init(
      name: "overlap", unit: "1", meaning: "final overlap with the stored image",
      value: \.overlap),
    .init(
      name: "overlap_other", unit: "1", meaning: "largest final overlap with another image",
      value: \.overlapOther),
    .init(
      name: "order_parameter", unit: "1", meaning: "Kuramoto's, of the final phases",
      value: \.orderParameter),
    .init(
      name: "relaxation_rate", unit: "1/s", meaning: "kappa of the trial's network",
      value: \.relaxationRate),
    .init(
      name: "frequency_spread", unit: "rad/s", meaning: "rms deviation of angular frequencies",
      value: \.frequencySpread),
    .init(
      name: "phase_diffusion", unit: "rad^2/s", meaning: "D of a free-running phase",
      value: \.phaseDiffusion),
  ]
}

/// The trials of a campaign as one table.
enum TrialTable {
  /// Writes one line a trial, its point and its place on every axis first.
  ///
  /// - Throws: `StoreFailure`; `FileError` `unwritable`, and an older file is as it was.
  static func write(_ store: CampaignStore, to path: String) throws {
    let columns = TrialColumn.all
    let axes = store.campaign.axes
    var text = line(
      ["point", "trial"] + axes.map(\.name) + ["image"] + columns.map(\.name) + ["failure"])
    for point in try store.points() {
      let place = point.values.map { "\($0)" }
      for trial in try store.trials(of: point.id) {
        text += line(
          ["\(point.id)", "\(trial.number)"] + place + [trial.image ?? ""]
            + columns.map { column in
              column.value(trial).map { column.unit == nil ? "\(Int($0))" : "\($0)" } ?? ""
            } + [trial.failure ?? ""])
      }
    }
    try TextFile.write(text, to: path)
  }

  /// "points.csv" has its trials beside it in "points-trials.csv".
  static func path(beside path: String) -> String {
    let kind = (path as NSString).pathExtension
    let stem = (path as NSString).deletingPathExtension
    return kind.isEmpty ? stem + "-trials" : "\(stem)-trials.\(kind)"
  }

  private static func line(_ fields: [String]) -> String {
    fields.map(SweepReport.quoted).joined(separator: ",") + "\n"
  }
}
