// A deck expression as a list of instructions on numbered registers.
//
// Goals, in order: exact derivatives with respect to any number of circuit quantities; no memory
// taken while evaluating; speed. Each instruction leaves its partial derivatives beside its value
// (by dual numbers, so that values and slopes come from one definition of each function); one
// backward pass then gives the gradient, whatever the number of inputs.
//
// Source: A. Griewank and A. Walther, "Evaluating Derivatives", 2nd ed. (SIAM 2008), section 3.2.

import Numerics
import Schematic

/// A compiled expression. Registers: constants and inputs first, then one an instruction.
///
/// A class of raw memory: running it counts no references.
final class Tape {
  struct Instruction {
    var function: Function
    /// Registers; -1 where there are fewer operands.
    var first: Int32
    var second: Int32 = -1
    var third: Int32 = -1
    /// Index among the decisions; -1 where the value does not jump.
    var decision: Int32 = -1
    /// Index into `lists`; -1 where there are at most three operands.
    var list: Int32 = -1
    /// Index into `tables`; -1 where the function has no fixed points.
    var table: Int32 = -1
  }

  /// Straight lines between fixed points.
  struct Table {
    var inputs: [Double]
    var outputs: [Double]
    /// Whether the end lines go on outside (PWL) or the end values do (TABLE).
    var continues: Bool

    /// The value at `x` and the slope there.
    func look(_ x: Double) -> (value: Double, slope: Double) {
      let last = inputs.count - 1
      if x.isNaN { return (.nan, .nan) }
      if last == 0 || !continues && x < inputs[0] { return (outputs[0], 0) }
      if !continues && x > inputs[last] { return (outputs[last], 0) }
      let i = min(max(inputs.firstIndex(above: x) - 1, 0), last - 1)
      let slope = (outputs[i + 1] - outputs[i]) / (inputs[i + 1] - inputs[i])
      return (outputs[i] + slope * (x - inputs[i]), slope)
    }
  }

  /// What a register is filled with before the instructions run.
  enum Input: Hashable {
    case constant(Double)
    case variable(Expression.Variable)
    case unknown(Int32)
    /// The rate of an unknown.
    case rate(Int32)
    /// The current of a named device: an unknown once connected.
    case branch(String)
  }

  /// By register.
  let inputs: [Input]
  let instructions: UnsafeBufferPointer<Instruction>
  /// Registers of the operands of functions of more than three.
  let lists: [[Int32]]
  let tables: [Table]
  let decisionCount: Int32
  let inputCount: Int

  init(inputs: [Input], instructions: [Instruction], lists: [[Int32]], tables: [Table]) {
    self.inputs = inputs
    let memory = UnsafeMutableBufferPointer<Instruction>.allocate(capacity: instructions.count)
    _ = memory.initialize(from: instructions)
    self.instructions = UnsafeBufferPointer(memory)
    self.lists = lists
    self.tables = tables
    decisionCount = Int32(instructions.count { $0.decision >= 0 })
    inputCount = inputs.count
  }

  deinit { instructions.deallocate() }

  var registerCount: Int { inputCount + instructions.count }

  /// How a decision's operands compare, when it is left to them.
  @inline(__always)
  static func decide(_ function: Function, _ margin: Double) -> Bool {
    switch function {
    case .lessEqual, .greaterEqual: margin >= 0
    default: margin > 0
    }
  }

  /// What has to be positive for a decision to be true.
  @inline(__always)
  func margin(_ step: Instruction, _ r: UnsafePointer<Double>) -> Double {
    let a = r[Int(step.first)]
    switch step.function {
    case .less, .lessEqual: return r[Int(step.second)] - a
    case .greater, .greaterEqual: return a - r[Int(step.second)]
    default: return a
    }
  }

  /// - Parameter decisions: those held, 0 or 1; -1 where the operands decide.
  @inline(__always)
  private func decided(
    _ step: Instruction, _ r: UnsafePointer<Double>, _ decisions: UnsafePointer<Int8>
  ) -> Double {
    let margin = margin(step, r)
    let held = decisions[Int(step.decision)]
    if margin.isNaN { return .nan }
    let truth = held >= 0 ? held == 1 : Self.decide(step.function, margin)
    if step.function == .sgn { return truth ? 1 : held < 0 && margin == 0 ? 0 : -1 }
    return truth ? 1 : 0
  }

  /// Runs the instructions on registers whose inputs are filled.
  func run(_ r: UnsafeMutablePointer<Double>, _ decisions: UnsafePointer<Int8>) {
    var target = inputCount
    for step in instructions {
      let a = r[Int(step.first)]
      let value: Double
      if step.decision >= 0 {
        value = decided(step, r, decisions)
      } else if step.table >= 0 {
        value = tables[Int(step.table)].look(a).value
      } else if step.list >= 0 {
        value = step.function.value(of: lists[Int(step.list)].map { r[Int($0)] })
      } else if step.third >= 0 {
        value = r[Int(chosen(step, r))]
      } else if step.second >= 0 {
        let b = r[Int(step.second)]
        switch step.function {
        case .add: value = a + b
        case .subtract: value = a - b
        case .multiply: value = a * b
        case .divide: value = a / b
        default: value = step.function.binary(a, b)
        }
      } else {
        value = step.function.unary(a)
      }
      r[target] = value
      target += 1
    }
  }

  func isConstant(_ register: Int32) -> Bool {
    if Int(register) < inputCount, case .constant = inputs[Int(register)] { return true }
    return false
  }

  /// The register that `select` or `limit` passes on.
  @inline(__always)
  private func chosen(_ step: Instruction, _ r: UnsafePointer<Double>) -> Int32 {
    let (a, b, c) = (r[Int(step.first)], r[Int(step.second)], r[Int(step.third)])
    if step.function == .select { return a != 0 ? step.second : step.third }
    let (low, high) = b <= c ? (step.second, step.third) : (step.third, step.second)
    return a < r[Int(low)] ? low : a > r[Int(high)] ? high : step.first
  }

  /// Adds to `adjoints` the derivative of register `output` with respect to every register, given
  /// the registers as `run` left them. `adjoints` is cleared first.
  func differentiate(
    _ output: Int, _ r: UnsafePointer<Double>, _ adjoints: UnsafeMutablePointer<Double>
  ) {
    adjoints.update(repeating: 0, count: registerCount)
    adjoints[output] = 1
    var target = registerCount
    for place in stride(from: instructions.count - 1, through: 0, by: -1) {
      let step = instructions[place]
      target -= 1
      let weight = adjoints[target]
      if weight == 0 || step.decision >= 0 { continue }
      pass(weight, step, r, adjoints)
    }
  }

  /// Passes one instruction's adjoint on to its operands.
  @inline(__always)
  private func pass(
    _ weight: Double, _ step: Instruction, _ r: UnsafePointer<Double>,
    _ adjoints: UnsafeMutablePointer<Double>
  ) {
    typealias Pair = Dual<SIMD2<Double>>
    let (first, second) = (Int(step.first), Int(step.second))
    if step.table >= 0 {
      adjoints[first] += weight * tables[Int(step.table)].look(r[first]).slope
    } else if step.list >= 0 {
      let operands = lists[Int(step.list)]
      for place in operands where !isConstant(place) {
        let values = operands.map { Pair(r[Int($0)], partials: SIMD2($0 == place ? 1 : 0, 0)) }
        // a register that occurs twice is counted once for each occurrence
        let occurrences = Double(operands.count { $0 == place })
        adjoints[Int(place)] +=
          weight * step.function.value(of: values).partials[0] / occurrences
      }
    } else if step.third >= 0 {
      adjoints[Int(chosen(step, r))] += weight
    } else if step.second >= 0 {
      switch step.function {
      case .add:
        adjoints[first] += weight
        adjoints[second] += weight
      case .subtract:
        adjoints[first] += weight
        adjoints[second] -= weight
      case .multiply:
        let (a, b) = (r[first], r[second])
        adjoints[first] += weight * b
        adjoints[second] += weight * a
      case .divide:
        let b = r[second]
        adjoints[first] += weight / b
        adjoints[second] -= weight * (r[first] / b) / b
      default:
        let slopes = step.function.binary(Pair(r[first], variable: 0), Pair(r[second], variable: 1))
        adjoints[first] += weight * slopes.partials[0]
        adjoints[second] += weight * slopes.partials[1]
      }
    } else {
      adjoints[first] += weight * step.function.unary(Pair(r[first], variable: 0)).partials[0]
    }
  }
}
