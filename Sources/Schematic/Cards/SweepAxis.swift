import Numerics

/// One swept quantity of `.dc` or `.step`, and the values it takes.
public struct SweepAxis: Sendable, Hashable {
  public enum Target: Sendable, Hashable {
    /// A deck parameter, lower case.
    case parameter(String)
    /// A parameter of an instance, hierarchical name; an empty parameter means the device's value:
    /// the dc value of a source, the resistance of a resistor.
    case instance(String, parameter: String)
    /// A parameter of a model.
    case model(String, parameter: String)
    /// The circuit's temperature, Celsius.
    case temperature
    /// Every column of a `.data` table at once, by the table's name.
    case data(String)
  }

  public enum Points: Sendable, Hashable {
    /// From start to stop, in equal steps; the step has the sign of stop - start.
    case linear(start: Double, stop: Double, step: Double)
    /// So many points a decade, start and stop of one sign.
    case decade(start: Double, stop: Double, count: Int)
    case octave(start: Double, stop: Double, count: Int)
    case list([Double])
    /// The rows of the `.data` table.
    case rows
  }

  public var target: Target
  public var points: Points
  public var origin: Origin

  public init(target: Target, points: Points, origin: Origin) {
    self.target = target
    self.points = points
    self.origin = origin
  }
}

extension SweepAxis.Target {
  /// As results name it: "rload", "r1:r", "temp"; of a table its name.
  public var name: String {
    switch self {
    case .parameter(let name): name
    case .instance(let name, let parameter): parameter.isEmpty ? name : "\(name):\(parameter)"
    case .model(let name, let parameter): "\(name):\(parameter)"
    case .temperature: "temp"
    case .data(let name): name
    }
  }
}

extension SweepAxis.Points {
  /// How many values there are, as a real number: a hostile deck can ask for 1e300. For `.rows`,
  /// which the table knows, 0.
  public var count: Double {
    switch self {
    case .linear(let start, let stop, let step):
      start == stop ? 1 : ((stop - start) / step * (1 + 1e-12) + 1e-9).rounded(.down) + 1
    case .decade(let start, let stop, let count): Self.steps(start, stop, count, base: 10) + 1
    case .octave(let start, let stop, let count): Self.steps(start, stop, count, base: 2) + 1
    case .list(let values): Double(values.count)
    case .rows: 0
    }
  }

  /// The values, in order.
  /// - Precondition: `count` is small enough to be held.
  public var values: [Double] {
    let count = Int(self.count)
    switch self {
    case .linear(let start, _, let step): return (0..<count).map { start + Double($0) * step }
    case .decade(let start, _, let each):
      return (0..<count).map { start * power(10, Double($0) / Double(each)) }
    case .octave(let start, _, let each):
      return (0..<count).map { start * power(2, Double($0) / Double(each)) }
    case .list(let values): return values
    case .rows: return []
    }
  }

  private static func steps(_ start: Double, _ stop: Double, _ count: Int, base: Double) -> Double {
    let decades = naturalLogarithm(stop / start) / naturalLogarithm(base)
    return (decades * Double(count) * (1 + 1e-12) + 1e-9).rounded(.down)
  }
}
