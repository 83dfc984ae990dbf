// Speed of recall with phase noise in the phase equation by Heun's scheme, with the dense and the
// low-rank operator, and what the finite step does to the recalled error, beside the statistical
// error of that measurement. Prints lines "name value"; docs/benchmarks/recall_numpy.py runs the
// same scheme, step and batch by hand in NumPy.

import Integration
import Networks
import Numerics

enum NoisyRecallBenchmark {
  /// kappa times the step, and phase diffusion over kappa (rad^2).
  static let step = 0.05
  static let diffusion = 0.02
  static let steps = 400
  static let batch = 30

  static func run() throws {
    DenseProduct.useOneThread()
    let problem = try RecallProblem()
    let factors = problem.weights
    try measure("noisy_dense", DenseCoupling(problem.dense), problem)
    try measure("noisy_low_rank", LowRankCoupling(factors), problem)
    try stepError(LowRankCoupling(factors), problem)
  }

  /// Processor time for each oscillator and step, best of several runs of the whole ensemble.
  private static func measure(
    _ name: String, _ weights: any CouplingOperator, _ problem: RecallProblem
  ) throws {
    var best = Double.infinity
    for _ in 0..<3 {
      let start = ProcessorTime.seconds
      for first in stride(from: 0, to: problem.trials, by: batch) {
        try stepper(weights, problem, first: first, step: step, draws: 1).advance(steps: steps)
      }
      best = min(best, ProcessorTime.seconds - start)
    }
    let work = Double(problem.trials * problem.count * steps)
    print("\(name)_nanoseconds_per_oscillator_step \(best / work * 1e9)")
  }

  private static func stepper(
    _ weights: any CouplingOperator, _ problem: RecallProblem, first: Int, step: Double,
    draws: Int
  ) throws -> StratonovichHeun {
    let n = problem.count
    let system = PhaseSystem(
      oscillators: PhaseOscillators(
        detuning: [Double](repeating: 0, count: n),
        diffusion: [Double](repeating: diffusion, count: n)),
      couplings: [Coupling(weights, gain: [Complex](repeating: .one, count: n))], trials: batch)
    return try StratonovichHeun(
      system, initial: Array(problem.initial[first * n..<(first + batch) * n]), step: step,
      seed: 1, samples: Array(first..<first + batch), drawsPerStep: draws)
  }

  /// Mean recall error of the first batches with the step and with a quarter of it on the same
  /// noise, and the standard error of that mean over trials.
  private static func stepError(_ weights: any CouplingOperator, _ problem: RecallProblem) throws {
    var coarse: [Double] = []
    var fine: [Double] = []
    for first in stride(from: 0, to: problem.trials, by: batch) {
      let one = try stepper(weights, problem, first: first, step: step, draws: 4)
      try one.advance(steps: steps)
      coarse += errors(one.stateValues, problem, first: first)
      let other = try stepper(weights, problem, first: first, step: step / 4, draws: 1)
      try other.advance(steps: 4 * steps)
      fine += errors(other.stateValues, problem, first: first)
    }
    let count = Double(coarse.count)
    let bias = zip(coarse, fine).reduce(0) { $0 + $1.0 - $1.1 } / count
    let mean = fine.reduce(0, +) / count
    let variance = fine.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    print("noisy_mean_error_radians \(mean)")
    print("noisy_step_bias_radians \(bias)")
    print("noisy_statistical_error_radians \((variance / count).squareRoot())")
  }

  /// Rms phase deviation of each trial from its image, the global phase rotated out.
  private static func errors(_ state: [Double], _ problem: RecallProblem, first: Int) -> [Double] {
    let n = problem.count
    return (0..<batch).map { trial in
      let image = problem.image(of: first + trial)
      let own = state[trial * n..<(trial + 1) * n]
      let residual = zip(own, image).map { Complex(modulus: 1, argument: $0 - $1) }
      let turn = residual.reduce(Complex.zero, +).argument
      let squares = residual.reduce(0) { sum, z in
        let angle = (z * Complex(modulus: 1, argument: -turn)).argument
        return sum + angle * angle
      }
      return (squares / Double(n)).squareRoot()
    }
  }
}
