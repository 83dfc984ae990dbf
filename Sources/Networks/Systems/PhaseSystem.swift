// Right-hand side and Jacobian product of coupled phase equations, a batch of trials at a time:
//
//   dphi_i/dt = detuning_i
//             + sum over couplings of Im( e^{-i k phi_i} g_i sum_j W_ij e^{i k phi_j} )
//
// where k is the coupling's harmonic: a coupling function of phase differences is a list of them.
// A state is N phases for each trial, trial after trial. With g_i = kappa this is the phase-reduced
// network of docs/physics.md; the reduction of an envelope oscillator gives
// g = F e^{i beta} (1 + i nu) / sqrt(p_0).

import Integration
import Numerics

/// A batch of networks of phase oscillators, with phase noise where their diffusion is not zero.
public final class PhaseSystem: NetworkSystem {
  public let oscillators: PhaseOscillators
  public let couplings: [Coupling]
  public let trials: Int
  public var count: Int { oscillators.count * trials }

  private let workspace: CouplingWorkspace
  private let phasors: CouplingWorkspace

  /// - Precondition: every coupling has as many oscillators as `oscillators`.
  public init(oscillators: PhaseOscillators, couplings: [Coupling], trials: Int) {
    precondition(couplings.allSatisfy { $0.weights.count == oscillators.count })
    self.oscillators = oscillators
    self.couplings = couplings
    self.trials = trials
    workspace = CouplingWorkspace(count: oscillators.count * trials)
    phasors = CouplingWorkspace(count: oscillators.count * trials)
  }

  /// Phase noise of one trial: sqrt(D) of each oscillator.
  public var additiveNoise: [Double]? { oscillators.diffusion.map { $0.squareRoot() } }

  public func derivative(
    at time: Double, of state: UnsafePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) {
    let n = oscillators.count
    let sources = workspace.sources
    var written = 0
    oscillators.detuning.withUnsafeBufferPointer { detuning in
      for trial in 0..<trials {
        (result + trial * n).update(from: detuning.baseAddress!, count: n)
      }
    }
    for coupling in couplings {
      let received = workspace.received
      if coupling.harmonic != written {
        written = coupling.harmonic
        writePhasors(state, harmonic: written, into: sources)
      }
      coupling.weights.apply(sources, into: received, columns: trials)
      forEachDestination(coupling, at: time) { lanes, gain, place in
        let drive = gain * lanes.load(UnsafePointer(received + place))
        let z = lanes.load(UnsafePointer(sources + place))
        let before = lanes.load(UnsafePointer(result + place))
        lanes.store(before + z.imaginaryOfConjugate(times: drive), result + place)
      }
    }
  }

  public func jacobianProduct(
    at time: Double, state: UnsafePointer<Double>, with v: UnsafePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) {
    let size = oscillators.count * trials
    let z = phasors.sources
    let turned = phasors.received
    var written = 0
    result.update(repeating: 0, count: size)
    for coupling in couplings {
      let harmonic = SIMD8(repeating: Double(coupling.harmonic))
      if coupling.harmonic != written {
        written = coupling.harmonic
        writePhasors(state, harmonic: written, into: z)
        // d(e^{i k phi}) in the direction v is i k v e^{i k phi}.
        forEachEight(size) { lanes in
          let direction = harmonic * lanes.load(v)
          let z = lanes.load(UnsafePointer(z))
          lanes.store(
            EightComplex(real: -(direction * z.imaginary), imaginary: direction * z.real), turned)
        }
      }
      let (h, dh) = (workspace.received, workspace.sources)
      coupling.weights.apply(z, into: h, columns: trials)
      coupling.weights.apply(turned, into: dh, columns: trials)
      forEachDestination(coupling, at: time) { lanes, gain, place in
        let z = lanes.load(UnsafePointer(z + place))
        let own = lanes.load(v + place)
        let others = z.imaginaryOfConjugate(
          times: gain * lanes.load(UnsafePointer(dh + place)))
        let pull = z.realOfConjugate(times: gain * lanes.load(UnsafePointer(h + place)))
        let before = lanes.load(UnsafePointer(result + place))
        lanes.store(before + others - harmonic * own * pull, result + place)
      }
    }
  }

  private func writePhasors(
    _ state: UnsafePointer<Double>, harmonic: Int, into result: UnsafeMutablePointer<Complex>
  ) {
    let harmonic = SIMD8(repeating: Double(harmonic))
    forEachEight(oscillators.count * trials) { lanes in
      let (sine, cosine) = sineCosine(harmonic * lanes.load(state))
      lanes.store(EightComplex(real: cosine, imaginary: sine), result)
    }
  }

  /// Calls `body` for eight destinations at a time with their gains and the trial's first place.
  @inline(__always)
  private func forEachDestination(
    _ coupling: Coupling, at time: Double, _ body: (Lanes, EightComplex, Int) -> Void
  ) {
    let n = oscillators.count
    let factor = SIMD8<Double>(repeating: coupling.schedule.factor(at: time))
    coupling.gain.withUnsafeBufferPointer { gain in
      for trial in 0..<trials {
        forEachEight(n) { lanes in
          body(lanes, factor * lanes.load(gain.baseAddress!), trial * n)
        }
      }
    }
  }
}

extension PhaseSystem {
  public var oscillatorCount: Int { oscillators.count }
  public var componentsPerOscillator: Int { 1 }

  public func initialState(phases: [Double]) -> [Double] { phases }

  public func phases(of trialState: UnsafePointer<Double>) -> [Double] {
    Array(UnsafeBufferPointer(start: trialState, count: oscillators.count))
  }

  /// The phases' own relaxation under full drive, and the largest detuning.
  public var fastestRate: Double {
    (0..<oscillators.count).reduce(0) { fastest, i in
      let drive = couplings.reduce(0) { $0 + Double($1.harmonic) * $1.gain[i].modulus }
      return max(fastest, drive + abs(oscillators.detuning[i]))
    }
  }

  public func activity(
    at time: Double, of state: UnsafePointer<Double>, coupling index: Int = 0
  ) -> [NetworkActivity] {
    let n = oscillators.count
    writePhasors(state, harmonic: couplings[index].harmonic, into: workspace.sources)
    couplings[index].weights.apply(workspace.sources, into: workspace.received, columns: trials)
    let factor = abs(couplings[index].schedule.factor(at: time))
    return (0..<trials).map {
      NetworkActivity(
        amplitudes: nil, received: workspace.received + $0 * n, count: n, factor: factor)
    }
  }
}
