public import Numerics

/// One accepted step of one trial, with the trial's phasors anywhere within it. Valid only during
/// the call that hands it out.
public struct EnsembleStep: ~Copyable {
  private let state: EnsembleTrial
  private let flow: PhaseFlow

  init(_ state: EnsembleTrial, flow: PhaseFlow) {
    self.state = state
    self.flow = flow
  }

  /// The trial's number in the ensemble.
  public var trial: Int { state.trial }
  /// Time (s) at the start of the step.
  public var start: Double { state.stepStart }
  /// Time (s) at the end of the step.
  public var end: Double { state.time }
  /// Number of oscillators.
  public var count: Int { state.count }

  /// Writes the phasors e^{i phi} of all oscillators at `time` to `result` (N numbers). Between the
  /// step's ends this integrates from its start again, without a product, to the order of the step.
  ///
  /// - Precondition: `time` lies within the step.
  public func phasors(at time: Double, into result: UnsafeMutablePointer<Complex>) {
    precondition(time >= start && time <= end, "a time within the step")
    if time == end {
      state.copyPhasors(state.phasors, into: result)
    } else if time == start {
      state.copyPhasors(state.phasorsNext, into: result)
    } else {
      flow.interpolate(state, at: time, into: result)
    }
  }
}
