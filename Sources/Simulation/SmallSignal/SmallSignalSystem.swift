// The linear equations of small-signal analyses, factored for one frequency after another,
//
//     (G + j omega C + D(omega)) a = b,
//
// G = df/dx, C = df/dx' + dq/dx at the operating point, D the delayed signals with their factors
// exp(-j omega delay), b the sources' amplitudes; noise solves with the transpose.

import Devices
import Integration
import Numerics

/// The factored equations of one operating point at one frequency.
final class SmallSignalSystem {
  let equations: CircuitEquations
  let analysis: String
  private let x: [Double]
  private let changes: Bool
  private var matrices: SmallSignalMatrices?
  private let factorisation: KLUFactorisation<Complex>
  private var values: [Complex]
  private(set) var frequency = 0.0
  private(set) var evaluation: Evaluation

  /// - Parameters:
  ///   - x: the operating point, ground removed.
  ///   - analysis: named in failures.
  init(_ equations: CircuitEquations, at x: [Double], analysis: String) {
    self.equations = equations
    self.analysis = analysis
    self.x = x
    changes = equations.readsFrequency
    factorisation = KLUFactorisation<Complex>(equations.pattern)
    values = Array(repeating: .zero, count: equations.pattern.entryCount + 1)
    evaluation = equations.smallSignalEvaluation(x, frequency: 0)
  }

  var unknownCount: Int { equations.unknownCount }

  /// Makes this the system at `frequency`, hertz.
  /// - Throws: `AnalysisFailure` where the equations have no unique solution.
  func factor(at frequency: Double) throws {
    self.frequency = frequency
    evaluation = equations.smallSignalEvaluation(x, frequency: frequency)
    if matrices == nil || changes { matrices = equations.smallSignalMatrices(evaluation) }
    let omega = 2 * Double.pi * frequency
    for slot in values.indices {
      values[slot] = Complex(
        matrices!.conductances[slot], omega * matrices!.capacitances[slot])
    }
    equations.delayed.smallSignal(omega) { slot, value in values[slot] += value }
    if let bad = values.dropLast().firstIndex(where: { !$0.isFinite }) {
      throw failure(row: Int(equations.pattern.rowIndices[bad]), "not finite")
    }
    do {
      try factorisation.factor(values)
    } catch {
      throw failure(row: error.row, "singular")
    }
  }

  /// Solves for the amplitudes of unknowns, ground removed, over the right-hand side.
  func solve(_ b: UnsafeMutablePointer<Complex>) { factorisation.solve(b) }

  /// Solves with the transpose.
  func solveTransposed(_ b: UnsafeMutablePointer<Complex>) { factorisation.solveTransposed(b) }

  private func failure(row: Int, _ what: String) -> AnalysisFailure {
    AnalysisFailure(
      analysis: analysis, message: "the linear equations are \(what) at \(frequency) Hz",
      equation: equations.name(of: row + 1),
      advice: frequency == 0
        ? "a frequency above 0" : "a resistance to ground at a node that has none")
  }
}
