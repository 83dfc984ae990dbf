// Printed expressions of small-signal analyses, in complex arithmetic.
//
// A plain quantity is its complex amplitude. V and I with a letter more (M magnitude, P phase in
// radians, or degrees with `.options output phase_output_radians=false`, R and I real and imaginary
// part, DB decibels) are real, and so are M(), DB(), PH(), R() and IMG() of an expression; an
// expression of real parts only is real. Quantities of the operating point, N(m1:gm), are what they
// are there.

import Devices
public import Numerics
public import Schematic

/// Evaluates printed and measured expressions at the points of a small-signal analysis.
public final class ComplexOutputEvaluator {
  private struct Item {
    var expression: Expression
    var readings: [Reading]
    /// By node of the expression.
    var isReal: [Bool]
  }

  private let equations: CircuitEquations
  private let items: [Item]
  private let givesDegrees: Bool
  private var workspace: [Complex] = []

  public var count: Int { items.count }

  /// - Throws: `Faults` for what the circuit does not have.
  public init(_ expressions: [Expression], _ equations: CircuitEquations) throws {
    self.equations = equations
    givesDegrees = equations.circuit.options["phase_output_radians"]?.value.number == 0
    let table = ReadingTable(equations)
    var faults: [Fault] = []
    items = expressions.map { expression in
      var readings: [Reading] = []
      for probe in expression.probes {
        do throws(Fault) {
          let reading = try table.reading(of: probe)
          if case .power = reading { throw Self.noPower(probe) }
          readings.append(reading)
        } catch {
          faults.append(error)
        }
      }
      return Item(
        expression: expression, readings: readings,
        isReal: expression.realNodes)
    }
    if !faults.isEmpty { throw Faults(faults) }
  }

  private static func noPower(_ probe: Expression.Probe) -> Fault {
    Fault(
      "unknown-probe", "a small-signal analysis has no power", at: probe.origin,
      help: "print {vr(a)*ir(x) + vi(a)*ii(x)} and the like")
  }

  /// Whether expression `index` has complex values; the others' imaginary parts are 0.
  public func isComplex(_ index: Int) -> Bool { items[index].expression.isComplexInSmallSignal }

  /// The value of expression `index` at the point.
  public func value(_ index: Int, at point: SmallSignalPoint) -> Complex {
    let item = items[index]
    workspace.removeAll(keepingCapacity: true)
    for (node, content) in item.expression.nodes.enumerated() {
      workspace.append(value(of: content, isReal: item.isReal[node], item, point))
    }
    return workspace[Int(item.expression.root)]
  }

  private func value(
    of node: Expression.Node, isReal: Bool, _ item: Item, _ point: SmallSignalPoint
  ) -> Complex {
    switch node {
    case .number(let value): return Complex(value)
    case .name: preconditionFailure("unbound name")
    case .variable(.frequency): return Complex(point.frequency)
    case .variable(.temperature): return Complex(point.temperature)
    case .variable(.time): return .zero
    case .probe(let probe):
      let function = item.expression.probes[Int(probe)].function
      let amplitude = read(item.readings[Int(probe)], point)
      guard let part = ProbePart(function) else { return amplitude }
      let value = part.value(of: amplitude)
      return Complex(part == .phase && givesDegrees ? value * 180 / .pi : value)
    case .call(let function, let first, let count):
      let operands = item.expression.arguments[Int(first)..<Int(first) + Int(count)].map(Int.init)
      let values = operands.map { workspace[$0] }
      if operands.allSatisfy({ item.isReal[$0] }), function != .ddt, function != .sdt {
        return Complex(function.evaluate(values.map(\.real)))
      }
      return function.evaluate(values, angularFrequency: 2 * .pi * point.frequency)
    }
  }

  private func read(_ reading: Reading, _ point: SmallSignalPoint) -> Complex {
    switch reading {
    case .difference(let a, let b): return point.amplitudes[a] - point.amplitudes[b]
    case .quantity(let bank, let index, let name):
      return Complex(equations.quantity(name, bank: bank, index: index, point.evaluation))
    case .power: preconditionFailure("refused when the evaluator was made")
    case .current(let bank, let index, let terminal):
      let omega = 2 * Double.pi * point.frequency
      let own = equations.banks[bank]
      var current = sourceCurrent(Int(own.instances[index]), terminal)
      for term in own.terminalAdmittance(index, terminal, point.evaluation) {
        current +=
          Complex(term.conductance, omega * term.capacitance)
          * point.amplitudes[Int(term.unknown)]
      }
      return current
    }
  }

  /// What a current source itself drives into its terminal: no form of the unknowns.
  private func sourceCurrent(_ index: Int, _ terminal: Int) -> Complex {
    let instance = equations.circuit.instances[index]
    guard instance.device == "I", let magnitude = instance.parameters["ac.mag"]?.number else {
      return .zero
    }
    let angle = (instance.parameters["ac.phase"]?.number ?? 0) * Double.pi / 180
    let multiplicity = instance.parameters["m"]?.number ?? 1
    let sign = terminal == 0 ? 1.0 : -1.0
    return sign * multiplicity * Complex(modulus: magnitude, argument: angle)
  }
}

/// What the last letters of VM, IP, VDB, ... take of a complex amplitude.
private enum ProbePart {
  case magnitude, phase, real, imaginary, decibel

  init?(_ function: String) {
    switch function {
    case "vm", "im": self = .magnitude
    case "vp", "ip": self = .phase
    case "vr", "ir": self = .real
    case "vi", "ii": self = .imaginary
    case "vdb", "idb": self = .decibel
    default: return nil
    }
  }

  func value(of amplitude: Complex) -> Double {
    switch self {
    case .magnitude: amplitude.modulus
    case .phase: amplitude.argument
    case .real: amplitude.real
    case .imaginary: amplitude.imaginary
    case .decibel: 20 * decimalLogarithm(amplitude.modulus)
    }
  }
}

extension Expression {
  /// Whether a small-signal analysis gives it complex values.
  public var isComplexInSmallSignal: Bool { root >= 0 && !realNodes[Int(root)] }

  /// By node: whether its value in a small-signal analysis is real.
  fileprivate var realNodes: [Bool] {
    var isReal: [Bool] = []
    isReal.reserveCapacity(nodes.count)
    for node in nodes {
      switch node {
      case .number, .name, .variable: isReal.append(true)
      case .probe(let index): isReal.append(probes[Int(index)].isReal)
      case .call(let function, let first, let count):
        if function.isRealOfComplex {
          isReal.append(true)
        } else if [.ddt, .sdt, .user].contains(function) {
          isReal.append(false)
        } else {
          let operands = arguments[Int(first)..<Int(first) + Int(count)]
          isReal.append(operands.allSatisfy { isReal[Int($0)] })
        }
      }
    }
    return isReal
  }
}

extension Expression.Probe {
  fileprivate var isReal: Bool {
    ProbePart(function) != nil || ["onoise", "inoise", "dno", "dni"].contains(function)
  }
}
