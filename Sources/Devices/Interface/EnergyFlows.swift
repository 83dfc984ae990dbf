/// What has to be integrated over time to know the energies of a bank's instances. The rest follows
/// from the state: what capacitors and inductors hold.
public struct EnergyFlows: OptionSet, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The power absorbed at the terminals: of sources, whose opposite is what they supply.
  public static let absorbed = EnergyFlows(rawValue: 1)
  /// The power turned into heat.
  public static let dissipated = EnergyFlows(rawValue: 2)
  /// The power into stores whose energy depends on the way: Meyer's capacitances, lines.
  public static let drifting = EnergyFlows(rawValue: 4)
}

/// One instance after the other; banks with loops of their own do better.
extension Bank {
  public var energyFlows: EnergyFlows {
    if isSource { return .absorbed }
    return storesAbsorbedPower ? [.dissipated, .drifting] : .dissipated
  }

  public func absorbedPowers(
    _ evaluation: Evaluation, into powers: UnsafeMutablePointer<Double>
  ) {
    powers.update(repeating: 0, count: instances.count)
  }

  public func dissipations(
    _ evaluation: Evaluation, into powers: UnsafeMutablePointer<Double>
  ) {
    for k in instances.indices { powers[k] = dissipation(k, evaluation) }
  }

  public func driftPowers(
    _ evaluation: Evaluation, into powers: UnsafeMutablePointer<Double>
  ) {
    absorbedPowers(evaluation, into: powers)
    for k in instances.indices { powers[k] -= dissipation(k, evaluation) }
  }

  public func storedEnergies(
    _ evaluation: Evaluation, into energies: UnsafeMutablePointer<Double>
  ) {
    for k in instances.indices { energies[k] = storedEnergy(k, evaluation) }
  }
}

/// Loops compiled for the concrete equations.
extension LocalBank {
  var energyFlows: EnergyFlows {
    if isSource { return .absorbed }
    var flows: EnergyFlows = Equations.dissipates ? .dissipated : []
    if storesAbsorbedPower || Equations.drifts { flows.insert(.drifting) }
    return flows
  }

  func absorbedPowers(_ evaluation: Evaluation, into powers: UnsafeMutablePointer<Double>) {
    store.absorbedPowers(evaluation, into: powers)
  }

  func dissipations(_ evaluation: Evaluation, into powers: UnsafeMutablePointer<Double>) {
    store.forEachFrame(evaluation) { powers[$0] = $1.dissipation($2) }
  }

  func driftPowers(_ evaluation: Evaluation, into powers: UnsafeMutablePointer<Double>) {
    guard storesAbsorbedPower else {
      store.forEachFrame(evaluation) { powers[$0] = $1.driftPower($2) }
      return
    }
    store.absorbedPowers(evaluation, into: powers)
    if Equations.dissipates {
      store.forEachFrame(evaluation) { powers[$0] -= $1.dissipation($2) }
    }
  }

  func storedEnergies(_ evaluation: Evaluation, into energies: UnsafeMutablePointer<Double>) {
    store.forEachFrame(evaluation) { energies[$0] = $1.storedEnergy($2) }
  }
}

extension LocalStore {
  /// Runs `body` on a frame of each instance, its equations not evaluated.
  @inline(__always)
  func forEachFrame(
    _ evaluation: Evaluation, _ body: (Int, Equations, LocalFrame<Double>) -> Void
  ) {
    let n = Equations.unknownCount
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 4 * n) { scratch in
      let x = scratch.baseAddress.unsafelyUnwrapped
      let frame = LocalFrame<Double>(
        values: x, rates: x + n, currents: x + 2 * n, charges: x + 3 * n,
        moment: evaluation.moment)
      for k in 0..<equations.count {
        let place = unknowns(of: k)
        for i in 0..<n {
          x[i] = evaluation.values[Int(place[i])]
          x[n + i] = evaluation.rates[Int(place[i])]
          x[2 * n + i] = 0
          x[3 * n + i] = 0
        }
        body(k, equations[k], frame)
      }
    }
  }

  /// The sum of voltage times current over the terminals of each instance, charges left out.
  /// - Precondition: the equations have no charges, as those of sources and lines.
  @inline(__always)
  func absorbedPowers(_ evaluation: Evaluation, into powers: UnsafeMutablePointer<Double>) {
    precondition(!Equations.hasCharges, "currents of charges are not among the equations'")
    forEachFrame(evaluation) { k, equations, frame in
      equations.evaluate(frame)
      powers[k] = (0..<Equations.terminalCount).reduce(0) { $0 + frame[$1] * frame.current($1) }
    }
  }
}

extension LocalFrame where Scalar == Double {
  /// The sum of value times current over the first `n` rows, of the currents that `body` adds.
  func power(ofRows n: Int, _ body: (LocalFrame<Double>) -> Void) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * n) { scratch in
      scratch.initialize(repeating: 0)
      let start = scratch.baseAddress.unsafelyUnwrapped
      body(
        LocalFrame(
          values: values, rates: slopes, currents: start, charges: start + n, moment: moment))
      return (0..<n).reduce(0) { $0 + values[$1] * start[$1] }
    }
  }
}
