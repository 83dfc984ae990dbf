// Operating points along a sweep. Each is sought from the one before; switches and comparisons keep
// the state they have, so that hysteresis shows as it does on a curve tracer.

public import Schematic

/// What follows a sweep.
public protocol SweepObserver {
  /// Called before the first point and whenever the circuit had to be built anew: points up to the
  /// next call belong to these equations.
  mutating func begin(_ equations: CircuitEquations) throws
  /// The operating point number `index`.
  mutating func output(
    _ point: SolutionPoint, index: Int, _ solution: OperatingPoint.Solution) throws
}

/// Operating points over values of sources, parameters and temperature.
public struct DirectCurrentSweep {
  public typealias Setting = (target: SweepAxis.Target, value: Double)

  private let count: Int
  private let settings: (Int) -> [Setting]
  private let abscissa: (Int) -> Double
  private let options: SolverOptions
  private let build: ([Setting]) throws -> CircuitEquations

  /// - Parameters:
  ///   - count: how many points there are.
  ///   - settings: what point `index` sets; the same targets at every point.
  ///   - abscissa: the value told of point `index`: that of the innermost axis.
  ///   - build: makes the equations of the circuit with such settings.
  public init(
    count: Int, settings: @escaping (Int) -> [Setting], abscissa: @escaping (Int) -> Double,
    _ options: SolverOptions, build: @escaping ([Setting]) throws -> CircuitEquations
  ) {
    self.count = count
    self.settings = settings
    self.abscissa = abscissa
    self.options = options
    self.build = build
  }

  /// The sweep of a card, the first axis innermost.
  /// - Precondition: no axis is a `.data` table.
  public init(
    _ card: DCCard, _ options: SolverOptions,
    build: @escaping ([Setting]) throws -> CircuitEquations
  ) {
    let axes = card.axes.map { (target: $0.target, values: $0.points.values) }
    func value(_ axis: Int, _ index: Int) -> Double {
      let inner = axes[..<axis].reduce(1) { $0 * $1.values.count }
      return axes[axis].values[index / inner % axes[axis].values.count]
    }
    self.init(
      count: axes.reduce(1) { $0 * $1.values.count },
      settings: { index in axes.indices.map { (axes[$0].target, value($0, index)) } },
      abscissa: { index in axes.isEmpty ? 0 : value(0, index) }, options, build: build)
  }

  /// Finds every point in turn.
  ///
  /// - Parameters:
  ///   - guess: where the first point is sought.
  ///   - holding: voltages that nodes are held at (`.ic`).
  ///   - shouldStop: asked before every point; true ends the sweep there.
  /// - Returns: whether all points were found.
  /// - Throws: `AnalysisFailure` that names the point, and what the observer and `build` throw.
  public func run<Observer: SweepObserver>(
    _ observer: inout Observer, from guess: [Double]? = nil,
    holding: [NodeVoltagesCard.Entry] = [], shouldStop: () -> Bool = { false }
  ) throws -> Bool {
    var state: (equations: CircuitEquations, solver: OperatingPoint)?
    var built: [Setting] = []
    var last = guess
    for index in 0..<count {
      if shouldStop() { return false }
      let wanted = settings(index)
      // what a running circuit takes over, and what it has to be built anew for
      let pending = wanted.filter { state?.equations.set($0.target, $0.value) != true }
      if state == nil || !Self.agree(pending, built) {
        let equations = try build(wanted)
        state = (equations, try OperatingPoint(equations, options))
        built = wanted.filter { !equations.set($0.target, $0.value) }
        if last?.count != equations.unknownCount { last = nil }
        try observer.begin(equations)
      }
      let solution = try solve(state!.solver, from: last, holding, wanted)
      last = solution.x
      let point = state!.equations.restingPoint(solution.x, abscissa: abscissa(index))
      try observer.output(point, index: index, solution)
    }
    return true
  }

  private func solve(
    _ solver: OperatingPoint, from guess: [Double]?, _ holding: [NodeVoltagesCard.Entry],
    _ wanted: [Setting]
  ) throws -> OperatingPoint.Solution {
    do {
      return try solver.solve(from: guess, holding: holding)
    } catch let failure as AnalysisFailure {
      let place = wanted.map { "\($0.target.label) = \($0.value)" }.joined(separator: ", ")
      throw AnalysisFailure(
        analysis: "dc analysis", message: "\(failure.message), at \(place)",
        equation: failure.equation, residual: failure.residual, advice: failure.advice)
    }
  }

  private static func agree(_ a: [Setting], _ b: [Setting]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0.target == $1.target && $0.value == $1.value }
  }
}

extension CircuitEquations {
  /// Sets a source's dc value in place; false where the circuit has to be built anew.
  func set(_ target: SweepAxis.Target, _ value: Double) -> Bool {
    guard case .instance(let name, let parameter) = target, ["", "dc"].contains(parameter),
      let place = sourcePlaces[name]
    else { return false }
    return banks[place.bank].set("dc", of: place.index, to: value)
  }
}

extension SweepAxis.Target {
  /// As a deck writes it.
  fileprivate var label: String {
    switch self {
    case .parameter(let name), .data(let name): name
    case .instance(let name, let parameter), .model(let name, let parameter):
      parameter.isEmpty ? name : "\(name):\(parameter)"
    case .temperature: "temp"
    }
  }
}
