import Pictures
import Readout
import Waveforms

/// What `oscine plot` can draw of one variable.
enum WaveformView: String, CaseIterable {
  case waveform, spectrum, linewidth, lockin
}

/// One variable of a result, cut down to a line along its last axis, and its pictures.
struct WaveformPicture {
  let variable: Variable
  let axis: Axis
  let positions: [Double]
  let samples: [Double]
  let view: WaveformView
  let frequency: Double?
  let window: Double?

  /// - Throws: `UsageError` where the file has no such variable, axis or position, or the variable
  ///   has no numbers along an axis.
  init(_ result: Dataset, variable name: String, _ invocation: Invocation) throws(UsageError) {
    guard let variable = result[name] else {
      let names = result.variables.map(\.name)
      throw UsageError(
        "the result has no variable '\(name)'",
        help: NearMiss.sentence(for: name, among: names)
          ?? "it has: \(names.joined(separator: ", "))")
    }
    guard let last = variable.axes.last.flatMap({ result.axis($0) }),
      let values = variable.values.doubles, !values.isEmpty
    else { throw UsageError("'\(name)' is no line of real numbers") }
    self.variable = variable
    axis = last
    switch last.coordinates {
    case .values(let values): positions = values
    case .indices, .labels: positions = (0..<last.count).map { Double($0) }
    }
    let row = try Self.row(result, variable, invocation.texts("select"))
    samples = Array(values[(row * last.count)..<((row + 1) * last.count)])
    (view, frequency, window) = try Self.view(invocation)
  }

  /// - Throws: `UsageError` where the curve is complex, or an option is out of range.
  init(
    _ curve: ResultCurve, along abscissa: CircuitResult.Abscissa?, _ invocation: Invocation
  ) throws(UsageError) {
    guard case .real(let values) = curve.values else {
      throw UsageError("'\(curve.column.label)' is no line of real numbers")
    }
    variable = Variable(curve.column.label, unit: curve.column.unit, .double(values))
    axis = Axis(
      abscissa?.name ?? "point", .values(curve.abscissas), unit: abscissa?.unit)
    positions = curve.abscissas
    samples = values
    (view, frequency, window) = try Self.view(invocation)
  }

  private static func view(
    _ invocation: Invocation
  ) throws(UsageError) -> (WaveformView, frequency: Double?, window: Double?) {
    let view = invocation.text("show").flatMap { WaveformView(rawValue: $0) } ?? .waveform
    let frequency = invocation.number("frequency")
    let window = invocation.number("window")
    if let frequency, frequency <= 0 {
      throw UsageError("option '--frequency' needs a positive number")
    }
    if let window, window <= 0 { throw UsageError("option '--window' needs a positive number") }
    return (view, frequency, window)
  }

  /// The index of the selected line among those along the last axis.
  private static func row(
    _ result: Dataset, _ variable: Variable, _ selections: [String]
  ) throws(UsageError) -> Int {
    var wanted: [String: String] = [:]
    for text in selections {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard variable.axes.dropLast().contains(parts[0]) else {
        let names = variable.axes.dropLast().joined(separator: ", ")
        throw UsageError(
          "'\(variable.name)' has no axis '\(parts[0])' to select on",
          help: names.isEmpty ? "it has one axis only" : "it has: \(names)")
      }
      wanted[parts[0]] = parts[1]
    }
    var row = 0
    for name in variable.axes.dropLast() {
      guard let axis = result.axis(name) else { continue }
      var index = 0
      if let text = wanted[name] {
        let label = (0..<axis.count).first { axis.label($0) == text }
        guard let found = label ?? Int(text), (0..<axis.count).contains(found) else {
          let labels = (0..<min(axis.count, 64)).map { axis.label($0) }
          throw UsageError(
            "axis '\(name)' has no position '\(text)'",
            help: NearMiss.sentence(for: text, among: labels) ?? "it has \(axis.count) positions")
        }
        index = found
      }
      row = row * axis.count + index
    }
    return row
  }

  var drawing: Drawing {
    get throws {
      let signal = view == .waveform ? nil : try self.signal()
      switch (view, signal) {
      case (.spectrum, let signal?): return spectrum(signal)
      case (.linewidth, let signal?): return try linewidth(signal)
      case (.lockin, let signal?): return try lockIn(signal)
      default: return waveform()
      }
    }
  }

  /// The samples at equal intervals.
  /// - Throws: `UsageError` where there are too few, they are not equally spaced, or not finite.
  private func signal() throws(UsageError) -> Signal {
    guard samples.count >= 16 else {
      throw UsageError("'\(variable.name)' has \(samples.count) samples; 16 are needed")
    }
    guard samples.allSatisfy(\.isFinite) else {
      throw UsageError("'\(variable.name)' holds values that are not finite")
    }
    let interval = (positions[positions.count - 1] - positions[0]) / Double(positions.count - 1)
    let even = zip(positions, positions.dropFirst()).allSatisfy {
      abs(($1 - $0) - interval) <= 1e-3 * interval
    }
    guard interval > 0, even else {
      throw UsageError(
        "'\(variable.name)' is not sampled at equal intervals of '\(axis.name)'",
        help: "spectra need equal intervals; record it with a fixed step")
    }
    return Signal(samples, interval: interval, start: positions[0])
  }

  private func waveform() -> Drawing {
    let plot = Plot(
      x: PlotAxis(axis.longName ?? axis.name, unit: axis.unit),
      y: PlotAxis(variable.longName ?? variable.name, unit: variable.unit),
      layers: [.line(x: positions, y: samples)], legend: .hidden)
    return Drawing(
      stem: "variable-\(variable.name)", plot: plot)
  }

  private func spectrum(_ signal: Signal) -> Drawing {
    let spectrum = Spectrum(signal)
    let bins = spectrum.amplitudes.indices.dropFirst()
    let plot = Plot(
      x: PlotAxis("frequency", unit: "Hz"),
      y: PlotAxis("amplitude of \(variable.name)", unit: variable.unit, scale: .logarithmic),
      layers: [
        .line(
          x: bins.map { spectrum.frequency($0) }, y: bins.map { spectrum.amplitudes[$0].modulus })
      ], legend: .hidden)
    return Drawing(
      stem: "variable-\(variable.name)-spectrum", plot: plot,
      values: [("frequency", FrequencyEstimate.interpolated(signal), "Hz")])
  }

  private func linewidth(_ signal: Signal) throws -> Drawing {
    let length = window.map { max(16, signal.samples(in: $0)) } ?? max(16, signal.count / 8)
    let density = SpectralDensity(signal, segmentLength: length)
    let fit: LinewidthFit
    do {
      fit = try LinewidthFit(density)
    } catch LinewidthFit.Failure.unresolved(let resolution) {
      throw RunFailure(
        "the line of '\(variable.name)' is narrower than four bins of"
          + " \(Quantity.text(resolution, unit: "Hz", digits: 3))",
        help: "take longer segments with --window, or a longer record")
    } catch {
      throw RunFailure("no line can be fitted to the spectrum of '\(variable.name)'")
    }
    let bins = density.values.indices.dropFirst()
      .filter {
        abs(density.frequency($0) - fit.centre) <= max(10 * fit.width, 20 * density.resolution)
      }
    let frequencies = bins.map { density.frequency($0) }
    let model = frequencies.map { frequency in
      let detuning = 2 * (frequency - fit.centre) / fit.width
      return fit.floor + fit.height / (1 + detuning * detuning)
    }
    let plot = Plot(
      x: PlotAxis("frequency", unit: "Hz"),
      y: PlotAxis("spectral density of \(variable.name)", scale: .logarithmic),
      layers: [
        .line(x: frequencies, y: bins.map { density.values[$0] }, title: "Welch density"),
        .line(x: frequencies, y: model, title: "Lorentzian fit", emphasis: true),
      ])
    return Drawing(
      stem: "variable-\(variable.name)-linewidth", plot: plot,
      values: [("frequency", fit.centre, "Hz"), ("linewidth", fit.width, "Hz")])
  }

  private func lockIn(_ signal: Signal) throws -> Drawing {
    guard let reference = frequency ?? FrequencyEstimate.interpolated(signal) else {
      throw RunFailure(
        "'\(variable.name)' has no frequency of its own", help: "give one with --frequency")
    }
    let length = window ?? 0.1 * signal.interval * Double(signal.count)
    let result = LockIn(signal, frequency: reference, window: length)
    let phases = unwrapped(result.phases)
    let plot = Plot(
      x: PlotAxis(axis.longName ?? axis.name, unit: axis.unit),
      y: PlotAxis("phase of \(variable.name) against the reference (rad)"),
      layers: [.line(x: result.times, y: phases)], legend: .hidden)
    return Drawing(
      stem: "variable-\(variable.name)-lockin", plot: plot,
      values: [
        ("referenceFrequency", reference, "Hz"), ("finalPhase", phases.last, "rad"),
        ("finalAmplitude", result.amplitudes.last?.modulus, variable.unit ?? "1"),
      ])
  }
}
