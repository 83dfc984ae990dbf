// Speed of noise-free recall in the phase equation, with the dense and the low-rank operator, and
// what the dense product takes of it, in processor time. Prints lines "name value"; with a folder
// given, leaves the problem and the results there as raw doubles, for
// docs/benchmarks/recall_scipy.py to solve the same and compare.

import Foundation
import Integration
import Networks
import Numerics

enum RecallBenchmark {
  /// Times kappa t at which trajectories are compared with the peer's.
  static let grid = [0.1, 0.25, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 40]
  static let repetitions = 5

  static func run(folder: URL?) throws {
    DenseProduct.useOneThread()
    let problem = try RecallProblem()
    let matrix = problem.dense
    print("trials \(problem.trials)")
    let dense = try measure("dense", DenseCoupling(matrix), problem)
    _ = try measure(
      "low_rank", LowRankCoupling(problem.weights),
      problem)
    try countAdams(matrix, problem)
    productRate(matrix)
    guard let folder else { return }
    try write(matrix.elements.flatMap { [$0.real, $0.imaginary] }, "weights.f64", in: folder)
    try write(problem.initial, "initial.f64", in: folder)
    try write(grid, "grid.f64", in: folder)
    try write(dense, "trajectories.f64", in: folder)
  }

  /// Times whole ensembles, best of several, and returns phases at the grid's times.
  private static func measure(
    _ name: String, _ weights: any CouplingOperator, _ problem: RecallProblem
  ) throws -> [Double] {
    let timed = TimedCoupling(weights)
    let ensemble = PhaseEnsemble(
      weights: timed, gain: [Complex](repeating: .one, count: problem.count))
    var best = (total: Double.infinity, products: 0.0)
    var (products, rejected) = (0, 0)
    for _ in 0..<repetitions {
      timed.reset()
      let start = ProcessorTime.seconds
      let run = try ensemble.run(initial: problem.initial, until: problem.end)
      let total = (ProcessorTime.seconds - start)
      if total < best.total { best = (total, timed.elapsed) }
      products = run.statistics.reduce(0) { $0 + $1.products }
      rejected = run.statistics.reduce(0) { $0 + $1.rejected }
    }
    let trials = Double(problem.trials)
    print("\(name)_seconds_per_trial \(best.total / trials)")
    print("\(name)_products_per_trial \(Double(products) / trials)")
    print("\(name)_rejected_per_trial \(Double(rejected) / trials)")
    print("\(name)_product_share \(best.products / best.total)")
    print("\(name)_seconds_per_column \(best.products / Double(timed.columns))")
    let flops = 8 * Double(problem.count * problem.count) * Double(timed.columns)
    if name == "dense" { print("dense_product_gigaflops \(flops / best.products / 1e9)") }
    return try trajectories(ensemble, problem)
  }

  private static func trajectories(_ ensemble: PhaseEnsemble, _ problem: RecallProblem) throws
    -> [Double]
  {
    let n = problem.count
    var phases = [Double](repeating: 0, count: problem.trials * grid.count * n)
    var phasors = [Complex](repeating: .zero, count: n)
    _ = try ensemble.run(initial: problem.initial, until: problem.end) { step in
      for (place, time) in grid.enumerated() where time > step.start && time <= step.end {
        step.phasors(at: time, into: &phasors)
        let first = (step.trial * grid.count + place) * n
        for i in 0..<n { phases[first + i] = phasors[i].argument }
      }
      return true
    }
    return phases
  }

  /// What CVODE's Adams method needs for the same trials one at a time, at SciPy's tolerance.
  private static func countAdams(_ matrix: ComplexMatrix, _ problem: RecallProblem) throws {
    let n = problem.count
    let every = 12
    var (evaluations, steps, trials) = (0, 0, 0)
    for trial in stride(from: 0, to: problem.trials, by: every) {
      let system = PhaseSystem(
        oscillators: PhaseOscillators(detuning: [Double](repeating: 0, count: n)),
        couplings: [
          Coupling(DenseCoupling(matrix), gain: [Complex](repeating: .one, count: n))
        ], trials: 1)
      let solver = try CVODE(
        system, initial: Array(problem.initial[trial * n..<(trial + 1) * n]), method: .adams,
        tolerances: Tolerances(relative: 1e-6, absolute: 1e-6))
      try solver.advance(to: problem.end)
      evaluations += solver.statistics.derivativeEvaluations
      steps += solver.statistics.steps
      trials += 1
    }
    print("cvode_adams_products_per_trial \(Double(evaluations) / Double(trials))")
    print("cvode_adams_steps_per_trial \(Double(steps) / Double(trials))")
  }

  /// The rate of ZGEMM alone, at the size and width of the ensemble's products and at 256 columns.
  private static func productRate(_ matrix: ComplexMatrix) {
    let n = matrix.rows
    for columns in [16, 24, 32, 48, 64, 128, 256] {
      let sources = [Complex](repeating: .one, count: n * columns)
      var results = [Complex](repeating: .zero, count: n * columns)
      var best = Double.infinity
      for _ in 0..<12 {
        let start = ProcessorTime.seconds
        for _ in 0..<4 {
          DenseProduct.multiply(
            matrix.elements, sources, into: &results, rows: n, inner: n, columns: columns)
        }
        best = min(best, (ProcessorTime.seconds - start) / 4)
      }
      let flops = 8 * Double(n * n * columns)
      print("zgemm_gigaflops_\(columns) \(flops / best / 1e9)")
    }
  }

  private static func write(_ values: [Double], _ name: String, in folder: URL) throws {
    try values.withUnsafeBytes { Data($0) }.write(to: folder.appendingPathComponent(name))
  }
}

/// Processor time of this process, s: what other programs do at the same time falls out, except
/// where they share a core's units or its caches.
enum ProcessorTime {
  static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}

/// An operator that measures the time its products take.
final class TimedCoupling: CouplingOperator {
  private let inner: any CouplingOperator
  private(set) var elapsed = 0.0
  private(set) var columns = 0

  var count: Int { inner.count }
  var name: String { inner.name }
  var cost: Double { inner.cost }

  init(_ inner: any CouplingOperator) { self.inner = inner }

  func reset() {
    elapsed = 0
    columns = 0
  }

  func apply(
    _ sources: UnsafePointer<Complex>, into results: UnsafeMutablePointer<Complex>, columns: Int
  ) {
    let start = ProcessorTime.seconds
    inner.apply(sources, into: results, columns: columns)
    elapsed += ProcessorTime.seconds - start
    self.columns += columns
  }

  func copy() -> any CouplingOperator { TimedCoupling(inner.copy()) }
}
