// What small disturbances do to the phase of an oscillator. With alpha the time shift of the orbit
// and b(t) what is added to the right-hand side of the equations (a current injected into a node),
//
//     d alpha/dt = v(t + alpha) b(t),     v (J + Q) x' = 1 at all times,
//
// v the perturbation projection vector: of a node's row in seconds per coulomb, of another row in
// seconds per that row's unit and second. The discrete v is exact for the discrete equations: it
// tells what a disturbance of each stage's rows does to the period of the collocation solution.
//
// Source: A. Demir, "Floquet theory and non-linear perturbation analysis for oscillators with
// differential-algebraic equations", Int. J. Circuit Theory Appl. 28 (2000) 163.

public import Numerics

/// The perturbation projection vector of an oscillator's orbit.
public struct PerturbationProjection: Sendable {
  /// Seconds.
  public let period: Double
  /// Stage by stage of the orbit, row by row, ground removed.
  public let values: [Double]
  public let rowCount: Int
  /// The largest |v (J + Q) x' - 1| at the stages: of the discretisation.
  public let normalisationError: Double
  private let phases: [Double]
  /// Seconds that a stage stands for.
  let weights: [Double]

  init(_ newton: PeriodicNewton) throws {
    let system = newton.system
    let orbit = system.orbit
    let n = system.unknownCount
    var adjoints = [Double](repeating: 0, count: orbit.states.count)
    var start = try newton.leftNullVector()
    adjoints.withUnsafeMutableBufferPointer {
      newton.sweeps.backward(&start, adjoints: $0.baseAddress!)
    }
    let weights = (0..<orbit.stageCount).map { orbit.weight(ofStage: $0) }
    for k in adjoints.indices { adjoints[k] *= -orbit.period / weights[k / n] }
    values = adjoints
    rowCount = n
    period = orbit.period
    phases = (0..<orbit.stageCount).map { orbit.phase(ofStage: $0) }
    self.weights = weights
    var worst = 0.0
    for stage in 0..<orbit.stageCount {
      worst = max(worst, abs(Self.product(system, adjoints, stage) - 1))
    }
    normalisationError = worst
  }

  /// v (J + Q) x' at a stage.
  private static func product(
    _ system: CollocationEquations, _ values: [Double], _ stage: Int
  ) -> Double {
    let pattern = system.equations.pattern
    let n = system.unknownCount
    var sum = 0.0
    for column in 0..<n {
      let rate = system.rates[stage * n + column]
      if rate == 0 { continue }
      for entry in Int(pattern.columnStarts[column])..<Int(pattern.columnStarts[column + 1]) {
        let place = stage * system.entryCount + entry
        sum +=
          values[stage * n + Int(pattern.rowIndices[entry])]
          * (system.inertias[place] + system.capacitances[place]) * rate
      }
    }
    return sum
  }

  /// Of one row, stage by stage.
  public func values(ofRow row: Int) -> [Double] {
    stride(from: row, to: values.count, by: rowCount).map { values[$0] }
  }

  /// The Fourier coefficient V_m of row `row` (ground removed):
  /// v(t) = sum over all m of V_m exp(j 2 pi m t / T), t from phase 0.
  public func harmonic(_ number: Int, ofRow row: Int) -> Complex {
    var sum = Complex.zero
    for stage in phases.indices {
      let angle = -2 * Double.pi * Double(number) * phases[stage]
      sum +=
        (weights[stage] / period * values[stage * rowCount + row])
        * Complex(modulus: 1, argument: angle)
    }
    return sum
  }

  /// Of one row at a phase, between the stages.
  public func value(at phase: Double, ofRow row: Int, _ orbit: PeriodicOrbit) -> Double {
    let (interval, position) = orbit.place(of: phase)
    return zip(1..., RadauFormula.stageBasis(at: position)).reduce(0) { sum, term in
      sum + term.1 * values[orbit.stage(term.0, of: interval) * rowCount + row]
    }
  }

  /// Hertz an ampere: a sinusoidal current of amplitude I into the row's node locks the oscillator
  /// at a frequency of its own within this times I of `number` times the free one, as long as I is
  /// small (Adler).
  public func lockHalfRange(_ number: Int, ofRow row: Int) -> Double {
    Double(number) / period * harmonic(number, ofRow: row).modulus
  }
}
