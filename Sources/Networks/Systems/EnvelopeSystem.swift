// Right-hand side and Jacobian product of coupled envelope equations, a batch of trials at a time:
//
//   dc_i/dt = lambda_i(p_i) c_i + sum over couplings of g_i sum_j W_ij s(c_j)
//   lambda(p) = i (offset + shift p) - Gamma (1 + Q p) + a (1 - p),   s(c) = c / |c| or c
//
// A state is N complex amplitudes for each trial, trial after trial: a column-major N x T matrix
// on which the coupling operators work directly.

import Integration
import Numerics

/// A batch of networks of envelope oscillators, with thermal noise where theirs is not zero.
public final class EnvelopeSystem: NetworkSystem {
  public let oscillators: EnvelopeOscillators
  public let couplings: [Coupling]
  public let trials: Int
  public var count: Int { 2 * oscillators.count * trials }

  private let workspace: CouplingWorkspace
  /// N numbers each: offset, shift, a - Gamma, and Gamma Q + a, so that the local rate is
  /// lambda(p) = (a - Gamma) - (Gamma Q + a) p + i (offset + shift p).
  private let constants: [Double]

  /// - Precondition: every coupling has as many oscillators as `oscillators` and acts at their
  ///   own frequency.
  public init(oscillators: EnvelopeOscillators, couplings: [Coupling], trials: Int) {
    precondition(couplings.allSatisfy { $0.weights.count == oscillators.count })
    precondition(couplings.allSatisfy { $0.harmonic == 1 }, "an envelope has no harmonics")
    self.oscillators = oscillators
    self.couplings = couplings
    self.trials = trials
    workspace = CouplingWorkspace(count: oscillators.count * trials)
    let each = (0..<oscillators.count).map { oscillators[$0] }
    constants =
      oscillators.offset + oscillators.shift
      + each.map { $0.antidamping - $0.dampingLinear }
      + each.map { $0.dampingLinear * $0.dampingNonlinear + $0.antidamping }
  }

  /// Thermal noise of one trial: the same amplitude for both quadratures.
  public var additiveNoise: [Double]? {
    oscillators.noise.flatMap { [$0, $0] }
  }

  public func derivative(
    at time: Double, of state: UnsafePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) {
    withComplex(state, result) { state, result in
      setLocal(state, state, result, linearised: false)
      for coupling in couplings {
        let sources = workspace.sources
        switch coupling.signal {
        case .limited: limit(state, into: sources)
        case .linear: sources.update(from: state, count: oscillators.count * trials)
        }
        add(coupling, at: time, result)
      }
    }
  }

  public func jacobianProduct(
    at time: Double, state: UnsafePointer<Double>, with v: UnsafePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) {
    let size = oscillators.count * trials
    v.withMemoryRebound(to: Complex.self, capacity: size) { v in
      withComplex(state, result) { state, result in
        setLocal(state, v, result, linearised: true)
        for coupling in couplings {
          switch coupling.signal {
          case .limited: limitLinearised(state, v, into: workspace.sources)
          case .linear: workspace.sources.update(from: v, count: size)
          }
          add(coupling, at: time, result)
        }
      }
    }
  }

  private func withComplex(
    _ state: UnsafePointer<Double>, _ result: UnsafeMutablePointer<Double>,
    _ body: (UnsafePointer<Complex>, UnsafeMutablePointer<Complex>) -> Void
  ) {
    let size = oscillators.count * trials
    state.withMemoryRebound(to: Complex.self, capacity: size) { state in
      result.withMemoryRebound(to: Complex.self, capacity: size) { body(state, $0) }
    }
  }

  /// result = lambda(|c|^2) c, or its derivative in the direction v.
  private func setLocal(
    _ state: UnsafePointer<Complex>, _ v: UnsafePointer<Complex>,
    _ result: UnsafeMutablePointer<Complex>, linearised: Bool
  ) {
    let n = oscillators.count
    constants.withUnsafeBufferPointer { constants in
      let offset = constants.baseAddress!
      let (shift, net, growth) = (offset + n, offset + 2 * n, offset + 3 * n)
      for trial in 0..<trials {
        let (c, w, r) = (state + trial * n, v + trial * n, result + trial * n)
        forEachEight(n) { lanes in
          let z = lanes.load(c)
          let p = z.squaredModulus
          let (shift, growth) = (lanes.load(shift), lanes.load(growth))
          let lambda = EightComplex(
            real: lanes.load(net) - growth * p,
            imaginary: multiplyAdd(shift, p, lanes.load(offset)))
          if linearised {
            let direction = lanes.load(w)
            let change = 2 * z.realOfConjugate(times: direction)
            let slope = EightComplex(real: -(change * growth), imaginary: change * shift)
            lanes.store(lambda * direction + slope * z, r)
          } else {
            lanes.store(lambda * z, r)
          }
        }
      }
    }
  }

  /// u = c / |c|, 0 where c is 0.
  private func limit(
    _ state: UnsafePointer<Complex>, into sources: UnsafeMutablePointer<Complex>
  ) {
    forEachEight(oscillators.count * trials) { lanes in
      let z = lanes.load(state)
      lanes.store(reciprocalModulus(z) * z, sources)
    }
  }

  /// Derivative of u = c / |c| in the direction v: (v - u Re(conj(u) v)) / |c|.
  private func limitLinearised(
    _ state: UnsafePointer<Complex>, _ v: UnsafePointer<Complex>,
    into sources: UnsafeMutablePointer<Complex>
  ) {
    forEachEight(oscillators.count * trials) { lanes in
      let z = lanes.load(state)
      let scale = reciprocalModulus(z)
      let u = scale * z
      let direction = lanes.load(v)
      lanes.store(scale * (direction - u.realOfConjugate(times: direction) * u), sources)
    }
  }

  /// result += g schedule(t) W sources.
  private func add(
    _ coupling: Coupling, at time: Double, _ result: UnsafeMutablePointer<Complex>
  ) {
    let n = oscillators.count
    let received = workspace.received
    coupling.weights.apply(workspace.sources, into: received, columns: trials)
    let factor = SIMD8<Double>(repeating: coupling.schedule.factor(at: time))
    coupling.gain.withUnsafeBufferPointer { gain in
      for trial in 0..<trials {
        let (h, r) = (received + trial * n, result + trial * n)
        forEachEight(n) { lanes in
          let drive = lanes.load(gain.baseAddress!) * lanes.load(h)
          lanes.store(lanes.load(r) + factor * drive, r)
        }
      }
    }
  }
}

extension EnvelopeSystem {
  public var oscillatorCount: Int { oscillators.count }
  public var componentsPerOscillator: Int { 2 }

  public func initialState(phases: [Double]) -> [Double] {
    phases.indices.flatMap { i in
      let amplitude = oscillators[i].power.squareRoot()
      return [amplitude * cosine(phases[i]), amplitude * sine(phases[i])]
    }
  }

  public func phases(of trialState: UnsafePointer<Double>) -> [Double] {
    (0..<oscillators.count).map { arcTangent(trialState[2 * $0 + 1], trialState[2 * $0]) }
  }

  /// Relaxation of the power and of the phase under full drive, and the largest detuning.
  public var fastestRate: Double {
    (0..<oscillators.count).reduce(0) { fastest, i in
      let one = oscillators[i]
      let amplitude = max(one.power, 1e-6).squareRoot()
      let drive = couplings.reduce(0) { $0 + $1.gain[i].modulus } / amplitude
      return max(fastest, 2 * one.powerDamping + drive + abs(one.angularFrequency))
    }
  }

  public func activity(
    at time: Double, of state: UnsafePointer<Double>, coupling index: Int = 0
  ) -> [NetworkActivity] {
    let n = oscillators.count
    return state.withMemoryRebound(to: Complex.self, capacity: n * trials) { state in
      limit(state, into: workspace.sources)
      couplings[index].weights.apply(
        workspace.sources, into: workspace.received, columns: trials)
      let factor = abs(couplings[index].schedule.factor(at: time))
      return (0..<trials).map { trial in
        NetworkActivity(
          amplitudes: state + trial * n, received: workspace.received + trial * n, count: n,
          factor: factor)
      }
    }
  }
}

/// 1 / |z|, 0 where z is 0.
@inline(__always)
private func reciprocalModulus(_ z: EightComplex) -> SIMD8<Double> {
  let modulus = z.squaredModulus.squareRoot()
  let inverse = SIMD8<Double>(repeating: 1) / modulus
  return inverse.replacing(with: 0, where: modulus .== SIMD8<Double>.zero)
}
