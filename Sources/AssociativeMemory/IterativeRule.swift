// Iterative training with margins, on weights as the hardware can hold them.
//
// Each image x asks every pixel i for a field h_i = (W x)_i that points along x_i (phase error
// within a tolerance) with at least a margin of strength: f_i = conj(x_i) h_i, |arg f_i| <=
// tolerance, Re f_i >= margin. Where one is missed, the delta rule W_ij += (step/N) (x_i - h_i)
// conj(x_j) acts; then each weight is projected onto the nearest of K phases, when K is given. The
// projection keeps the component along the phase, so that moduli absorb the error that the phases
// make: gradient descent projected onto a union of rays.
//
// Source: S. Diederich, M. Opper, Phys. Rev. Lett. 58 (1987) 949 (local learning to the projector);
// E. Gardner, J. Phys. A 21 (1988) 257 (margins). Without levels and as the tolerance goes to zero
// W tends to the pseudo-inverse weights. The step 1 / (largest eigenvalue of X^H X / N) is the
// largest that is safe whatever the correlations. W is Hermitian only as far as the tolerance is
// small.

public import Numerics

/// Perceptron-like training that knows of the hardware's delay levels.
public struct IterativeRule: TrainingRule {
  public let name = "iterative"
  public let summary =
    "Perceptron-like: weights on the given delay levels, improved until every pixel has its margin."

  /// Number of phases a weight can take, evenly spread over the circle; nil for any phase.
  public var levels: Int?
  /// Largest phase error of a pixel's field in radians.
  public var phaseTolerance: Double
  /// Least strength of a pixel's field along its phase; the rule aims at 1.
  public var margin: Double
  public var sweepsMaximum: Int
  /// Whether W keeps its diagonal; without it the rule trains the other weights to do the work.
  public var keepsDiagonal: Bool

  public init(
    levels: Int? = nil, phaseTolerance: Double = 0.01, margin: Double = 0.9,
    sweepsMaximum: Int = 5000, keepsDiagonal: Bool = true
  ) {
    precondition(levels.map { $0 > 0 } ?? true, "a weight has at least one phase")
    self.levels = levels
    self.phaseTolerance = phaseTolerance
    self.margin = margin
    self.sweepsMaximum = sweepsMaximum
    self.keepsDiagonal = keepsDiagonal
  }

  /// - Throws: `TrainingFailure.notConverged` with the worst pixel.
  public func train(_ patterns: PatternSet) throws(TrainingFailure) -> Weights {
    let phasors = patterns.phasors
    let n = phasors.rows
    var weights = ComplexMatrix(rows: n, columns: n)
    let step = try stepSize(phasors)
    let rays = (0..<(levels ?? 0)).map {
      Complex(modulus: 1, argument: 2 * Double.pi * Double($0) / Double(levels ?? 1))
    }
    var worst = Worst(index: 0, phaseError: 0, margin: 0)
    for _ in 0..<sweepsMaximum {
      var errors = multiply(weights, phasors)
      guard let missed = measure(&errors, phasors) else { return .dense(weights) }
      worst = missed
      let change = multiply(errors, .plain, phasors, .adjoint)
      for k in weights.elements.indices {
        weights.elements[k] += (step / Double(n)) * change.elements[k]
      }
      constrain(&weights, rays: rays)
    }
    throw .notConverged(
      rule: name, sweeps: sweepsMaximum, pattern: patterns.names[worst.index / n],
      pixel: worst.index % n, phaseError: worst.phaseError, margin: worst.margin)
  }

  private struct Worst {
    var index: Int
    var phaseError: Double
    var margin: Double
  }

  /// Turns fields into the errors x - h of the pixels that miss their margin (zero elsewhere), and
  /// tells the worst of them; nil when none does.
  private func measure(_ fields: inout ComplexMatrix, _ phasors: ComplexMatrix) -> Worst? {
    var worst: Worst?
    var excess = 0.0
    for k in fields.elements.indices {
      let aligned = phasors.elements[k].conjugate * fields.elements[k]
      let phase = abs(aligned.argument)
      guard phase > phaseTolerance || aligned.real < margin else {
        fields.elements[k] = .zero
        continue
      }
      let miss = max(phase / max(phaseTolerance, 1e-300), margin - aligned.real)
      if worst == nil || miss > excess {
        excess = miss
        worst = Worst(index: k, phaseError: phase, margin: aligned.real)
      }
      fields.elements[k] = phasors.elements[k] - fields.elements[k]
    }
    return worst
  }

  private func constrain(_ weights: inout ComplexMatrix, rays: [Complex]) {
    let turn = Double(rays.count) / (2 * Double.pi)
    if !rays.isEmpty {
      for k in weights.elements.indices {
        let weight = weights.elements[k]
        let place = Int((weight.argument * turn).rounded())
        let ray = rays[place < 0 ? place + rays.count : place]
        weights.elements[k] = max((ray.conjugate * weight).real, 0) * ray
      }
    }
    if !keepsDiagonal { weights = weights.withoutDiagonal() }
  }

  private func stepSize(_ phasors: ComplexMatrix) throws(TrainingFailure) -> Double {
    let gram = multiply(phasors, .adjoint, phasors, .plain)
    do {
      let largest = try HermitianEigen(gram).values.last ?? 1
      return Double(phasors.rows) / largest
    } catch {
      throw .factorisation(error)
    }
  }
}
