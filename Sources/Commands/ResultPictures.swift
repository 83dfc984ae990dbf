import AssociativeMemory
import Pictures
import Waveforms

/// The pictures that a recall's result file holds: error and energy against time.
enum ResultPictures {
  /// What can be drawn of the file; nothing where it has neither.
  static func drawing(_ result: Dataset) -> Drawing {
    var drawing = Drawing()
    if let plot = error(result) { drawing.plots.append((stem: "error", plot: plot)) }
    if let plot = energy(result) { drawing.plots.append((stem: "energy", plot: plot)) }
    return drawing
  }

  /// The variable `error` on axes that end in time: every trial, and their median.
  static func error(_ result: Dataset) -> Plot? {
    guard let variable = result["error"], let times = times(result, variable),
      let values = variable.values.doubles
    else { return nil }
    let rows = stride(from: 0, to: values.count, by: times.count).map {
      Array(values[$0..<($0 + times.count)])
    }
    guard !rows.isEmpty, !times.isEmpty else { return nil }
    let medians = times.indices.map { time in
      Quantile.median(rows.map { $0[time].isFinite ? $0[time] : nil }) ?? .nan
    }
    var layers: [Plot.Layer] = [
      .bundle(x: times, ys: rows, title: "\(rows.count) trials"),
      .line(x: times, y: medians, title: "median", emphasis: true),
    ]
    if let target = result.attributes["targetError"]?.real {
      layers.append(.horizontalReference(target, label: "target"))
    }
    return Plot(
      x: timeAxis(result, variable),
      y: PlotAxis(variable.longName ?? "rms error, fraction of the range", minimum: 0),
      layers: layers)
  }

  /// The variable `energy` on axes that hold `term` and end in time: its terms stacked, the mean
  /// over all other axes.
  static func energy(_ result: Dataset) -> Plot? {
    guard let variable = result["energy"], let times = times(result, variable),
      let termAt = variable.axes.firstIndex(of: "term"), let terms = result.axis("term"),
      let values = variable.values.doubles, !values.isEmpty
    else { return nil }
    let shape = result.shape(of: variable)
    let stride = shape[(termAt + 1)...].reduce(1, *)
    var sums = [[Double]](
      repeating: [Double](repeating: 0, count: times.count), count: terms.count)
    for (index, value) in values.enumerated() {
      sums[index / stride % terms.count][index % times.count] += value
    }
    let runs = Double(values.count / (terms.count * times.count))
    let areas =
      terms.count == 0
      ? []
      : sums.enumerated().map { term, sum in
        (title: terms.label(term), y: sum.map { $0 / runs })
      }
    return Plot(
      x: timeAxis(result, variable),
      y: PlotAxis(variable.longName ?? "energy of a trial, mean", unit: variable.unit ?? "J"),
      layers: [.stack(x: times, areas: areas)], legend: .topLeft)
  }

  /// The times along the last axis, where that is time.
  private static func times(_ result: Dataset, _ variable: Variable) -> [Double]? {
    guard let last = variable.axes.last, last == "time",
      case .values(let times)? = result.axis(last)?.coordinates
    else { return nil }
    return times
  }

  private static func timeAxis(_ result: Dataset, _ variable: Variable) -> PlotAxis {
    let axis = variable.axes.last.flatMap { result.axis($0) }
    return PlotAxis(axis?.longName ?? "time", unit: axis?.unit ?? "s")
  }
}
