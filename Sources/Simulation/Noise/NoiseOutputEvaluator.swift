// Printed expressions of noise analyses: ONOISE and INOISE, the shares DNO(device), DNO(device,
// source) at the output and DNI(...) at the input, all power densities, and arithmetic with them;
// and what an ac analysis prints, of whose complex values the real part counts.

import Devices
import Numerics
public import Schematic

/// Evaluates printed and measured expressions at the points of a noise analysis.
public final class NoiseOutputEvaluator {
  fileprivate enum Reading {
    case output
    case input
    /// The shares of an instance, of one label or all.
    case share(instance: Int32, label: String?, isInput: Bool)
    /// A quantity of a device at the operating point.
    case quantity(bank: Int, index: Int, name: String)
    /// A number of the ac response.
    case response(Int)
  }

  private let equations: CircuitEquations
  private let items: [(expression: Expression, readings: [Reading])]
  private let responses: ComplexOutputEvaluator
  private var workspace: [Double] = []

  public var count: Int { items.count }

  /// - Throws: `Faults` for what the circuit does not have.
  public init(_ expressions: [Expression], _ equations: CircuitEquations) throws {
    self.equations = equations
    let table = ReadingTable(equations)
    var faults: [Fault] = []
    var wanted: [Expression] = []
    items = expressions.map { expression in
      var readings: [Reading] = []
      for probe in expression.probes {
        if ReadingTable.voltageFunctions.contains(probe.function)
          || ReadingTable.currentFunctions.contains(probe.function)
        {
          var single = Expression()
          single.append(probe: probe)
          readings.append(.response(wanted.count))
          wanted.append(single)
          continue
        }
        do throws(Fault) {
          readings.append(try Self.reading(of: probe, table, equations.circuit))
        } catch {
          faults.append(error)
        }
      }
      return (expression, readings)
    }
    if !faults.isEmpty { throw Faults(faults) }
    responses = try ComplexOutputEvaluator(wanted, equations)
  }

  private static func reading(
    of probe: Expression.Probe, _ table: ReadingTable, _ circuit: Circuit
  ) throws(Fault) -> Reading {
    switch probe.function {
    case "onoise": return .output
    case "inoise": return .input
    case "dno", "dni":
      let name = probe.names.first ?? ""
      guard let index = circuit.instances.firstIndex(where: { $0.name == name }) else {
        throw Fault("unknown-probe", "no device named '\(name)'", at: probe.origin)
      }
      let label = probe.names.count > 1 ? probe.names[1] : nil
      return .share(instance: Int32(index), label: label, isInput: probe.function == "dni")
    case "n":
      if case .quantity(let bank, let index, let name) = try table.reading(of: probe) {
        return .quantity(bank: bank, index: index, name: name)
      }
    default: break
    }
    throw Fault(
      "unknown-probe", "a noise analysis has no '\(probe.function)'", at: probe.origin,
      help: "it has onoise, inoise, dno(device), dni(device), vm(node) and the like")
  }

  /// The value of expression `index` at the point; densities in V^2/Hz, at the input of a current
  /// source in A^2/Hz.
  public func value(_ index: Int, at point: NoisePoint) -> Double {
    let item = items[index]
    return item.expression.evaluate(
      in: Environment(owner: self, readings: item.readings, point: point), workspace: &workspace)
  }

  fileprivate func read(_ reading: Reading, _ point: NoisePoint) -> Double {
    switch reading {
    case .output: return point.outputDensity
    case .input: return point.inputDensity
    case .share(let instance, let label, let isInput):
      let sum = point.contributions.reduce(0.0) {
        $1.instance == instance && (label == nil || $1.label == label) ? $0 + $1.density : $0
      }
      return isInput ? sum / point.squaredGain : sum
    case .quantity(let bank, let index, let name):
      return equations.quantity(name, bank: bank, index: index, point.evaluation)
    case .response(let index):
      return responses.value(
        index,
        at: SmallSignalPoint(
          frequency: point.frequency, amplitudes: point.amplitudes, evaluation: point.evaluation,
          temperature: point.temperature)
      ).real
    }
  }

  private struct Environment: ExpressionEnvironment {
    let owner: NoiseOutputEvaluator
    let readings: [Reading]
    let point: NoisePoint

    func value(of variable: Expression.Variable) -> Double {
      switch variable {
      case .frequency: point.frequency
      case .temperature: point.temperature
      case .time: 0
      }
    }
    func value(of probe: Expression.Probe, number index: Int) -> Double {
      owner.read(readings[index], point)
    }
    func value(_ function: Function, of operand: Double, node: Int) -> Double { .nan }
  }
}
