import Devices
import Numerics

/// The equations linearised at a point of rest: (G + j omega C) a = b, entries by slot of the
/// circuit's pattern, one more than there are entries.
struct SmallSignalMatrices {
  /// df/dx, in the rows' units per unknown's unit.
  var conductances: [Double]
  /// df/dx' + dq/dx.
  var capacitances: [Double]
}

extension CircuitEquations {
  /// Where df/dx' is wanted alone: so large, and a power of two, that taking the matrix at 0 away
  /// and dividing costs no digit of the smallest capacitance beside the largest conductance.
  private static let probingRate = 0x1p100

  /// Linearises every bank at the evaluation's values; delayed signals are left out.
  ///
  /// - Parameter analysis: what a bank takes it for; nil for what the evaluation says.
  func smallSignalMatrices(
    _ evaluation: Evaluation, as analysis: ((any Bank) -> Moment.Analysis)? = nil
  ) -> SmallSignalMatrices {
    let count = pattern.entryCount + 1
    let zeros = [Double](repeating: 0, count: count)
    var sum = SmallSignalMatrices(conductances: zeros, capacitances: zeros)
    for bank in banks {
      var still = zeros
      var moving = zeros
      var charge = zeros
      var unused = zeros
      var evaluation = evaluation
      if let analysis { evaluation.moment.analysis = analysis(bank) }
      linearise(bank, evaluation, rateFactor: 0, &still, &charge)
      linearise(bank, evaluation, rateFactor: Self.probingRate, &moving, &unused)
      for slot in 0..<count {
        sum.conductances[slot] += still[slot]
        sum.capacitances[slot] += (moving[slot] - still[slot]) / Self.probingRate + charge[slot]
      }
    }
    sum.conductances.withUnsafeMutableBufferPointer {
      addTopologyAids(evaluation.moment, to: $0.baseAddress!)
    }
    return sum
  }

  private func linearise(
    _ bank: any Bank, _ evaluation: Evaluation, rateFactor: Double, _ matrix: inout [Double],
    _ charges: inout [Double]
  ) {
    var evaluation = evaluation
    evaluation.rateFactor = rateFactor
    matrix.withUnsafeMutableBufferPointer { matrix in
      charges.withUnsafeMutableBufferPointer { charges in
        evaluation.conductances = matrix.baseAddress!
        evaluation.capacitances = charges.baseAddress!
        bank.linearise(evaluation)
      }
    }
  }

  /// The point of rest `x` (ground removed) as small-signal analyses see it: rates are zero, states
  /// are free to move. Valid until the equations are next evaluated.
  func smallSignalEvaluation(_ x: [Double], frequency: Double) -> Evaluation {
    x.withUnsafeBufferPointer { loadPoint(0, $0.baseAddress!, nil) }
    var evaluation = pointEvaluation
    evaluation.moment.analysis = .transient
    evaluation.moment.initialRate = 0
    evaluation.moment.frequency = frequency
    return evaluation
  }

  /// Whether an expression of some device reads the frequency, so that the matrices change with it.
  var readsFrequency: Bool {
    circuit.instances.contains { instance in
      instance.parameters.entries.contains {
        guard case .expression(let expression) = $0.value else { return false }
        return expression.nodes.contains(.variable(.frequency))
      }
    }
  }
}
