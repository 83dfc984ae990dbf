import Devices
import Numerics
public import Schematic

/// Evaluates printed and measured expressions at points of an analysis.
public final class OutputEvaluator {
  private struct Item {
    var expression: Expression
    var readings: [Reading]
    /// The whole expression, where it is one probe.
    var whole: Reading?
    var hasRates: Bool
  }

  private let equations: CircuitEquations
  private let items: [Item]
  private var workspace: [Double] = []
  private var ratedWorkspace: [Dual<SIMD2<Double>>] = []
  private var currents = [Double](repeating: 0, count: 64)

  public var count: Int { items.count }

  /// Whether any value depends on rates of change, as the current of a capacitor does.
  public var needsRates: Bool {
    items.contains { item in
      item.hasRates
        || item.readings.contains { if case .difference = $0 { false } else { true } }
    }
  }

  /// - Throws: `Faults` for what the circuit does not have.
  public init(_ expressions: [Expression], _ equations: CircuitEquations) throws {
    self.equations = equations
    let table = ReadingTable(equations)
    var faults: [Fault] = []
    items = expressions.map { expression in
      var readings: [Reading] = []
      for probe in expression.probes {
        do throws(Fault) {
          readings.append(try table.reading(of: probe))
        } catch {
          faults.append(error)
        }
      }
      var whole: Reading?
      if expression.nodes.count == 1, case .probe = expression.nodes[0] { whole = readings.first }
      let hasRates = expression.nodes.contains {
        if case .call(.ddt, _, _) = $0 { true } else { false }
      }
      return Item(
        expression: expression, readings: readings, whole: whole, hasRates: hasRates)
    }
    if !faults.isEmpty { throw Faults(faults) }
    let terminals = equations.circuit.instances.map(\.terminals.count).max() ?? 0
    currents = Array(repeating: 0, count: max(64, terminals))
  }

  /// The unknowns that the values are made of; ground is 0.
  public var readUnknowns: Set<Int> {
    var read: Set<Int> = []
    var instances: Set<Int32> = []
    for reading in items.lazy.flatMap(\.readings) {
      switch reading {
      case .difference(let a, let b): read.formUnion([a, b])
      case .current(let bank, let index, _), .power(let bank, let index),
        .quantity(let bank, let index, _):
        instances.insert(equations.banks[bank].instances[index])
      }
    }
    if instances.isEmpty { return read }
    for instance in instances {
      read.formUnion(equations.circuit.instances[Int(instance)].terminals.lazy.map(Int.init))
    }
    for (unknown, own) in equations.layout.unknowns.enumerated()
    where instances.contains(own.instance) { read.insert(unknown) }
    return read
  }

  /// The value of expression `index` at the point.
  public func value(_ index: Int, at point: SolutionPoint) -> Double {
    let item = items[index]
    if let whole = item.whole { return read(whole, point) }
    if item.hasRates {
      let environment = RatedEnvironment(owner: self, item: item.readings, point: point)
      return item.expression.evaluate(in: environment, workspace: &ratedWorkspace).value
    }
    let environment = PointEnvironment(owner: self, item: item.readings, point: point)
    return item.expression.evaluate(in: environment, workspace: &workspace)
  }

  fileprivate func read(_ reading: Reading, _ point: SolutionPoint) -> Double {
    let evaluation = point.evaluation
    switch reading {
    case .difference(let a, let b): return evaluation.values[a] - evaluation.values[b]
    case .current(let bank, let index, let terminal):
      terminalCurrents(bank, index, evaluation)
      return currents[terminal]
    case .power(let bank, let index):
      terminalCurrents(bank, index, evaluation)
      let instance = equations.circuit.instances[Int(equations.banks[bank].instances[index])]
      return instance.terminals.enumerated().reduce(0) {
        $0 + evaluation.values[Int($1.element)] * currents[$1.offset]
      }
    case .quantity(let bank, let index, let name):
      return equations.quantity(name, bank: bank, index: index, evaluation)
    }
  }

  private func terminalCurrents(_ bank: Int, _ index: Int, _ evaluation: Evaluation) {
    currents.withUnsafeMutableBufferPointer {
      equations.banks[bank].terminalCurrents(index, evaluation, into: $0.baseAddress!)
    }
  }
}

private struct PointEnvironment: ExpressionEnvironment {
  let owner: OutputEvaluator
  let item: [Reading]
  let point: SolutionPoint

  func value(of variable: Expression.Variable) -> Double { point.value(of: variable) }
  func value(of probe: Expression.Probe, number index: Int) -> Double {
    owner.read(item[index], point)
  }
  func value(_ function: Function, of operand: Double, node: Int) -> Double { .nan }
}

/// The same with rates of change in the first lane, for `ddt`.
private struct RatedEnvironment: ExpressionEnvironment {
  typealias Scalar = Dual<SIMD2<Double>>
  let owner: OutputEvaluator
  let item: [Reading]
  let point: SolutionPoint

  func value(of variable: Expression.Variable) -> Scalar {
    let rate: Double = variable == .time ? 1 : 0
    return Scalar(point.value(of: variable), partials: SIMD2(rate, 0))
  }

  func value(of probe: Expression.Probe, number index: Int) -> Scalar {
    let value = owner.read(item[index], point)
    guard case .difference(let a, let b) = item[index] else { return Scalar(value) }
    let rates = point.evaluation.rates
    return Scalar(value, partials: SIMD2(rates[a] - rates[b], 0))
  }

  func value(_ function: Function, of operand: Scalar, node: Int) -> Scalar {
    Scalar(function == .ddt ? operand.partials[0] : .nan)
  }
}

extension SolutionPoint {
  fileprivate func value(of variable: Expression.Variable) -> Double {
    switch variable {
    case .time: evaluation.moment.time
    case .temperature: temperature
    default: 0
    }
  }
}
