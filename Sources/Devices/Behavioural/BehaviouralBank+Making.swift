import Numerics
import Schematic

/// Collects the behavioural elements of one device.
struct BehaviouralMaker {
  let input: BankInput
  let layout: EquationLayout
  private(set) var elements: [BehaviouralElement] = []

  init(_ input: BankInput, _ layout: EquationLayout) {
    self.input = input
    self.layout = layout
  }

  /// Adds an element whose value is what `compile` makes.
  mutating func add(
    _ values: DeviceValues, _ form: BehaviouralElement.Form, scale: Double = 1,
    initial: Double? = nil, amplitude: Complex = Complex(0),
    _ compile: (inout TapeBuilder, TapeBuilder.DynamicUnknown) throws -> TapeBuilder.Place
  ) throws {
    var builder = TapeBuilder()
    var dynamics: [(Function, Int32, TapeBuilder.Place)] = []
    let index = values.index
    let output = try compile(&builder) { function, operand in
      let isDerivative = function == .ddt
      let unknown = layout.add(
        isDerivative ? .auxiliary(scale: 1e-6) : .state(scale: 1e-6), instance: index,
        isDerivative ? "differentiated" : "integral")
      dynamics.append((function, unknown, operand))
      return isDerivative ? .rate(unknown) : .unknown(unknown)
    }
    var branch: Int32 = -1
    let name = values.instance.name
    if form == .signal { branch = layout.add(.auxiliary(scale: 1e-6), instance: index, "control") }
    if form.hasBranch {
      let isCoil = form == .inductance
      branch = layout.add(isCoil ? .inductorCurrent : .current, instance: index, "current")
      layout.register(branch: branch, of: name)
    }
    elements.append(
      BehaviouralElement(
        instance: index, form: form, terminals: values.instance.terminals, branch: branch,
        scale: scale, initial: initial, amplitude: amplitude,
        temperature: values.temperature - 273.15, builder: builder, output: output,
        dynamics: dynamics))
  }

  mutating func add(
    _ values: DeviceValues, _ form: BehaviouralElement.Form, _ expression: Expression,
    scale: Double = 1, initial: Double? = nil, amplitude: Complex = Complex(0)
  ) throws {
    try add(values, form, scale: scale, initial: initial, amplitude: amplitude) {
      builder, dynamic in
      try builder.expression(expression, dynamic: dynamic)
    }
  }

  /// Adds an unknown that is the expression's value.
  mutating func signal(_ values: DeviceValues, _ expression: Expression) throws -> Int32 {
    try add(values, .signal, expression)
    return elements[elements.count - 1].branch
  }

  func banks(isSource: Bool) -> [any Bank] {
    elements.isEmpty ? [] : [BehaviouralBank(elements, isSource: isSource, input)]
  }
}

extension BehaviouralBank {
  static func resistors(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    var maker = BehaviouralMaker(input, layout)
    for index in input.instances {
      let values = input.values(index)
      guard let expression = values.behavioural("r") else { continue }
      try maker.add(values, .resistance, expression, scale: ResistanceFilm.factor(values))
    }
    return maker.banks(isSource: false)
  }

  static func capacitors(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    var maker = BehaviouralMaker(input, layout)
    for index in input.instances {
      let values = input.values(index)
      let factor = Capacitor.factor(values)
      if let charge = values.instance.parameters["q"]?.expression {
        try maker.add(values, .charge, charge, scale: factor)
      } else if let expression = values.behavioural("c") {
        try maker.add(
          values, .capacitance, expression, scale: factor, initial: values.written("ic"))
      }
    }
    return maker.banks(isSource: false)
  }

  static func inductors(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    var maker = BehaviouralMaker(input, layout)
    for index in input.instances {
      let values = input.values(index)
      guard let expression = values.behavioural("l") else { continue }
      try maker.add(
        values, .inductance, expression, scale: Inductor.factor(values),
        initial: values.written("ic").map { $0 * values.number("m") })
    }
    return maker.banks(isSource: false)
  }
}
