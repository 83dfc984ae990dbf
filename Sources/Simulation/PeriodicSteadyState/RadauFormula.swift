// Radau IIA with three stages: collocation at c = (4 - sqrt 6)/10, (4 + sqrt 6)/10 and 1 of a step,
// of order 5 at the steps' ends, stiffly accurate and L-stable, for differential-algebraic
// equations as they stand.
//
// Source: E. Hairer, G. Wanner, "Solving Ordinary Differential Equations II", 2nd ed., Springer
// (1996), section IV.5.

/// The numbers of three-stage Radau collocation on a step of length 1.
enum RadauFormula {
  static let stageCount = 3
  private static let root6 = 6.0.squareRoot()
  /// Where the polynomial of a step is known: its start and the stages.
  static let places = [0, (4 - root6) / 10, (4 + root6) / 10, 1]
  /// Of the integral over the step, by stage.
  static let weights = [(16 - root6) / 36, (16 + root6) / 36, 1.0 / 9]
  /// `derivative[stage][place]`: the polynomial's slope at a stage.
  static let derivative: [[Double]] = (1...stageCount).map { slopes(at: places[$0]) }

  /// What each place contributes to the polynomial at `c` of the step.
  static func basis(at c: Double) -> [Double] {
    places.indices.map { j in
      places.indices.reduce(1) { product, m in
        m == j ? product : product * (c - places[m]) / (places[j] - places[m])
      }
    }
  }

  /// What each place contributes to the polynomial's slope at `c` of the step.
  static func slopes(at c: Double) -> [Double] {
    places.indices.map { j in
      places.indices.reduce(0) { sum, omitted in
        if omitted == j { return sum }
        let product = places.indices.reduce(1 / (places[j] - places[omitted])) { product, m in
          m == j || m == omitted ? product : product * (c - places[m]) / (places[j] - places[m])
        }
        return sum + product
      }
    }
  }

  /// What each stage contributes to the parabola through the three stages alone, at `c`.
  static func stageBasis(at c: Double) -> [Double] {
    (1...stageCount).map { j in
      (1...stageCount).reduce(1) { product, m in
        m == j ? product : product * (c - places[m]) / (places[j] - places[m])
      }
    }
  }
}
