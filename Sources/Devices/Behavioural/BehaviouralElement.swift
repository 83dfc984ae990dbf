import Numerics
import Schematic

/// One element whose equation is an expression: its tape, its unknowns, its registers.
final class BehaviouralElement {
  /// What the expression's value y means.
  enum Form {
    /// v = y, the current an unknown.
    case voltage
    /// i = y.
    case current
    /// v = y i, the current an unknown.
    case resistance
    /// i = y dv/dt.
    case capacitance
    /// i = dy/dt.
    case charge
    /// v = y di/dt, the current an unknown.
    case inductance
    /// An unknown that is y and flows nowhere: the control of a switch.
    case signal

    /// Whether the row of its unknown is v - y times something.
    var hasBranch: Bool { self == .voltage || self == .resistance || self == .inductance }
  }

  /// ddt(w) has the unknown w and the row w - operand; sdt the state s and s' - operand.
  struct Dynamic {
    var function: Function
    var unknown: Int32
    var register: Int
  }

  let instance: Int32
  let form: Form
  let plus: Int32
  let minus: Int32
  /// Controlling ones, which carry no current, included.
  let terminalCount: Int
  /// The current, or the signal; -1 where the form has none.
  let branch: Int32
  /// Factor on the value.
  let scale: Double
  /// Of C and L; nil takes the circuit's.
  let initial: Double?
  /// Of small-signal analyses.
  let amplitude: Complex
  /// Celsius.
  let temperature: Double
  let tape: Tape
  let output: Int
  let dynamics: [Dynamic]
  /// By register of an input: the unknown it is or whose rate it is; -1 for none.
  private(set) var unknowns: [Int32] = []
  private(set) var isRate: [Bool] = []
  /// Registers of inputs that are unknowns or rates.
  private(set) var variables: [Int] = []
  private(set) var isIndependent = true
  /// What `run` copies into registers, one an unknown or rate.
  private var loads: UnsafeMutableBufferPointer<Load>
  /// Registers of time, frequency and temperature.
  private var moments: [(register: Int, variable: Expression.Variable)] = []

  private struct Load {
    var register: Int32
    var unknown: Int32
    var isRate: Bool
  }

  let registers: UnsafeMutablePointer<Double>
  let adjoints: UnsafeMutablePointer<Double>
  let decisions: UnsafeMutablePointer<Int8>
  /// Held decisions have contradicted themselves: the operands decide at each evaluation.
  var isFree = false
  /// By decision: the way its margin has just passed zero.
  var crossings: [Int: Bool] = [:]
  var changes = 0
  var lastChange = -Double.infinity

  init(
    instance: Int32, form: Form, terminals: [Int32], branch: Int32, scale: Double,
    initial: Double?, amplitude: Complex, temperature: Double, builder: TapeBuilder,
    output: TapeBuilder.Place, dynamics: [(Function, Int32, TapeBuilder.Place)]
  ) {
    self.instance = instance
    self.form = form
    (plus, minus) = (terminals[0], terminals[1])
    terminalCount = terminals.count
    self.branch = branch
    self.scale = scale
    self.initial = initial
    self.amplitude = amplitude
    self.temperature = temperature
    tape = builder.finished()
    self.output = builder.register(output)
    self.dynamics = dynamics.map {
      Dynamic(function: $0.0, unknown: $0.1, register: builder.register($0.2))
    }
    let count = Swift.max(1, tape.registerCount)
    registers = .allocate(capacity: count)
    registers.initialize(repeating: 0, count: count)
    adjoints = .allocate(capacity: count)
    adjoints.initialize(repeating: 0, count: count)
    decisions = .allocate(capacity: Int(tape.decisionCount) + 1)
    decisions.initialize(repeating: -1, count: Int(tape.decisionCount) + 1)
    loads = .allocate(capacity: 0)
  }

  deinit {
    loads.deallocate()
    registers.deallocate()
    adjoints.deallocate()
    decisions.deallocate()
  }

  /// Finds the unknowns of the currents it names.
  /// - Throws: a `Fault` where a device has no current of that name.
  func connect(_ layout: EquationLayout, at origin: Origin) throws {
    for (register, input) in tape.inputs.enumerated() {
      var (unknown, rate): (Int32, Bool) = (-1, false)
      switch input {
      case .constant(let value): registers[register] = value
      case .variable(let variable): moments.append((register, variable))
      case .unknown(let index): unknown = index
      case .rate(let index): (unknown, rate) = (index, true)
      case .branch(let name):
        guard let found = layout.branch(of: name) else {
          throw Fault(
            "unknown-element", "no current of '\(name)' can be used here", at: origin,
            help: "name a voltage source in series with it")
        }
        unknown = found
      }
      unknowns.append(unknown)
      isRate.append(rate)
      if unknown >= 0 { variables.append(register) }
    }
    isIndependent = variables.isEmpty
    loads.deallocate()
    loads = .allocate(capacity: variables.count)
    _ = loads.initialize(
      from: variables.map {
        Load(register: Int32($0), unknown: unknowns[$0], isRate: isRate[$0])
      })
  }

  /// Fills the inputs and runs the tape.
  func run(_ evaluation: Evaluation, time: Double? = nil) {
    for load in loads {
      let source = load.isRate ? evaluation.rates : evaluation.values
      registers[Int(load.register)] = source[Int(load.unknown)]
    }
    for place in moments.indices {
      let (register, variable) = moments[place]
      registers[register] =
        switch variable {
        case .time: time ?? evaluation.moment.time
        case .frequency: evaluation.moment.frequency ?? 0
        case .temperature: temperature
        }
    }
    tape.run(registers, decisions)
  }

  /// y, after `run`.
  var value: Double { scale * registers[output] }

  /// Derivatives of a register with respect to every input, left in `adjoints`.
  func differentiate(_ register: Int) { tape.differentiate(register, registers, adjoints) }

  // MARK: decisions

  /// Lets the operands decide anew; true where a decision changed.
  func settle(_ evaluation: Evaluation, patience: Double) -> Bool {
    let count = Int(tape.decisionCount)
    guard count > 0, !isFree else { return false }
    let held = (0..<count).map { decisions[$0] }
    decisions.update(repeating: -1, count: count)
    run(evaluation, time: Instant.displaced(evaluation.moment.time, leftLimit: false))
    var changed = false
    for step in tape.instructions where step.decision >= 0 {
      let place = Int(step.decision)
      let holds = Tape.decide(step.function, tape.margin(step, registers))
      let truth: Int8 = crossings[place] ?? holds ? 1 : 0
      decisions[place] = truth
      if held[place] >= 0, held[place] != truth { changed = true }
    }
    crossings.removeAll(keepingCapacity: true)
    if changed { note(evaluation.moment.time, patience) }
    return changed && !isFree
  }

  /// Gives up holding decisions that change again and again within the time `patience`.
  private func note(_ time: Double, _ patience: Double) {
    changes = time - lastChange <= patience ? changes + 1 : 0
    lastChange = time
    guard changes > 24 else { return }
    isFree = true
    reset(keepsFree: true)
  }

  func reset(keepsFree: Bool = false) {
    decisions.update(repeating: -1, count: Int(tape.decisionCount))
    if !keepsFree { (isFree, changes, lastChange) = (false, 0, -.infinity) }
  }

  /// The margins of the decisions, after `run`.
  func margins(into values: UnsafeMutablePointer<Double>) {
    for step in tape.instructions where step.decision >= 0 {
      values[Int(step.decision)] = isFree ? 1 : tape.margin(step, registers)
    }
  }

  /// Times with which the expression compares the time.
  var corners: [Double] {
    func constant(_ register: Int32) -> Double? {
      guard register >= 0, Int(register) < tape.inputs.count,
        case .constant(let value) = tape.inputs[Int(register)]
      else { return nil }
      return value
    }
    func isTime(_ register: Int32) -> Bool {
      register >= 0 && Int(register) < tape.inputs.count
        && tape.inputs[Int(register)] == .variable(.time)
    }
    return tape.instructions.compactMap { step in
      switch step.function {
      case .less, .lessEqual, .greater, .greaterEqual, .subtract:
        if isTime(step.first) { return constant(step.second) }
        return isTime(step.second) ? constant(step.first) : nil
      default: return nil
      }
    }
  }
}
