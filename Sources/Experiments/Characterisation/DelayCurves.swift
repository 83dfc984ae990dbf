import Numerics
import Schematic

/// A delay cell against its memristance, its supply and its load.
struct DelayCurves {
  /// With the cell's own parameters.
  var design: TransitionMeasurement
  var memristances: [TransitionMeasurement] = []
  var supplies: [TransitionMeasurement] = []
  /// Empty where the cell has no parameter `load`.
  var loads: [TransitionMeasurement] = []

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
    func run(_ memristance: Double, _ supply: Double, _ load: Double?) throws
      -> TransitionMeasurement?
    {
      try TransitionMeasurement.measure(
        cell, memristance: memristance, supply: supply, load: load, edge: settings.inputEdge,
        shouldStop)
    }
    guard let design = try run(own, settings.supply, load) else { return nil }
    var curves = DelayCurves(design: design)
    let grid = memristances(bench, own, settings.memristanceCount)
    let loads = load.map { load in settings.loadRatios.map { $0 * load } } ?? []
    let count = Double(grid.count + settings.supplyRatios.count + loads.count)
    var done = 0.0
    for memristance in grid {
      guard let point = try run(memristance, settings.supply, load) else { return nil }
      curves.memristances.append(point)
      done += 1
      progress(done / count)
    }
    for ratio in settings.supplyRatios {
      guard let point = try run(own, ratio * settings.supply, load) else { return nil }
      curves.supplies.append(point)
      done += 1
      progress(done / count)
    }
    for load in loads {
      guard let point = try run(own, settings.supply, load) else { return nil }
      curves.loads.append(point)
      done += 1
      progress(done / count)
    }
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
