// Linear algebra along an orbit, interval by interval. With Z the changes of an interval's three
// stages, x of its start, r the rows' residuals and c their derivative with respect to the period:
//
//     A Z = -(r + B x + c dT),      A_ij = w_ij / h (J_i + Q_j) + delta_ij G_i,
//                                   B_i  = w_i0 / h (J_i + Q_0),
//
// G = df/dx, J = df/dx', Q = dq/dx at the stages. One sweep over all intervals with r = 0 and
// dT = 0 applies the monodromy matrix, a sweep backwards with the transposes its transpose; neither
// is ever formed. A is factored once a linearisation.
//
// Source: R. Telichevesky, K. S. Kundert, J. K. White, "Efficient steady-state analysis based on
// matrix-free Krylov-subspace methods", Proc. 32nd DAC (1995) 480, doi:10.1145/217474.217574.

import Integration
import Numerics

/// The factored linear equations of all intervals.
final class CollocationSweeps {
  private let system: CollocationEquations
  /// Unknowns whose past the equations know, ground removed: those with charge or inertia.
  let stateIndices: [Int]
  private let isReactive: [Bool]
  private let blockPattern: SparsePattern
  /// Slots of the block matrix: [(3 i + j) * entryCount + entry], -1 where it has none.
  private let slots: [Int32]
  private var factorisations: [KLUFactorisation<Double>] = []
  private var work: [Double]

  /// After `linearise`.
  init(_ system: CollocationEquations) {
    self.system = system
    isReactive = system.isReactive
    let pattern = system.equations.pattern
    let n = pattern.count
    var rows: [Int32] = []
    var columns: [Int32] = []
    var marked = [Bool](repeating: false, count: n)
    for i in 0..<RadauFormula.stageCount {
      for j in 0..<RadauFormula.stageCount {
        for column in 0..<n {
          for entry in Int(pattern.columnStarts[column])..<Int(pattern.columnStarts[column + 1]) {
            let isThere = i == j || system.isReactive[entry]
            rows.append(isThere ? pattern.rowIndices[entry] + Int32(i * n) : -1)
            columns.append(isThere ? Int32(column + j * n) : -1)
            if system.isReactive[entry] { marked[column] = true }
          }
        }
      }
    }
    (blockPattern, slots) = SparsePattern.assemble(
      count: RadauFormula.stageCount * n, rows: rows, columns: columns)
    stateIndices = marked.indices.filter { marked[$0] }
    work = Array(repeating: 0, count: RadauFormula.stageCount * n)
  }

  /// Whether the matrices have entries that this one has no place for.
  var isOutgrown: Bool { zip(system.isReactive, isReactive).contains { $0 && !$1 } }

  /// - Throws: `SingularMatrix`, whose row counts stage by stage.
  func factor() throws(SingularMatrix) {
    let intervals = system.orbit.intervalCount
    if factorisations.count != intervals {
      factorisations = (0..<intervals).map { _ in KLUFactorisation<Double>(blockPattern) }
    }
    var values = [Double](repeating: 0, count: blockPattern.entryCount + 1)
    for interval in 0..<intervals {
      for k in values.indices { values[k] = 0 }
      fill(&values, interval)
      if let bad = values.dropLast().firstIndex(where: { !$0.isFinite }) {
        throw SingularMatrix(
          row: Int(blockPattern.rowIndices[bad]), column: 0, isStructural: false)
      }
      try factorisations[interval].factor(values)
    }
  }

  private func fill(_ values: inout [Double], _ interval: Int) {
    let count = system.entryCount
    let length = system.length(of: interval)
    for i in 0..<RadauFormula.stageCount {
      let own = system.orbit.stage(i + 1, of: interval) * count
      for j in 0..<RadauFormula.stageCount {
        let factor = RadauFormula.derivative[i][j + 1] / length
        let other = system.orbit.stage(j + 1, of: interval) * count
        let first = (RadauFormula.stageCount * i + j) * count
        for entry in 0..<count {
          var value = factor * (system.inertias[own + entry] + system.capacitances[other + entry])
          if i == j { value += system.conductances[own + entry] }
          values[Int(slots[first + entry])] += value
        }
      }
    }
  }

  /// Replaces the change `x` of the state at phase 0 (ground removed) by that at phase 1.
  ///
  /// - Parameters:
  ///   - withResiduals: whether the equations' residuals act.
  ///   - periodChange: seconds.
  ///   - changes: takes the changes of all stages.
  func forward(
    _ x: inout [Double], withResiduals: Bool = false, periodChange: Double = 0,
    changes: UnsafeMutablePointer<Double>? = nil
  ) {
    let n = system.unknownCount
    var column = [Double](repeating: 0, count: n)
    for interval in 0..<system.orbit.intervalCount {
      for k in work.indices { work[k] = 0 }
      addStart(x, interval)
      let first = RadauFormula.stageCount * interval * n
      if withResiduals {
        for k in work.indices { work[k] -= system.residuals[first + k] }
      }
      if periodChange != 0 {
        for i in 0..<RadauFormula.stageCount {
          column.withUnsafeMutableBufferPointer {
            system.periodDerivative(
              ofStage: RadauFormula.stageCount * interval + i, into: $0.baseAddress!)
          }
          for k in 0..<n { work[i * n + k] -= periodChange * column[k] }
        }
      }
      work.withUnsafeMutableBufferPointer { factorisations[interval].solve($0.baseAddress!) }
      if let changes { (changes + first).update(from: work, count: work.count) }
      for k in 0..<n { x[k] = work[(RadauFormula.stageCount - 1) * n + k] }
    }
  }

  /// Adds -B x to the right-hand side.
  private func addStart(_ x: [Double], _ interval: Int) {
    let n = system.unknownCount
    eachStartEntry(interval) { i, row, column, value in work[i * n + row] -= value * x[column] }
  }

  @inline(__always)
  private func eachStartEntry(
    _ interval: Int, _ body: (_ stage: Int, _ row: Int, _ column: Int, _ value: Double) -> Void
  ) {
    let pattern = system.equations.pattern
    let count = system.entryCount
    let start = system.orbit.startStage(of: interval) * count
    let length = system.length(of: interval)
    for i in 0..<RadauFormula.stageCount {
      let factor = RadauFormula.derivative[i][0] / length
      let own = system.orbit.stage(i + 1, of: interval) * count
      for column in stateIndices {
        for entry in Int(pattern.columnStarts[column])..<Int(pattern.columnStarts[column + 1])
        where isReactive[entry] {
          let sum = system.inertias[own + entry] + system.capacitances[start + entry]
          body(i, Int(pattern.rowIndices[entry]), column, factor * sum)
        }
      }
    }
  }

  /// Replaces the row vector `weights` on the state at phase 1 by the one on the state at phase 0
  /// that tells the same.
  ///
  /// - Parameter adjoints: takes what a unit of each row's right-hand side does, stage by stage.
  func backward(
    _ weights: inout [Double], adjoints: UnsafeMutablePointer<Double>? = nil
  ) {
    let n = system.unknownCount
    for interval in (0..<system.orbit.intervalCount).reversed() {
      for k in work.indices { work[k] = 0 }
      for k in 0..<n { work[(RadauFormula.stageCount - 1) * n + k] = weights[k] }
      work.withUnsafeMutableBufferPointer {
        factorisations[interval].solveTransposed($0.baseAddress!)
      }
      if let adjoints {
        let first = RadauFormula.stageCount * interval * n
        (adjoints + first).update(from: work, count: work.count)
      }
      for k in 0..<n { weights[k] = 0 }
      eachStartEntry(interval) { i, row, column, value in
        weights[column] -= value * work[i * n + row]
      }
    }
  }
}
