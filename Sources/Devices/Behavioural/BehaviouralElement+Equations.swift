import Schematic

/// The equations of each form.
extension BehaviouralElement {
  /// Factor on y: the scale, and the source stepping of what depends on nothing in the circuit.
  private func factor(_ evaluation: Evaluation) -> Double {
    let isSource = form == .voltage || form == .current
    return isSource && isIndependent ? scale * evaluation.moment.sourceFactor : scale
  }

  /// dv/dt of C, di/dt of L, and d of it by dx.
  private func rate(_ evaluation: Evaluation) -> (value: Double, factor: Double) {
    let (values, rates) = (evaluation.values, evaluation.rates)
    let isCoil = form == .inductance
    if let initial, evaluation.moment.initialRate > 0 {
      let factor = evaluation.moment.initialRate
      let now =
        isCoil ? values[Int(branch)] : values[Int(plus)] - values[Int(minus)]
      return (factor * (now - initial), factor)
    }
    let value = isCoil ? rates[Int(branch)] : rates[Int(plus)] - rates[Int(minus)]
    return (value, evaluation.rateFactor)
  }

  /// The rate of sdt(operand)'s row: s' - operand in time, s = 0 at an operating point.
  private func integral(_ unknown: Int32, _ evaluation: Evaluation) -> (Double, Double) {
    evaluation.moment.holdsStates
      ? (evaluation.values[Int(unknown)], 1)
      : (evaluation.rates[Int(unknown)], evaluation.rateFactor)
  }

  func evaluate(_ evaluation: Evaluation) {
    run(evaluation)
    let f = evaluation.currents
    let y = factor(evaluation) * registers[output]
    let (p, n, b) = (Int(plus), Int(minus), Int(branch))
    if form.hasBranch {
      let current = evaluation.values[b]
      f[p] += current
      f[n] -= current
      f[b] += evaluation.values[p] - evaluation.values[n]
    }
    switch form {
    case .voltage: f[b] -= y
    case .resistance: f[b] -= y * evaluation.values[b]
    case .inductance: f[b] -= y * rate(evaluation).value
    case .current:
      f[p] += y
      f[n] -= y
    case .capacitance:
      let current = y * rate(evaluation).value
      f[p] += current
      f[n] -= current
    case .charge:
      evaluation.charges[p] += y
      evaluation.charges[n] -= y
    case .signal: f[b] += evaluation.values[b] - y
    }
    for dynamic in dynamics {
      let row = Int(dynamic.unknown)
      let operand = registers[dynamic.register]
      if dynamic.function == .ddt {
        f[row] += evaluation.values[row] - operand
      } else {
        let left = integral(dynamic.unknown, evaluation).0
        f[row] += evaluation.moment.holdsStates ? left : left - operand
      }
    }
  }

  /// The entries, in the order in which `linearise` adds to them.
  func entries(_ declare: (Int32, Int32) -> Void) {
    let rows = form.hasBranch || form == .signal ? [branch] : [plus, minus]
    if form.hasBranch {
      declare(plus, branch)
      declare(minus, branch)
      declare(branch, plus)
      declare(branch, minus)
    }
    for row in rows {
      for register in variables { declare(row, unknowns[register]) }
      switch form {
      case .resistance, .inductance, .signal: declare(row, branch)
      case .capacitance:
        declare(row, plus)
        declare(row, minus)
      default: break
      }
    }
    for dynamic in dynamics {
      declare(dynamic.unknown, dynamic.unknown)
      for register in variables { declare(dynamic.unknown, unknowns[register]) }
    }
  }

  func linearise(
    _ evaluation: Evaluation, _ slots: UnsafeBufferPointer<Int32>, _ next: inout Int
  ) {
    run(evaluation)
    differentiate(output)
    let matrix = form == .charge ? evaluation.capacitances : evaluation.conductances
    func add(_ value: Double, to matrix: UnsafeMutablePointer<Double>) {
      matrix[Int(slots[next])] += value
      next += 1
    }
    if form.hasBranch {
      for value in [1, -1, 1, -1] as [Double] { add(value, to: evaluation.conductances) }
    }
    let factor = factor(evaluation)
    let y = factor * registers[output]
    let weight = weight(evaluation)
    for sign in form.hasBranch || form == .signal ? [-1.0] : [1.0, -1.0] {
      for register in variables {
        add(sign * weight * factor * slope(register, evaluation), to: matrix)
      }
      switch form {
      case .resistance: add(sign * y, to: matrix)
      case .inductance: add(sign * y * rate(evaluation).factor, to: matrix)
      case .signal: add(1, to: matrix)
      case .capacitance:
        add(sign * y * rate(evaluation).factor, to: matrix)
        add(-sign * y * rate(evaluation).factor, to: matrix)
      default: break
      }
    }
    for dynamic in dynamics {
      differentiate(dynamic.register)
      let isDerivative = dynamic.function == .ddt
      let holds = !isDerivative && evaluation.moment.holdsStates
      add(
        isDerivative ? 1 : integral(dynamic.unknown, evaluation).1, to: evaluation.conductances)
      for register in variables {
        add(holds ? 0 : -slope(register, evaluation), to: evaluation.conductances)
      }
    }
  }

  /// What y is multiplied by in its row.
  private func weight(_ evaluation: Evaluation) -> Double {
    switch form {
    case .voltage, .current, .charge, .signal: 1
    case .resistance: evaluation.values[Int(branch)]
    case .capacitance, .inductance: rate(evaluation).value
    }
  }

  /// The derivative by the unknown behind an input, after `differentiate`.
  private func slope(_ register: Int, _ evaluation: Evaluation) -> Double {
    isRate[register] ? evaluation.rateFactor * adjoints[register] : adjoints[register]
  }

  /// The current from plus through the element to minus.
  func current(_ evaluation: Evaluation) -> Double {
    if form.hasBranch { return evaluation.values[Int(branch)] }
    if form == .signal { return 0 }
    run(evaluation)
    let y = factor(evaluation) * registers[output]
    switch form {
    case .capacitance: return y * rate(evaluation).value
    case .charge:
      differentiate(output)
      return variables.reduce(0) {
        $0 + scale * adjoints[$1] * evaluation.rates[Int(unknowns[$1])]
      }
    default: return y
    }
  }

  /// The current as a linear form of the unknowns.
  func admittance(_ evaluation: Evaluation) -> [AdmittanceTerm] {
    if form.hasBranch {
      return [AdmittanceTerm(unknown: branch, conductance: 1, capacitance: 0)]
    }
    if form == .signal { return [] }
    run(evaluation)
    differentiate(output)
    let weight = weight(evaluation)
    var terms = variables.map { register -> AdmittanceTerm in
      let value = scale * weight * adjoints[register]
      let isDynamic = isRate[register] || form == .charge
      return AdmittanceTerm(
        unknown: unknowns[register], conductance: isDynamic ? 0 : value,
        capacitance: isDynamic ? value : 0)
    }
    if form == .capacitance {
      let y = scale * registers[output]
      terms.append(AdmittanceTerm(unknown: plus, conductance: 0, capacitance: y))
      terms.append(AdmittanceTerm(unknown: minus, conductance: 0, capacitance: -y))
    }
    return terms
  }
}
