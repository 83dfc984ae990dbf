// Many recall trials of one network of phase oscillators, without noise, integrated together.
//
//   dphi_i/dt = w_i + Im(conj(z_i) h_i),   h_i = g_i sum_j W_ij z_j,   z_i = e^{i phi_i},
//
// the same as   dz_i/dt = i w_i z_i + (h_i - z_i^2 conj(h_i)) / 2.
//
//   w detuning, rad/s   W weights   g gain of each destination (kappa), rad/s   h drive, rad/s
//
// Goals, in order: every trial holds the tolerance by itself; few products with W, the one costly
// operation; each product serves many trials at once (ZGEMM); little work beside it.
//
// Method: an exponential multistep method. The drive varies slowly; what limits the steps of an
// explicit method late in a recall is the relaxation of each oscillator towards its own drive,
// which needs no product. So:
//
// 1. the drive is extrapolated over the step from its last q values (`DriveHistory`);
// 2. with it each oscillator's equation, a Riccati equation, is solved by the exponential of a
//    fourth-order Magnus expansion in su(1,1), acting on z as a Moebius map (`PhaseFlow`): any step
//    is stable, and |z| = 1 holds by itself;
// 3. one product gives the drive at the new z. Its difference from the extrapolated one corrects z
//    to the order q + 1 without another product, and measures the error.
//
// Each trial has its own time, step and order (1 to 5, as in the Adams codes); all trials of a
// batch advance in lockstep of one product, and a trial that ends makes place for the next.
//
// Sources: multistep methods with variable steps: E. Hairer, S. P. Norsett, G. Wanner, "Solving
// Ordinary Differential Equations I" (1993), III.5; L. F. Shampine, M. K. Gordon, "Computer
// Solution of Ordinary Differential Equations" (1975). Exponential multistep methods: M. Hochbruck,
// A. Ostermann, Acta Numerica 19 (2010) 209, doi:10.1017/S0962492910000048. Magnus expansion:
// S. Blanes, F. Casas, J. A. Oteo, J. Ros, Phys. Rep. 470 (2009) 151,
// doi:10.1016/j.physrep.2008.11.001. Why not CVODE: docs/decisions, "ensemble integrator".

public import Numerics

/// An ensemble of noise-free trials of one phase network, integrated together.
///
/// A trial's result does not depend on the other trials but for the last bits of the product (BLAS
/// may sum differently for another number of columns): for the same bits whatever the number of
/// tasks, cut trials into ensembles of a fixed size.
public final class PhaseEnsemble {
  let weights: any CouplingOperator
  /// The limits of the error of one step of one trial.
  public let tolerances: EnsembleTolerances
  /// How many trials share a product.
  public let width: Int

  let sources: UnsafeMutablePointer<Complex>
  let received: UnsafeMutablePointer<Complex>
  let flow: PhaseFlow

  public var count: Int { weights.count }

  /// - Parameters:
  ///   - gain: factor on what each oscillator receives, rad/s: kappa, with a constant phase of the
  ///     feedback path as its argument.
  ///   - detuning: of each oscillator in the rotating frame, rad/s; none by default.
  ///   - width: trials that share a product; memory is about 250 N bytes for each.
  /// - Precondition: a gain and a detuning for each oscillator, `width` positive.
  public init(
    weights: any CouplingOperator, gain: [Complex], detuning: [Double]? = nil,
    tolerances: EnsembleTolerances = EnsembleTolerances(), width: Int = 48
  ) {
    precondition(gain.count == weights.count, "a gain for each oscillator")
    precondition(detuning == nil || detuning!.count == weights.count, "a detuning for each")
    precondition(width > 0, "at least one trial at a time")
    self.weights = weights
    self.tolerances = tolerances
    self.width = width
    sources = .allocate(capacity: width * weights.count)
    received = .allocate(capacity: width * weights.count)
    sources.initialize(repeating: .zero, count: width * weights.count)
    received.initialize(repeating: .zero, count: width * weights.count)
    flow = PhaseFlow(gain: gain, detuning: detuning)
  }

  deinit {
    sources.deallocate()
    received.deallocate()
  }

  /// Integrates every trial from time 0 to `end` (s).
  ///
  /// - Parameters:
  ///   - initial: phases (rad) at time 0, N for each trial, trial after trial.
  ///   - observe: called after each accepted step of each trial, in the order of the trial's own
  ///     time; the step is valid during the call only. False ends that trial there.
  /// - Throws: `EnsembleFailure` where a trial cannot go on.
  public func run(
    initial: [Double], until end: Double, observe: (borrowing EnsembleStep) -> Bool = { _ in true }
  ) throws(EnsembleFailure) -> EnsembleResult {
    precondition(initial.count % count == 0, "N phases for each trial")
    precondition(end >= 0 && end.isFinite, "an end that can be reached")
    let trials = initial.count / count
    var result = EnsembleResult(count: count, trials: trials)
    var active: [EnsembleTrial] = []
    var waiting = 0
    while waiting < trials && active.count < width {
      active.append(EnsembleTrial(count: count))
      active[waiting].start(trial: waiting, phases: initial, end: end)
      waiting += 1
    }
    while !active.isEmpty {
      for (column, trial) in active.enumerated() {
        flow.predict(trial, into: sources + column * count)
      }
      weights.apply(sources, into: received, columns: active.count)
      var column = 0
      for trial in active {
        let place = column * count
        column += 1
        let outcome = flow.correct(
          trial, predicted: sources + place, received: received + place, tolerances: tolerances)
        guard try trial.accept(outcome, tolerances: tolerances) else { continue }
        let goesOn = trial.time == 0 || observe(EnsembleStep(trial, flow: flow))
        if trial.isAtEnd || !goesOn { trial.finish(into: &result) }
      }
      retire(&active, waiting: &waiting, trials: trials, initial: initial, end: end)
    }
    return result
  }

  /// Gives the places of finished trials to waiting ones, or closes them.
  private func retire(
    _ active: inout [EnsembleTrial], waiting: inout Int, trials: Int, initial: [Double],
    end: Double
  ) {
    var place = 0
    while place < active.count {
      guard active[place].isFinished else {
        place += 1
        continue
      }
      if waiting < trials {
        active[place].start(trial: waiting, phases: initial, end: end)
        waiting += 1
        place += 1
      } else {
        active.swapAt(place, active.count - 1)
        active.removeLast()
      }
    }
  }
}
