import AssociativeMemory
import Numerics
public import Pictures
public import Waveforms

/// The figures of a recall, drawn from its result file so that they can be drawn again from it.
public struct RecallFigures {
  private let data: Dataset
  private let patterns: PatternSet

  /// Why a file holds no recall that could be drawn.
  public struct NotARecall: Error, Hashable, Sendable {
    public var missing: String
  }

  /// - Throws: `NotARecall` where a variable or attribute is missing; `PatternFailure`.
  public init(_ dataset: Dataset) throws {
    data = dataset
    guard case .labels(let names)? = dataset.axis("pattern")?.coordinates,
      case .values? = dataset.axis("time")?.coordinates,
      case .values? = dataset.axis("snapshot")?.coordinates,
      let encoding = dataset.attributes["encoding"]?.text.flatMap(PhaseEncoding.init(rawValue:)),
      let width = dataset.attributes["image_width"]?.integer,
      let height = dataset.attributes["image_height"]?.integer
    else { throw NotARecall(missing: "pattern") }
    for (name, axes) in Self.needed {
      guard let variable = dataset[name], variable.axes == axes, variable.values.doubles != nil
      else { throw NotARecall(missing: name) }
    }
    let (size, overflow) = width.multipliedReportingOverflow(by: height)
    guard let phases = dataset["target_phase"]?.values.doubles, !overflow, width > 0, height > 0,
      dataset.axis("oscillator")?.count == size
    else { throw NotARecall(missing: "target_phase") }
    patterns = try PatternSet(
      names: names, width: width, height: height, encoding: encoding,
      phases: names.indices.map { Array(phases[($0 * size)..<(($0 + 1) * size)]) })
  }

  /// Variables with their axes.
  private static let needed: [(String, [String])] = [
    ("pattern_of_trial", ["trial"]), ("trial_of_pattern", ["trial"]),
    ("error", ["trial", "time"]), ("error_final", ["trial"]), ("time_to_target", ["trial"]),
    ("energy_by_time", ["time", "term"]), ("target_phase", ["pattern", "oscillator"]),
    ("probe_phase", ["trial", "oscillator"]), ("final_phase", ["trial", "oscillator"]),
    ("snapshot_phase", ["pattern", "snapshot", "oscillator"]),
  ]
  /// Trials whose errors are drawn one by one; of more trials every so many-th.
  static let linesMaximum = 1000

  private func values(_ name: String) -> [Double] { data[name]?.values.doubles ?? [] }

  private func coordinates(_ axis: String) -> [Double] {
    guard case .values(let values)? = data.axis(axis)?.coordinates else { return [] }
    return values
  }

  /// Draws every figure into `directory`: error and energy against time, and a filmstrip for each
  /// image and for all of them.
  /// - Returns: the pictures' names.
  /// - Throws: `PictureError`.
  @discardableResult
  public func draw(in directory: String, with gnuplot: Gnuplot = Gnuplot()) throws -> [String] {
    try errorPlot().draw(stem: "error", in: directory, with: gnuplot)
    try energyPlot().draw(stem: "energy", in: directory, with: gnuplot)
    var names = ["error.png", "energy.png"]
    let rows = patterns.names.indices.compactMap(row)
    guard !rows.isEmpty else { return names }
    try Filmstrip(rows: rows, palette: palette, frameWidth: 160)
      .draw(stem: "recall", in: directory, with: gnuplot)
    names.append("recall.png")
    var taken = Set<String>()
    for row in rows {
      let stem = "recall-" + Self.stem(row.name ?? "image", &taken)
      try Filmstrip(rows: [Filmstrip.Row(row.frames)], palette: palette)
        .draw(stem: stem, in: directory, with: gnuplot)
      names.append(stem + ".png")
    }
    return names
  }

  private var palette: Filmstrip.Palette { patterns.encoding == .half ? .grey : .cyclic }

  /// Error against time of all trials, with the median and the target.
  func errorPlot() -> Plot {
    let times = coordinates("time")
    let errors = values("error").map { $0 * 100 }
    let count = times.isEmpty ? 0 : errors.count / times.count
    let each = max(1, (count + Self.linesMaximum - 1) / Self.linesMaximum)
    let lines = (0..<count).map { Array(errors[($0 * times.count)..<(($0 + 1) * times.count)]) }
    let median = times.indices.map { k in Quantile.median(lines.map { $0[k] }) ?? .nan }
    var layers: [Plot.Layer] = [
      .bundle(
        x: times, ys: stride(from: 0, to: count, by: each).map { lines[$0] },
        title: each == 1 ? "\(count) trials" : "one in \(each) of \(count) trials"),
      .line(x: times, y: median, title: "median", colour: .blue, emphasis: true),
    ]
    if let target = data.attributes["target_error"]?.real, target.isFinite {
      layers.append(.horizontalReference(100 * target, label: "target"))
    }
    return Plot(
      x: PlotAxis("time after release", unit: "s", minimum: 0, maximum: times.last),
      y: PlotAxis("rms error (% of the range)", minimum: 0), layers: layers)
  }

  /// Mean energy so far by term, stacked.
  func energyPlot() -> Plot {
    let times = coordinates("time")
    let energy = values("energy_by_time")
    let axis = data.axis("term")
    let count = axis?.count ?? 0
    var layers: [Plot.Layer] = [
      .stack(
        x: times,
        areas: (0..<count).map { term in
          (axis?.label(term) ?? "", times.indices.map { energy[$0 * count + term] })
        })
    ]
    if let median = Quantile.median(values("time_to_target").map { $0.isNaN ? nil : $0 }) {
      layers.append(.verticalReference(median, label: "median time to target"))
    }
    return Plot(
      x: PlotAxis("time after release", unit: "s", minimum: 0, maximum: times.last),
      y: PlotAxis("energy since release", unit: "J", minimum: 0), layers: layers,
      legend: .outside)
  }

  /// Target, probe, snapshots and recalled state of an image's first trial; nil if it did not run.
  private func row(_ pattern: Int) -> Filmstrip.Row? {
    let ofTrial = values("pattern_of_trial")
    let number = values("trial_of_pattern")
    guard
      let trial = ofTrial.indices.first(where: {
        ofTrial[$0] == Double(pattern) && number[$0] == 0
      })
    else { return nil }
    let n = patterns.pixelCount
    func slice(_ name: String, _ row: Int) -> [Double] {
      Array(values(name)[(row * n)..<((row + 1) * n)])
    }
    func frame(_ name: String, _ phases: [Double]) -> Filmstrip.Frame {
      let error = RecallError.of(
        phases: phases, target: patterns.phases[pattern], encoding: patterns.encoding)
      let levels = phases.map { patterns.encoding.grey(phase: $0 - error.rotation) }
      let percent = (error.value * 1000).rounded() / 10
      return Filmstrip.Frame(
        "\(name)\nerror \(percent) %",
        GreyImage(width: patterns.width, height: patterns.height, levels: levels))
    }
    let times = coordinates("snapshot")
    let target = GreyImage(
      width: patterns.width, height: patterns.height,
      levels: patterns.phases[pattern].map(patterns.encoding.grey(phase:)))
    let snapshots = times.indices.dropFirst().map { k in
      frame(
        SIPrefix.text(times[k], unit: "s"), slice("snapshot_phase", pattern * times.count + k))
    }
    let frames =
      [Filmstrip.Frame("stored\n ", target), frame("probe", slice("probe_phase", trial))]
      + snapshots + [frame("recalled", slice("final_phase", trial))]
    return Filmstrip.Row(name: patterns.names[pattern], frames)
  }

  /// A name that is safe in a path, and not taken yet.
  private static func stem(_ name: String, _ taken: inout Set<String>) -> String {
    let safe = String(name.prefix(60).map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "-" })
    var stem = safe
    var number = 2
    while !taken.insert(stem.lowercased()).inserted {
      stem = "\(safe)-\(number)"
      number += 1
    }
    return stem
  }
}
