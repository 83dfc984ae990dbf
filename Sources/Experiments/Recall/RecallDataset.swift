import AssociativeMemory
import Numerics
public import Waveforms

extension RecallResult {
  /// The result with labelled axes: trial, pattern, oscillator, time, term, snapshot.
  ///
  /// - Parameter provenance: what the caller knows of the run: deck text, parameters, version.
  public func dataset(provenance: Attributes) -> Dataset {
    var attributes = provenance
    attributes["title"] = .text(title)
    attributes["fidelity"] = .text(fidelity.rawValue)
    attributes["seed"] = .text(String(seed))
    attributes["reached_stop"] = .integer(reachedStop ? 1 : 0)
    attributes["trials_planned"] = .integer(trialsPlanned)
    attributes["stop_time"] = .real(stopTime)
    attributes["target_error"] = .real(targetError ?? .nan)
    attributes["temperature_kelvin"] = .real(temperature)
    attributes["thermal_noise"] = .integer(thermal ? 1 : 0)
    attributes["coupling_operator"] = .text(operatorName)
    attributes["relaxation_rate"] = .real(kappa)
    attributes["encoding"] = .text(patterns.encoding.rawValue)
    attributes["image_width"] = .integer(patterns.width)
    attributes["image_height"] = .integer(patterns.height)
    attributes["stand_ins"] = .text(
      standIns.map { "\($0.name) = \($0.value) \($0.unit) (\($0.source))" }
        .joined(separator: "\n"))
    return Dataset(axes: axes, variables: variables, attributes: attributes)
  }

  private var axes: [Axis] {
    [
      Axis("trial", .indices(trials.count), longName: "trial"),
      Axis("pattern", .labels(patterns.names), longName: "stored image"),
      Axis("oscillator", .indices(oscillatorCount), longName: "oscillator, row by row"),
      Axis("time", .values(times), unit: "s", longName: "time after release of the probe"),
      Axis("term", .labels(terms), longName: "consumer of energy"),
      Axis(
        "snapshot", .values(snapshotTimes), unit: "s", longName: "time of the snapshot"),
    ]
  }

  private var variables: [Variable] {
    let nan = Double.nan
    func each(_ name: String, _ longName: String, unit: String, _ value: (RecallTrial) -> Double)
      -> Variable
    {
      Variable(
        name, axes: ["trial"], unit: unit, longName: longName, .double(trials.map(value)))
    }
    let none = [Double](repeating: nan, count: terms.count)
    let snapshots = patterns.names.indices.flatMap { pattern in
      let first = trials.first { $0.pattern == pattern && $0.trial == 0 }
      return first?.snapshots.flatMap { $0 }
        ?? [Double](repeating: nan, count: snapshotTimes.count * oscillatorCount)
    }
    return [
      Variable(
        "pattern_of_trial", axes: ["trial"], longName: "index of the stored image",
        .integer(trials.map(\.pattern))),
      Variable(
        "trial_of_pattern", axes: ["trial"], longName: "number among the image's trials",
        .integer(trials.map(\.trial))),
      Variable(
        "success", axes: ["trial"], longName: "error below the target and staying there",
        .boolean(trials.map(\.success))),
      each("error_initial", "error of the probe", unit: "1") { $0.errorInitial },
      each("error_final", "error at the end", unit: "1") { $0.errorFinal },
      each("time_to_target", "since when the error stays below the target", unit: "s") {
        $0.timeToTarget ?? nan
      },
      each("order_parameter", "order parameter of the final phases", unit: "1") {
        $0.orderParameter
      },
      Variable(
        "energy", axes: ["trial", "term"], unit: "J", longName: "energy over the whole run",
        .double(trials.flatMap(\.energy))),
      Variable(
        "energy_to_target", axes: ["trial", "term"], unit: "J",
        longName: "energy until the target is reached",
        .double(trials.flatMap { $0.energyToTarget ?? none })),
      Variable(
        "overlap", axes: ["trial", "pattern"], unit: "1",
        longName: "final overlap with the stored images", .double(trials.flatMap(\.overlaps))),
      Variable(
        "error", axes: ["trial", "time"], unit: "1",
        longName: "rms phase error over the encoding's range",
        .double(trials.flatMap(\.errors))),
      Variable(
        "energy_by_time", axes: ["time", "term"], unit: "J",
        longName: "mean over trials of the energy so far", .double(meanEnergies)),
      Variable(
        "target_phase", axes: ["pattern", "oscillator"], unit: "rad",
        longName: "phases of the stored image", .double(patterns.phases.flatMap { $0 })),
      Variable(
        "probe_phase", axes: ["trial", "oscillator"], unit: "rad",
        longName: "phases of the probe", .double(trials.flatMap(\.probe))),
      Variable(
        "final_phase", axes: ["trial", "oscillator"], unit: "rad",
        longName: "phases at the end", .double(trials.flatMap(\.finalPhases))),
      Variable(
        "snapshot_phase", axes: ["pattern", "snapshot", "oscillator"], unit: "rad",
        longName: "phases of each image's first trial on the way", .double(snapshots)),
    ]
  }
}
