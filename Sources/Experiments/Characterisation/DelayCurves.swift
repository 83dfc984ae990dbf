import Numerics
import Schematic

/// A delay cell against its memristance, its supply, its load and its temperature.
struct DelayCurves {
  /// With the cell's own parameters.
  var design: TransitionMeasurement
  var memristances: [TransitionMeasurement] = []
  var supplies: [TransitionMeasurement] = []
  /// Empty where the cell has no parameter `load`.
  var loads: [TransitionMeasurement] = []
  var temperatures: [TransitionMeasurement] = []

  /// - Parameter progress: told which part of the runs is done.
  /// - Returns: nil where the caller asked to stop.
  static func measure(
    _ cell: CellUnderTest, _ settings: CharacterisationSettings,
    _ shouldStop: @escaping () -> Bool, progress: (Double) -> Void
  ) throws -> DelayCurves? {
    let bench = try TestBench(cell)
    let own = bench.parameter("memristance") ?? 0
    let load = cell.parameters.contains("load") ? bench.parameter("load") : nil
    guard own > 0 else {
      throw Fault(
        "cell-not-measurable", "cell '\(cell.name)' has a memristance of \(own) ohm",
        help: "its default is the design's; > 0")
    }
    func run(
      _ memristance: Double, _ supply: Double, _ load: Double?,
      temperature: Double = CharacterisationSettings.temperature
    ) throws -> TransitionMeasurement? {
      try TransitionMeasurement.measure(
        cell, memristance: memristance, supply: supply, load: load, edge: settings.inputEdge,
        temperature: temperature, shouldStop)
    }
    guard let design = try run(own, settings.supply, load) else { return nil }
    var curves = DelayCurves(design: design)
    let grid = memristances(bench, own, settings.memristanceCount)
    let loads = load.map { load in settings.loadRatios.map { $0 * load } } ?? []
    let count = grid.count + settings.supplyRatios.count + loads.count
    var done = 0
    /// Whether the curve was measured to its end.
    func sweep<Value>(
      _ values: [Value], into curve: WritableKeyPath<DelayCurves, [TransitionMeasurement]>,
      _ measure: (Value) throws -> TransitionMeasurement?
    ) throws -> Bool {
      for value in values {
        guard let point = try measure(value) else { return false }
        curves[keyPath: curve].append(point)
        done += 1
        progress(Double(done) / Double(count + settings.temperatures.count))
      }
      return true
    }
    guard try sweep(grid, into: \.memristances, { try run($0, settings.supply, load) }),
      try sweep(
        settings.supplyRatios, into: \.supplies, { try run(own, $0 * settings.supply, load) }),
      try sweep(loads, into: \.loads, { try run(own, settings.supply, $0) }),
      try sweep(
        settings.temperatures, into: \.temperatures,
        { try run(own, settings.supply, load, temperature: $0) })
    else { return nil }
    return curves
  }

  /// The range of the memristor's model, equally spaced in the logarithm; around the cell's own
  /// value where the model has none.
  private static func memristances(_ bench: TestBench, _ own: Double, _ count: Int) -> [Double] {
    let model = bench.instance("YMEMRISTOR").flatMap { instance in
      instance.model >= 0 ? bench.circuit.models[Int(instance.model)] : nil
    }
    let low = model?.parameters["ron"]?.number ?? own / 10
    let high = model?.parameters["roff"]?.number ?? own
    guard low > 0, high > low else { return [own / 2, own] }
    return (0..<count).map { k in
      (low * power(high / low, Double(k) / Double(count - 1))).rounded(digits: 4)
    }
  }
}
