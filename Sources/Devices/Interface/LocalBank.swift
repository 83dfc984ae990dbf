import Numerics

/// A bank of `LocalEquations`. A device's file declares a final class of its own that conforms; the
/// loops below are then compiled for its concrete equations (a generic class behind `any Bank`
/// would run them unspecialised, four to five times slower).
protocol LocalBank: Bank {
  associatedtype Equations: LocalEquations
  var store: LocalStore<Equations> { get }
}

extension LocalBank {
  var instances: [Int32] { store.instances }
  var isLinear: Bool { Equations.isLinear }
  var isSource: Bool { Equations.isSource }

  func declareEntries(_ layout: EquationLayout) { store.declareEntries(layout) }
  func bind(_ slots: [Int32]) { store.bind(slots) }
  func evaluate(_ evaluation: Evaluation) { store.evaluate(evaluation) }
  func linearise(_ evaluation: Evaluation) { store.linearise(evaluation) }

  func terminalCurrents(
    _ k: Int, _ evaluation: Evaluation, into currents: UnsafeMutablePointer<Double>
  ) {
    store.terminalCurrents(k, evaluation, into: currents)
  }

  func terminalAdmittance(
    _ k: Int, _ terminal: Int, _ evaluation: Evaluation
  ) -> [AdmittanceTerm] {
    store.terminalAdmittance(k, terminal, evaluation)
  }

  func dissipation(_ k: Int, _ evaluation: Evaluation) -> Double {
    store.withFrame(k, evaluation) { $0.dissipation($1) }
  }

  func storedEnergy(_ k: Int, _ evaluation: Evaluation) -> Double {
    store.withFrame(k, evaluation) { $0.storedEnergy($1) }
  }

  func quantity(_ name: String, of k: Int, _ evaluation: Evaluation) -> Double? {
    store.withFrame(k, evaluation) { $0.quantity(name, $1) }
  }

  var noiseCount: Int { Equations.noiseCount * store.instances.count }

  func noise(_ evaluation: Evaluation, into sources: UnsafeMutablePointer<NoiseSource>) {
    store.noise(evaluation, into: sources)
  }
}
