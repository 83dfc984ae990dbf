import Energy
import Schematic

/// An oscillator cell against its bias and its temperature.
struct OscillatorCurves {
  /// At the cell's own bias.
  var design: OrbitMeasurement
  /// By rising bias.
  var biases: [OrbitMeasurement] = []
  var temperatures: [OrbitMeasurement] = []
  /// Volts of the supply, and amperes that the feedback driver takes with its input in the middle
  /// and at a rail.
  var supply = 0.0
  var driverCurrents = (middle: 0.0, rail: 0.0)
  /// The cell's own parameter, amperes.
  var feedback = 0.0

  /// Biases of the curve up to which the threshold is extrapolated from, over its first guess.
  private static let nearRatio = 1.35

  /// Whether power and threshold are known, and with them the envelope equation's own constants;
  /// else the amplitude is that of any orbit, with one rate at which it comes back.
  var hasThreshold: Bool { design.power != nil }

  /// Amperes: where Gamma_p, a parabola of the bias, meets 0.
  var threshold: Double { nearThreshold.root }
  /// 1/s: the slope of Gamma_p there, for a bias larger by the threshold.
  var dampingAtThreshold: Double { threshold * nearThreshold.slope(at: threshold) }

  private var nearThreshold: ParabolaFit {
    let near = biases.prefix { $0.bias < Self.nearRatio / 1.05 * biases[0].bias }
    return ParabolaFit(near.map(\.bias), near.map(\.dampingOfPower))
  }

  /// - Parameter progress: told which part of the orbits is done.
  /// - Returns: nil where the caller asked to stop.
  static func measure(
    _ cell: CellUnderTest, _ settings: CharacterisationSettings,
    _ shouldStop: @escaping () -> Bool, progress: (Double) -> Void
  ) throws -> OscillatorCurves? {
    let bias = try designBias(cell)
    func orbit(
      _ bias: Double, _ temperature: Double = CharacterisationSettings.temperature
    ) throws -> OrbitMeasurement? {
      try OrbitMeasurement.measure(
        cell, bias: bias, temperature: temperature, supply: settings.supply, shouldStop)
    }
    guard let design = try orbit(bias) else { return nil }
    var curves = OscillatorCurves(design: design)
    var biases = settings.biasRatiosOfDesign.map { $0 * bias }
    if curves.hasThreshold {
      guard let more = try orbit(1.1 * bias), let most = try orbit(1.2 * bias) else { return nil }
      let first = [design, more, most]
      let guess = ParabolaFit(first.map(\.bias), first.map(\.dampingOfPower)).root
      guard guess > 0, guess < bias else { throw lost(cell, bias) }
      biases = settings.biasRatios.map { $0 * guess }
    }
    let count = Double(biases.count + settings.temperatures.count)
    for bias in biases {
      guard let point = try orbit(bias) else { return nil }
      curves.biases.append(point)
      progress(Double(curves.biases.count) / count)
    }
    if curves.hasThreshold {
      guard curves.threshold > 0, curves.threshold < bias else { throw lost(cell, bias) }
    }
    for temperature in settings.temperatures {
      guard let point = try orbit(bias, temperature) else { return nil }
      curves.temperatures.append(point)
      progress(Double(curves.biases.count + curves.temperatures.count) / count)
    }
    curves.supply = settings.supply
    let bench = { (drive: Double) throws in
      try OscillatorBench(
        cell, bias: bias, temperature: CharacterisationSettings.temperature,
        supply: settings.supply, drive: drive)
    }
    let driver = EnergyTerms.index(of: FeedbackDriver.self)
    let (middle, rail) = (try bench(0.5), try bench(1))
    curves.feedback = middle.feedback
    curves.driverCurrents = (
      try middle.restingPowers()[driver] / settings.supply,
      try rail.restingPowers()[driver] / settings.supply
    )
    return curves
  }

  private static func lost(_ cell: CellUnderTest, _ bias: Double) -> Fault {
    Fault(
      "cell-not-measurable",
      "the amplitude of cell '\(cell.name)' does not fade faster at biases above \(bias) A, which "
        + "tells no threshold")
  }

  private static func designBias(_ cell: CellUnderTest) throws -> Double {
    let bias = try TestBench(cell).parameter("bias") ?? 0
    if bias > 0 { return bias }
    throw Fault(
      "cell-not-measurable", "cell '\(cell.name)' has a bias of \(bias) A",
      help: "its parameter bias is the direct current that the curves are taken around; > 0")
  }
}
