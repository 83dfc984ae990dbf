/// The energy ledger's loops over behavioural elements.
extension BehaviouralBank {
  var energyFlows: EnergyFlows {
    if isSource { return .absorbed }
    var flows: EnergyFlows = []
    for element in elements {
      if element.form == .resistance { flows.insert(.dissipated) }
      if !element.holdsByState { flows.insert(.drifting) }
    }
    return flows
  }

  func absorbedPowers(_ evaluation: Evaluation, into powers: UnsafeMutablePointer<Double>) {
    for (k, element) in elements.enumerated() { powers[k] = element.absorbedPower(evaluation) }
  }

  func driftPowers(_ evaluation: Evaluation, into powers: UnsafeMutablePointer<Double>) {
    for (k, element) in elements.enumerated() {
      powers[k] = element.holdsByState ? 0 : element.absorbedPower(evaluation)
    }
  }

  func storedEnergies(_ evaluation: Evaluation, into energies: UnsafeMutablePointer<Double>) {
    for (k, element) in elements.enumerated() {
      energies[k] = element.holdsByState ? element.storedEnergy(evaluation) : 0
    }
  }
}
