import Devices

/// The arrays that banks read and write, ground at index 0; one set for each `CircuitEquations`.
final class EvaluationBuffers {
  let unknownCount: Int
  let values: UnsafeMutablePointer<Double>
  let rates: UnsafeMutablePointer<Double>
  let currents: UnsafeMutablePointer<Double>
  let charges: UnsafeMutablePointer<Double>
  /// Where evaluations that want no matrices may write them.
  let conductances: UnsafeMutablePointer<Double>
  let capacitances: UnsafeMutablePointer<Double>

  /// - Parameter unknownCount: with ground.
  init(unknownCount: Int, entryCount: Int) {
    self.unknownCount = unknownCount
    func zeros(_ count: Int) -> UnsafeMutablePointer<Double> {
      let made = UnsafeMutablePointer<Double>.allocate(capacity: count)
      made.initialize(repeating: 0, count: count)
      return made
    }
    values = zeros(unknownCount)
    rates = zeros(unknownCount)
    currents = zeros(unknownCount)
    charges = zeros(unknownCount)
    conductances = zeros(entryCount + 1)
    capacitances = zeros(entryCount + 1)
  }

  deinit {
    for memory in [values, rates, currents, charges, conductances, capacitances] {
      memory.deallocate()
    }
  }

  /// Takes over a solver's vectors, which have no ground; rates of nil are zero.
  func load(_ x: UnsafePointer<Double>, _ derivatives: UnsafePointer<Double>?) {
    values[0] = 0
    rates[0] = 0
    (values + 1).update(from: x, count: unknownCount - 1)
    if let derivatives {
      (rates + 1).update(from: derivatives, count: unknownCount - 1)
    } else {
      rates.update(repeating: 0, count: unknownCount)
    }
  }

  func clearResidual() {
    currents.update(repeating: 0, count: unknownCount)
    charges.update(repeating: 0, count: unknownCount)
  }

  func evaluation(_ moment: Moment) -> Evaluation {
    Evaluation(
      moment: moment, values: values, rates: rates, currents: currents, charges: charges,
      conductances: conductances, capacitances: capacitances, rateFactor: 0)
  }
}
