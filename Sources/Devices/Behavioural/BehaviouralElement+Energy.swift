import Schematic

extension BehaviouralElement.Form {
  var isStore: Bool { self == .capacitance || self == .inductance || self == .charge }
}

extension BehaviouralElement {
  /// Abscissae and weights of Gauss and Legendre on [0, 1], eight points.
  private static let quadrature: [(place: Double, weight: Double)] = [
    (0.019855071751231884, 0.05061426814518813), (0.10166676129318664, 0.11119051722668724),
    (0.2372337950418355, 0.15685332293894364), (0.4082826787521751, 0.18134189168918100),
    (0.5917173212478249, 0.18134189168918100), (0.7627662049581645, 0.15685332293894364),
    (0.8983332387068134, 0.11119051722668724), (0.9801449282487681, 0.05061426814518813),
  ]

  /// Whether what is held is a function of the element's own voltage (to ground) or current,
  /// nothing else entering the expression. Otherwise whoever moves the rest does work on the
  /// element, and what it holds depends on the way.
  var holdsByState: Bool {
    if !form.isStore { return true }
    if tape.inputs.contains(.variable(.time)) { return false }
    return variables.allSatisfy { register in
      let own = form == .inductance ? branch : plus
      return !isRate[register] && unknowns[register] == own
        && (form == .inductance || minus == 0)
    }
  }

  /// The power absorbed, watts.
  func absorbedPower(_ evaluation: Evaluation) -> Double {
    (evaluation.values[Int(plus)] - evaluation.values[Int(minus)]) * current(evaluation)
  }

  /// The integral of v C dv, v dq or i L di from rest, along a straight path of the element's own
  /// voltage or current, all else held.
  func storedEnergy(_ evaluation: Evaluation) -> Double {
    if !form.isStore { return 0 }
    let values = evaluation.values
    let own =
      form == .inductance ? values[Int(branch)] : values[Int(plus)] - values[Int(minus)]
    run(evaluation)
    let kept = tape.inputs.indices.map { registers[$0] }
    let last = scale * registers[output]
    var sum = 0.0
    for (place, weight) in Self.quadrature {
      for register in variables where !isRate[register] {
        registers[register] = moved(unknowns[register], kept[register], place, values)
      }
      tape.run(registers, decisions)
      let y = scale * registers[output]
      sum += weight * (form == .charge ? (last - y) * own : y * place * own * own)
    }
    return sum
  }

  /// An input where the own quantity is `fraction` of what it is.
  private func moved(
    _ unknown: Int32, _ value: Double, _ fraction: Double, _ values: UnsafePointer<Double>
  ) -> Double {
    if form == .inductance { return unknown == branch ? fraction * value : value }
    let base = values[Int(minus)]
    if unknown == plus { return base + fraction * (values[Int(plus)] - base) }
    return value
  }
}
