import Schematic

/// Compiles expressions, polynomials and tables into one tape. Inputs take registers from 0;
/// instructions are numbered behind them when the tape is finished.
struct TapeBuilder {
  /// A value on the way: an input or the result of an instruction.
  enum Place: Hashable {
    case input(Int)
    case result(Int)
  }

  private struct Step {
    var function: Function
    var operands: [Place]
  }

  /// Asks for the unknown behind ddt(operand) or sdt(operand), and tells what its value is.
  typealias DynamicUnknown = (_ function: Function, _ operand: Place) -> Tape.Input

  private var inputs: [Tape.Input] = []
  private var known: [Tape.Input: Int] = [:]
  private var steps: [Step] = []

  mutating func input(_ input: Tape.Input) -> Place {
    if let index = known[input] { return .input(index) }
    inputs.append(input)
    known[input] = inputs.count - 1
    return .input(inputs.count - 1)
  }

  mutating func constant(_ value: Double) -> Place { input(.constant(value)) }

  mutating func apply(_ function: Function, _ operands: Place...) -> Place {
    apply(function, operands)
  }

  mutating func apply(_ function: Function, _ operands: [Place]) -> Place {
    if function == .min || function == .max, operands.count > 2 {
      return operands.dropFirst().reduce(operands[0]) { apply(function, $0, $1) }
    }
    steps.append(Step(function: function, operands: operands))
    return .result(steps.count - 1)
  }

  /// The voltage between two nodes.
  mutating func voltage(_ plus: Int32, _ minus: Int32) -> Place {
    let high = plus == 0 ? constant(0) : input(.unknown(plus))
    return minus == 0 ? high : apply(.subtract, high, input(.unknown(minus)))
  }

  /// A polynomial in SPICE2's order: by total degree, then the first control first. A single
  /// coefficient of one control is that of the linear term.
  mutating func polynomial(_ coefficients: [Double], _ controls: [Place]) -> Place {
    if coefficients.count == 1, controls.count == 1 {
      return apply(.multiply, constant(coefficients[0]), controls[0])
    }
    var sum = constant(coefficients[0])
    var next = 1
    // the last control's number of each monomial, and its value
    var monomials = controls.indices.map { (last: $0, value: controls[$0]) }
    while next < coefficients.count {
      for monomial in monomials where next < coefficients.count {
        if coefficients[next] != 0 {
          sum = apply(.add, sum, apply(.multiply, constant(coefficients[next]), monomial.value))
        }
        next += 1
      }
      guard next < coefficients.count else { break }
      var higher: [(last: Int, value: Place)] = []
      for monomial in monomials {
        for control in monomial.last..<controls.count
        where higher.count < coefficients.count - next {
          higher.append((control, apply(.multiply, monomial.value, controls[control])))
        }
      }
      monomials = higher
    }
    return sum
  }

  /// - Throws: a `Fault` for quantities that no equation can depend on.
  mutating func expression(
    _ expression: Expression, dynamic: DynamicUnknown
  ) throws -> Place {
    var places: [Place] = []
    for (index, node) in expression.nodes.enumerated() {
      switch node {
      case .number(let value): places.append(constant(value))
      case .name(let name):
        preconditionFailure("unbound name \(expression.names[Int(name)])")
      case .variable(let variable): places.append(input(.variable(variable)))
      case .probe(let probe): places.append(try quantity(expression.probes[Int(probe)]))
      case .call(let function, let first, let count):
        let operands = expression.arguments[Int(first)..<Int(first) + Int(count)]
          .map { places[Int($0)] }
        if function == .ddt || function == .sdt {
          places.append(input(dynamic(function, operands[0])))
        } else if function.isRandom || function == .user {
          throw Fault(
            "random-of-circuit", "a random function cannot depend on the circuit",
            at: expression.origins[index])
        } else {
          places.append(apply(function, operands))
        }
      }
    }
    return places[Int(expression.root)]
  }

  private mutating func quantity(_ probe: Expression.Probe) throws -> Place {
    switch probe.function {
    case "v" where !probe.nodes.isEmpty:
      return voltage(probe.nodes[0], probe.nodes.count > 1 ? probe.nodes[1] : 0)
    case "i" where probe.names.count == 1: return input(.branch(probe.names[0]))
    default:
      throw Fault(
        "not-simulated", "an equation cannot depend on '\(probe.function)()'", at: probe.origin,
        help: "v(), i(), time, temp and freq can be used")
    }
  }

  /// The register of a place in the finished tape.
  func register(_ place: Place) -> Int {
    switch place {
    case .input(let index): index
    case .result(let index): inputs.count + index
    }
  }

  /// The points of a table, where they are numbers in order.
  private func table(of step: Step) -> Tape.Table? {
    guard step.function == .table || step.function == .pwl else { return nil }
    let numbers = step.operands.dropFirst().compactMap { place -> Double? in
      if case .input(let index) = place, case .constant(let value) = inputs[index] { return value }
      return nil
    }
    guard numbers.count == step.operands.count - 1, numbers.count % 2 == 0 else { return nil }
    let abscissae = stride(from: 0, to: numbers.count, by: 2).map { numbers[$0] }
    guard zip(abscissae, abscissae.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    return Tape.Table(
      inputs: abscissae, outputs: stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] },
      continues: step.function == .pwl)
  }

  func finished() -> Tape {
    var instructions: [Tape.Instruction] = []
    var lists: [[Int32]] = []
    var tables: [Tape.Table] = []
    var decisionCount: Int32 = 0
    for step in steps {
      let registers = step.operands.map { Int32(register($0)) }
      var instruction = Tape.Instruction(function: step.function, first: registers[0])
      if registers.count <= 3, ![.table, .pwl, .spline].contains(step.function) {
        instruction.second = registers.count > 1 ? registers[1] : -1
        instruction.third = registers.count > 2 ? registers[2] : -1
      } else if let table = table(of: step) {
        instruction.table = Int32(tables.count)
        tables.append(table)
      } else {
        instruction.list = Int32(lists.count)
        lists.append(registers)
      }
      switch step.function {
      case .less, .lessEqual, .greater, .greaterEqual, .stp, .sgn:
        instruction.decision = decisionCount
        decisionCount += 1
      default: break
      }
      instructions.append(instruction)
    }
    return Tape(inputs: inputs, instructions: instructions, lists: lists, tables: tables)
  }
}
