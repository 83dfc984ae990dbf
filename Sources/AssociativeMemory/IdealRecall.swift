// Recall in discrete time: y <- phase(W y), every pixel's phasor replaced by its field's phase. The
// independent reference for the oscillator network, whose stable states solve the same equation.
//
// Source: A. J. Noest, Europhys. Lett. 6 (1988) 469 (phasor networks). One pixel at a time with
// Hermitian W and non-negative diagonal lowers the energy -y^H W y / 2 at each step; all at once
// may end in a cycle of two in general.

public import Numerics

/// The discrete phasor network.
public struct IdealRecall: Sendable {
  public enum Schedule: Equatable, Sendable {
    /// All pixels from the same old state.
    case synchronous
    /// One pixel after another, in a new random order each sweep, each seeing the changes before.
    case asynchronous(seed: UInt64)
  }

  public struct Outcome: Equatable, Sendable {
    /// Unit phasors.
    public var state: [Complex]
    public var sweeps: Int
    /// No pixel moved by more than the tolerance (radians, global rotation removed) in the last
    /// sweep.
    public var converged: Bool
    public var phases: [Double] { state.map(\.argument) }
  }

  public var schedule: Schedule
  public var tolerance: Double
  public var sweepsMaximum: Int

  public init(
    schedule: Schedule = .synchronous, tolerance: Double = 1e-9, sweepsMaximum: Int = 10_000
  ) {
    self.schedule = schedule
    self.tolerance = tolerance
    self.sweepsMaximum = sweepsMaximum
  }

  /// Iterates from the given phases (radians).
  /// - Precondition: the weights are as large as the state.
  public func run(_ weights: Weights, from phases: [Double]) -> Outcome {
    let n = phases.count
    precondition(weights.count == n, "weights and state differ in size")
    var state = ComplexMatrix(
      rows: n, columns: 1, elements: phases.map { Complex(modulus: 1, argument: $0) })
    var stream = RandomStream(seed: 0, purpose: .initialState)
    var dense: ComplexMatrix?
    if case .asynchronous(let seed) = schedule {
      stream = RandomStream(seed: seed, purpose: .initialState)
      dense = weights.expanded
    }
    for sweep in 1...max(sweepsMaximum, 1) {
      let before = state.elements
      if let dense {
        update(&state.elements, dense, &stream)
      } else {
        let fields = weights.product(with: state)
        for i in 0..<n { state.elements[i] = Self.unit(fields.elements[i], else: before[i]) }
      }
      if Self.largestMove(before, state.elements) <= tolerance {
        return Outcome(state: state.elements, sweeps: sweep, converged: true)
      }
    }
    return Outcome(state: state.elements, sweeps: sweepsMaximum, converged: false)
  }

  private func update(
    _ state: inout [Complex], _ weights: ComplexMatrix, _ stream: inout RandomStream
  ) {
    for i in Array(state.indices).shuffled(using: &stream) {
      var field = Complex.zero
      for j in state.indices { field += weights[i, j] * state[j] }
      state[i] = Self.unit(field, else: state[i])
    }
  }

  /// A pixel without a field keeps its phase.
  private static func unit(_ field: Complex, else old: Complex) -> Complex {
    let modulus = field.modulus
    return modulus > 0 ? field / modulus : old
  }

  private static func largestMove(_ before: [Complex], _ after: [Complex]) -> Double {
    var overlap = Complex.zero
    for i in before.indices { overlap += before[i].conjugate * after[i] }
    let turn = Complex(modulus: 1, argument: -overlap.argument)
    var largest = 0.0
    for i in before.indices {
      largest = max(largest, abs((before[i].conjugate * after[i] * turn).argument))
    }
    return largest
  }
}
