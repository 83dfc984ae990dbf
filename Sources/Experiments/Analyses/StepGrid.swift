public import Schematic

/// The points of `.step`: every combination of its axes, the first of them innermost.
public struct StepGrid: Sendable {
  public struct Axis: Sendable {
    /// As results name it: "rload", "r1:r", "temp".
    public var name: String
    /// Nil for numbers without a known unit.
    public var unit: String?
    public var values: [Double]
    /// What each value sets: one target, or all columns of a `.data` row.
    var settings: [[(SweepAxis.Target, Double)]]
  }

  public let axes: [Axis]

  public static let countMaximum = 1e7

  /// - Throws: `Faults` for tables that are not there and grids that cannot be held.
  public init(_ circuit: Circuit) throws {
    var axes: [SweepAxis] = []
    for case .step(let card) in circuit.cards { axes += card.axes }
    try self.init(axes, circuit)
  }

  /// The grid of given axes, the first innermost; for `.dc` too.
  init(_ sweeps: [SweepAxis], _ circuit: Circuit) throws {
    let axes = try sweeps.map { try Self.axis($0, circuit) }
    let count = axes.reduce(1.0) { $0 * Double($1.values.count) }
    if count > Self.countMaximum {
      throw Fault("too-many-steps", "the sweeps ask for \(count) points")
    }
    self.axes = axes
  }

  public var count: Int { axes.reduce(1) { $0 * $1.values.count } }

  /// The position on each axis of step `index`.
  public func positions(_ index: Int) -> [Int] {
    var rest = index
    return axes.map { axis in
      defer { rest /= axis.values.count }
      return rest % axis.values.count
    }
  }

  /// What step `index` sets.
  func settings(_ index: Int) -> [(SweepAxis.Target, Double)] {
    zip(axes, positions(index)).flatMap { $0.settings[$1] }
  }

  private static func axis(_ axis: SweepAxis, _ circuit: Circuit) throws -> Axis {
    if case .data(let name) = axis.target { return try table(name, axis, circuit) }
    guard axis.points.count <= countMaximum else {
      throw Fault("too-many-steps", "this .step has too many values", at: axis.origin)
    }
    let values = axis.points.values
    return Axis(
      name: axis.target.name, unit: axis.target == .temperature ? "degC" : nil, values: values,
      settings: values.map { [(axis.target, $0)] })
  }

  private static func table(_ name: String, _ axis: SweepAxis, _ circuit: Circuit) throws -> Axis {
    for case .data(let card) in circuit.cards where card.name == name {
      let targets = card.columns.map { SweepAxis.Target(column: $0, in: circuit) }
      return Axis(
        name: name, unit: nil, values: card.rows.indices.map { Double($0 + 1) },
        settings: card.rows.map { row in Array(zip(targets, row)) })
    }
    throw Fault("unknown-data", "no .data table named '\(name)'", at: axis.origin)
  }
}
