// The circuit's equations along a periodic orbit. On an interval of length h, from the state X_0,
// the stages X_1, X_2, X_3 satisfy
//
//     0 = f(X_i, X'_i, t_i) + Q'_i,   X'_i = 1/h sum_j w_ij X_j,   Q'_i = 1/h sum_j w_ij q(X_j),
//
// j from 0 to 3, w the slopes of the polynomial through the four. That is Radau IIA applied to
// (x, q), so that charges are conserved. The linearisation is kept for all stages: df/dx, df/dx'
// and dq/dx by the circuit's pattern.

import Devices
import Numerics

/// Residuals and matrices of all stages of an orbit.
final class CollocationEquations {
  let equations: CircuitEquations
  /// The time of phase 0, seconds; and whether time moves along the orbit.
  let startTime: Double
  let isDriven: Bool
  private(set) var orbit: PeriodicOrbit
  /// Stage by stage, unknowns or rows without ground.
  private(set) var rates: [Double] = []
  private(set) var residuals: [Double] = []
  /// dQ/dt by stage and charge row.
  private(set) var chargeRates: [Double] = []
  private var charges: [Double] = []
  /// Stage by stage, entry by entry of the circuit's pattern.
  private(set) var conductances: [Double] = []
  private(set) var inertias: [Double] = []
  private(set) var capacitances: [Double] = []
  /// By entry: whether df/dx' or dq/dx is other than zero somewhere.
  private(set) var isReactive: [Bool]
  private let isChargeRow: [Bool]

  init(_ equations: CircuitEquations, _ orbit: PeriodicOrbit, startTime: Double, isDriven: Bool) {
    self.equations = equations
    self.orbit = orbit
    self.startTime = startTime
    self.isDriven = isDriven
    isReactive = Array(repeating: false, count: equations.pattern.entryCount)
    var marks = [Bool](repeating: false, count: equations.unknownCount)
    for row in equations.chargeRows { marks[row] = true }
    isChargeRow = marks
  }

  var unknownCount: Int { equations.unknownCount }
  var entryCount: Int { equations.pattern.entryCount }

  /// Seconds.
  func time(ofStage stage: Int) -> Double {
    isDriven ? startTime + orbit.period * orbit.phase(ofStage: stage) : startTime
  }

  /// Seconds.
  func length(of interval: Int) -> Double {
    orbit.period * (orbit.mesh[interval + 1] - orbit.mesh[interval])
  }

  func move(to orbit: PeriodicOrbit) { self.orbit = orbit }

  /// What the moment of an evaluation at a stage is; `time` excepted.
  func prepare(stage: Int) {
    equations.moment.analysis = .transient
    equations.moment.initialRate = 0
    equations.moment.takesLeftLimit = stage % RadauFormula.stageCount == 2
  }

  func evaluate() {
    let n = unknownCount
    let q = equations.chargeRows.count
    rates = Array(repeating: 0, count: orbit.stageCount * n)
    residuals = rates
    charges = Array(repeating: 0, count: orbit.stageCount * max(1, q))
    chargeRates = charges
    differentiate(orbit.states, into: &rates, width: n)
    for stage in 0..<orbit.stageCount {
      prepare(stage: stage)
      let time = time(ofStage: stage)
      orbit.states.withUnsafeBufferPointer { x in
        rates.withUnsafeBufferPointer { rates in
          residuals.withUnsafeMutableBufferPointer { residual in
            charges.withUnsafeMutableBufferPointer { charges in
              equations.evaluate(
                at: time, x.baseAddress! + stage * n, rates: rates.baseAddress! + stage * n,
                residual: residual.baseAddress! + stage * n,
                charges: charges.baseAddress! + stage * q)
            }
          }
        }
      }
    }
    equations.moment.takesLeftLimit = false
    if q == 0 { return }
    differentiate(charges, into: &chargeRates, width: q)
    for stage in 0..<orbit.stageCount {
      for (k, row) in equations.chargeRows.enumerated() {
        residuals[stage * n + row] += chargeRates[stage * q + k]
      }
    }
  }

  /// Slopes of the intervals' polynomials at the stages.
  private func differentiate(_ values: [Double], into slopes: inout [Double], width: Int) {
    for interval in 0..<orbit.intervalCount {
      let length = length(of: interval)
      for own in 0..<RadauFormula.stageCount {
        let target = (RadauFormula.stageCount * interval + own) * width
        for place in 0...RadauFormula.stageCount {
          let factor = RadauFormula.derivative[own][place] / length
          let source = orbit.stage(place, of: interval) * width
          for k in 0..<width { slopes[target + k] += factor * values[source + k] }
        }
      }
    }
  }

  /// Where df/dx' is wanted alone: so large, and a power of two, that taking the matrix at 0 away
  /// and dividing costs no digit of the smallest capacitance beside the largest conductance.
  private static let probingRate = 0x1p100

  /// After `evaluate`.
  func linearise() {
    let count = entryCount
    let total = orbit.stageCount * count
    for keyPath in [
      \CollocationEquations.conductances, \.inertias, \.capacitances,
    ] as [ReferenceWritableKeyPath<CollocationEquations, [Double]>] {
      if self[keyPath: keyPath].count != total {
        self[keyPath: keyPath] = Array(repeating: 0, count: total)
      }
    }
    var still = [Double](repeating: 0, count: count + 1)
    var moving = still
    var charge = still
    let rows = equations.pattern.rowIndices
    for stage in 0..<orbit.stageCount {
      prepare(stage: stage)
      for k in still.indices { (still[k], moving[k], charge[k]) = (0, 0, 0) }
      matrices(stage, rateFactor: Self.probingRate, &moving, &charge)
      for k in charge.indices { charge[k] = 0 }
      matrices(stage, rateFactor: 0, &still, &charge)
      let first = stage * count
      for entry in 0..<count {
        conductances[first + entry] = still[entry]
        let inertia = (moving[entry] - still[entry]) / Self.probingRate
        let capacitance = isChargeRow[Int(rows[entry])] ? charge[entry] : 0
        inertias[first + entry] = inertia
        capacitances[first + entry] = capacitance
        if inertia != 0 || capacitance != 0 { isReactive[entry] = true }
      }
    }
    equations.moment.takesLeftLimit = false
  }

  private func matrices(
    _ stage: Int, rateFactor: Double, _ values: inout [Double], _ charge: inout [Double]
  ) {
    let n = unknownCount
    let time = time(ofStage: stage)
    orbit.states.withUnsafeBufferPointer { x in
      rates.withUnsafeBufferPointer { rates in
        values.withUnsafeMutableBufferPointer { values in
          charge.withUnsafeMutableBufferPointer { charge in
            equations.jacobian(
              at: time, x.baseAddress! + stage * n, rates: rates.baseAddress! + stage * n,
              rateFactor: rateFactor, values: values.baseAddress!,
              chargeValues: charge.baseAddress!)
          }
        }
      }
    }
  }

  /// What rows change by when the period grows, all states kept: minus (df/dx' x' + dq/dt) / T.
  /// After `linearise`.
  func periodDerivative(ofStage stage: Int, into column: UnsafeMutablePointer<Double>) {
    let n = unknownCount
    for k in 0..<n { column[k] = 0 }
    let q = equations.chargeRows.count
    for (k, row) in equations.chargeRows.enumerated() { column[row] = chargeRates[stage * q + k] }
    let pattern = equations.pattern
    for j in 0..<n {
      let rate = rates[stage * n + j]
      if rate == 0 { continue }
      for entry in Int(pattern.columnStarts[j])..<Int(pattern.columnStarts[j + 1]) {
        column[Int(pattern.rowIndices[entry])] += inertias[stage * entryCount + entry] * rate
      }
    }
    for k in 0..<n { column[k] /= -orbit.period }
  }
}
