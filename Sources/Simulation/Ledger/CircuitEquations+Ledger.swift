/// The ledger's integrands as the solver asks for them.
extension CircuitEquations {
  public var quadratureCount: Int { ledger?.count ?? 0 }

  public func quadratures(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>,
    chargeRates: UnsafePointer<Double>, into values: UnsafeMutablePointer<Double>
  ) {
    guard let ledger else { return }
    buffers.load(x, rates)
    var evaluation = buffers.evaluation(moment)
    evaluation.moment.time = time
    ledger.integrands(evaluation, into: values)
  }
}
