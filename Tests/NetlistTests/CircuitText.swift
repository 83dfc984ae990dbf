import Foundation
import Schematic

/// An elaborated deck as text, for snapshots: what each line of the deck became.
struct CircuitText {
  let circuit: Circuit
  private(set) var text = ""

  init(_ circuit: Circuit) {
    self.circuit = circuit
    text = "title \(circuit.title)\nnodes \(circuit.nodeNames.count)\n"
    for name in circuit.parameters.keys.sorted() {
      text += "parameter \(name) = \(number(circuit.parameters[name] ?? .nan))\n"
    }
    for name in circuit.options.keys.sorted() {
      if let option = circuit.options[name] { text += "option \(name) = \(value(option.value))\n" }
    }
    text += "temperature \(number(circuit.temperature))\n"
    for model in circuit.models {
      text += "model \(model.name) \(model.type)\(list(model.parameters))\n"
    }
    for instance in circuit.instances.prefix(60) { text += line(instance) }
    text += circuit.instances.count > 60 ? "... \(circuit.instances.count) instances\n" : ""
    for synapse in circuit.synapses {
      text +=
        "synapse \(synapse.name) \(synapse.from.count) x \(synapse.to.count) \(synapse.cell)\n"
    }
    for card in circuit.cards { text += "card \(describe(card))\n" }
  }

  private func line(_ instance: Instance) -> String {
    let nodes = instance.terminals.map { circuit.nodeNames[Int($0)] }.joined(separator: " ")
    let model = instance.model < 0 ? "" : " [\(circuit.models[Int(instance.model)].name)]"
    return "\(instance.device) \(instance.name) (\(nodes))\(model)\(list(instance.parameters))\n"
  }

  private func list(_ parameters: ParameterList) -> String {
    parameters.entries.map { " \($0.name)=\(value($0.value))" }.joined()
  }

  private func value(_ value: ParameterValue) -> String {
    switch value {
    case .number(let x): number(x)
    case .text(let text): "\"\(text.split(separator: "/").last ?? "")\""
    case .expression(let expression): ExpressionText.text(expression)
    case .numbers(let all): "[" + all.map { number($0) }.joined(separator: " ") + "]"
    }
  }

  /// Twelve digits: the last ones of random draws are the mathematical library's.
  private func number(_ x: Double) -> String {
    DeviceDescription.numberText(Double(String(format: "%.12g", x)) ?? x)
  }

  private func describe(_ card: Card) -> String {
    switch card {
    case .patterns(let card): return "patterns \(card.width)x\(card.height) \(card.encoding)"
    case .train(let card): return "train \(card.rule) \(card.into)"
    case .recall(let card): return "recall \(card.trials) \(number(card.stopTime))"
    case .views(let card): return "views \(card.path.split(separator: "/").last ?? "")"
    case .sweep(let card):
      return "sweep "
        + card.axes.map { "\($0.target.name) \($0.values.count)" }.joined(separator: ", ")
    case .operatingPoint: return "op"
    case .dc(let card): return "dc" + axes(card.axes)
    case .step(let card): return "step" + axes(card.axes)
    case .ac(let card): return "ac \(points(card.frequencies)) \(card.data ?? "")"
    case .tran(let card):
      let largest = card.stepMaximum.map { number($0) } ?? "-"
      return "tran \(number(card.printStep)) \(number(card.stopTime)) \(number(card.startTime)) "
        + "\(largest) \(card.skipsOperatingPoint ? "uic" : "op")"
    case .data(let card):
      let rows = card.rows.map { $0.map { number($0) }.joined(separator: " ") }
      return "data \(card.name) \(card.columns.joined(separator: " ")): "
        + rows.joined(separator: "; ")
    case .noise(let card):
      return "noise v(\(circuit.nodeNames[Int(card.output)]),"
        + "\(circuit.nodeNames[Int(card.reference)])) \(card.source) "
        + "\(points(card.frequencies)) \(card.data ?? "") \(card.interval)"
    case .pss(let card):
      let node = card.node.map { circuit.nodeNames[Int($0)] } ?? "-"
      let offsets = card.offsets.map { points($0) } ?? "-"
      return "pss v(\(node),\(circuit.nodeNames[Int(card.reference)])) "
        + "\(card.frequency.map { number($0) } ?? "-") "
        + "\(card.stabilisationTime.map { number($0) } ?? "-") \(card.harmonicCount) "
        + "\(card.pointCount ?? 0) \(number(card.tolerance)) "
        + "\(card.skipsOperatingPoint ? "uic" : "op") \(offsets)"
    case .measure(let card): return describe(card)
    case .print(let card):
      let all = (card.everyVoltage ? " v(*)" : "") + (card.everyCurrent ? " i(*)" : "")
      return "print \(card.analysis?.rawValue ?? "all")\(list(card.arguments))\(all)"
        + outputs(card.outputs)
    case .fourier(let card): return "four \(number(card.frequency))" + outputs(card.quantities)
    case .initialConditions(let card): return "ic" + voltages(card)
    case .nodeset(let card): return "nodeset" + voltages(card)
    }
  }

  private func voltages(_ card: NodeVoltagesCard) -> String {
    card.entries.map { " v(\(circuit.nodeNames[Int($0.node)]))=\(number($0.voltage))" }.joined()
  }

  private func outputs(_ outputs: [Output]) -> String {
    outputs.map { " | \($0.label) = \(ExpressionText.text($0.value))" }.joined()
  }

  private func axes(_ axes: [SweepAxis]) -> String {
    axes.map { " \($0.target) \(points($0.points))" }.joined(separator: ",")
  }

  private func points(_ points: SweepAxis.Points) -> String {
    if case .rows = points { return "rows" }
    let values = points.values
    let ends = "\(number(values.first ?? .nan)) to \(number(values.last ?? .nan))"
    return "\(values.count) from \(ends)"
  }

  private func describe(_ card: MeasureCard) -> String {
    var text = "measure \(card.analysis.rawValue) \(card.name) "
    switch card.kind {
    case .between(let first, let second): text += "from \(crossing(first)) to \(crossing(second))"
    case .when(let crossing): text += "when \(self.crossing(crossing))"
    case .find(let value, let place):
      text += "find \(ExpressionText.text(value)) at \(crossing(place))"
    case .derivative(let value, let place):
      text += "deriv \(ExpressionText.text(value)) at \(crossing(place))"
    case .statistic(let statistic, let value):
      text += "\(statistic.rawValue) \(ExpressionText.text(value))"
    case .error(let value, _, let norm, let abscissa, let ordinate):
      text += "error \(ExpressionText.text(value)) \(norm) \(abscissa) \(ordinate)"
    case .difference(let first, let second, let comparison):
      text +=
        "\(comparison.rawValue) \(ExpressionText.text(first)) \(ExpressionText.text(second))"
    case .harmonics(let value, let frequency, let count, let samples):
      text += "four \(ExpressionText.text(value)) \(number(frequency)) \(count) \(samples)"
    case .expression(let value): text += "= \(ExpressionText.text(value))"
    }
    if let stretch = card.stretch {
      let level = stretch.level.map { number($0) } ?? "slope"
      text += " \(stretch.edge.rawValue) \(stretch.count) of \(level)"
    }
    if card.givesPlace { text += " place" }
    if card.isContinuous { text += " continuous" }
    if let digits = card.precision { text += " digits=\(digits)" }
    for (name, value) in [
      ("from", card.from), ("to", card.to), ("on", card.on), ("off", card.off),
      ("minval", card.resolution), ("td", card.delay), ("ymin", card.least),
      ("ymax", card.greatest), ("default", card.fallback),
    ] {
      if let value { text += " \(name)=\(number(value))" }
    }
    return text
  }

  private func crossing(_ crossing: MeasureCard.Crossing) -> String {
    if let at = crossing.at { return number(at) }
    let left = crossing.value.map { ExpressionText.text($0) } ?? "?"
    let share = crossing.fraction.map { "\(number($0)) of the maximum" }
    let right = crossing.level.map { ExpressionText.text($0) } ?? share ?? "?"
    return
      "\(left)=\(right) \(crossing.edge.rawValue) \(crossing.count) td \(number(crossing.delay))"
  }
}

/// A bound expression in prefix form: "multiply(2, v(a))".
enum ExpressionText {
  static func text(_ expression: Schematic.Expression) -> String {
    text(expression, expression.root, depth: 0)
  }

  private static func text(_ expression: Schematic.Expression, _ node: Int32, depth: Int) -> String
  {
    guard depth < 50 else { return "..." }
    switch expression.nodes[Int(node)] {
    case .number(let value): return DeviceDescription.numberText(value)
    case .name(let name): return "unbound \(expression.names[Int(name)])"
    case .variable(let variable): return "\(variable)"
    case .probe(let probe):
      let found = expression.probes[Int(probe)]
      return "\(found.function)(\(found.names.joined(separator: ",")))"
    case .call(let function, let first, let count):
      let operands = expression.arguments[Int(first)..<Int(first) + Int(count)]
      return "\(function)("
        + operands.map { text(expression, $0, depth: depth + 1) }.joined(separator: ", ") + ")"
    }
  }
}
