import AssociativeMemory
import Experiments
import Integration
import Networks
import Numerics
import TestSupport

/// A pseudo-inverse memory and its network in the phase equation with kappa = 1 /s, so that times
/// are kappa t and frequencies are in units of kappa.
struct MemoryUnderTest {
  let patterns: PatternSet
  let weights: Weights

  var count: Int { patterns.pixelCount }

  init(_ patterns: PatternSet) throws {
    DenseProduct.useOneThread()
    self.patterns = patterns
    weights = try PseudoinverseRule().train(patterns)
  }

  /// P random images of 16 x 12 pixels on the full circle.
  static func random(seed: UInt64, count: Int = 12) throws -> MemoryUnderTest {
    try MemoryUnderTest(
      .random(count: count, width: 16, height: 12, encoding: .full, seed: seed))
  }

  /// The shipped photographs at 16 x 12 pixels on the half circle.
  static func photographs() throws -> MemoryUnderTest {
    let names = [
      "astronaut", "brick", "camera", "cell", "chelsea", "coffee", "coins", "gravel", "horse",
      "hubble_deep_field", "retina", "rocket",
    ]
    let paths = names.map { Repository.file("netlists/images/\($0).png").path }
    return try MemoryUnderTest(
      PatternLoader.photographs(paths, width: 16, height: 12, encoding: .half))
  }

  /// The weights as the operator of the lowest cost.
  var coupling: any CouplingOperator {
    switch weights {
    case .dense(let matrix): CouplingChoice.best(for: matrix)
    case .lowRank(let factors): CouplingChoice.best(for: factors)
    }
  }

  func system(
    detuning: [Double]? = nil, diffusion: Double = 0, trials: Int
  ) -> PhaseSystem {
    PhaseSystem(
      oscillators: PhaseOscillators(
        detuning: detuning ?? [Double](repeating: 0, count: count),
        diffusion: [Double](repeating: diffusion, count: count)),
      couplings: [Coupling(coupling, gain: [Complex](repeating: .one, count: count))],
      trials: trials)
  }

  /// Centred normal frequencies of exactly the standard deviation `spread`.
  func detuning(spread: Double, seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, purpose: .parameter)
    let raw = (0..<count).map { _ in stream.normal() }
    let mean = raw.reduce(0, +) / Double(count)
    let variance = raw.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    return raw.map { spread * ($0 - mean) / variance.squareRoot() }
  }

  /// Rms over the pixels of the wrapped phase error to an image, the global phase rotated out, rad.
  func rms(_ state: UnsafePointer<Double>, _ pattern: Int, start: Double? = nil) -> RecallError {
    let error = RecallError.of(
      phases: state, target: patterns.phases[pattern], count: count,
      encoding: patterns.encoding, start: start)
    return RecallError(value: error.value * patterns.encoding.range, rotation: error.rotation)
  }

  /// Noise-free recall of every image from probes with a part of the pixels randomised.
  ///
  /// - Parameters:
  ///   - trials: the numbers of the trials for each image; all of them advance in one batch.
  ///   - errors: rms phase errors (rad) whose times are asked for.
  /// - Returns: for each of `errors` and each image, kappa t of the trials since when the error has
  ///   stayed below; nil where it does not at the end.
  func recallTimes(
    fraction: Double = 0.25, trials: [Int], seed: UInt64, to errors: [Double], until end: Double
  ) throws -> [[[Double?]]] {
    let setups = patterns.phases.indices.flatMap { pattern in trials.map { (pattern, $0) } }
    let initial = setups.flatMap { pattern, trial in
      Corruption.randomise(fraction: fraction).probe(
        of: pattern, in: patterns, trial: trial, seed: seed)
    }
    let solver = try CVODE(
      system(trials: setups.count), initial: initial,
      tolerances: Tolerances(relative: 1e-6, absolute: 1e-8, blockCount: setups.count),
      stopTime: end)
    var crossings = setups.map { _ in errors.map { ErrorCrossing(target: $0, tolerance: 1e-6) } }
    var rotations = [Double?](repeating: nil, count: setups.count)
    var buffer = initial
    while solver.time < end {
      let time = try solver.step()
      solver.withState { state in
        for (k, (pattern, _)) in setups.enumerated() {
          let error = rms(state + k * count, pattern, start: rotations[k])
          rotations[k] = error.rotation
          for target in errors.indices {
            crossings[k][target].record(time: time, error: error.value) { between in
              solver.interpolate(at: between, into: &buffer)
              return buffer.withUnsafeBufferPointer {
                rms($0.baseAddress! + k * count, pattern, start: error.rotation).value
              }
            }
          }
        }
      }
    }
    return errors.indices.map { target in
      patterns.phases.indices.map { pattern in
        trials.indices.map { crossings[pattern * trials.count + $0][target].belowSince }
      }
    }
  }

  /// The states after `end` when every image starts from itself, one trial for each.
  func settled(
    detuning: [Double], until end: Double, relative: Double = 1e-6
  ) throws -> [Double] {
    let solver = try CVODE(
      system(detuning: detuning, trials: patterns.count),
      initial: patterns.phases.flatMap { $0 },
      tolerances: Tolerances(
        relative: 0, absolute: relative, blockCount: patterns.count), stopTime: end)
    try solver.advance(to: end)
    return solver.stateValues
  }

  /// The rms phase errors (rad) of the settled states, image by image.
  func settledErrors(detuning: [Double], until end: Double) throws -> [Double] {
    let state = try settled(detuning: detuning, until: end)
    return state.withUnsafeBufferPointer { state in
      patterns.phases.indices.map { rms(state.baseAddress! + $0 * count, $0).value }
    }
  }

  /// A = Re(diag(conj x) W diag(x)) of one image, from its definition.
  func stability(of pattern: Int) -> RealMatrix {
    let w = weights.expanded
    let x = patterns.phases[pattern].map { Complex(modulus: 1, argument: $0) }
    var a = RealMatrix(rows: count, columns: count)
    for j in 0..<count {
      for i in 0..<count { a[i, j] = (x[i].conjugate * w[i, j] * x[j]).real }
    }
    return a
  }

  /// Eigenvalues and eigenvectors of I - A.
  func relaxation(of pattern: Int) throws -> SymmetricEigen {
    var matrix = stability(of: pattern)
    for k in matrix.elements.indices { matrix.elements[k] = -matrix.elements[k] }
    for i in 0..<count { matrix[i, i] += 1 }
    return try SymmetricEigen(matrix)
  }
}

/// Mean and standard deviation of numbers.
func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
  let mean = values.reduce(0, +) / Double(values.count)
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  return (mean, variance.squareRoot())
}

/// Whether a number lies within `part` of what is expected.
func isNear(_ value: Double, _ expected: Double, within part: Double) -> Bool {
  abs(value - expected) <= part * abs(expected)
}
