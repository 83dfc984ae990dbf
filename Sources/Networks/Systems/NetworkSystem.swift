public import Integration

/// What the envelope and the phase equations have in common for those who run them.
///
/// A state is a batch of trials, one after the other, each of N oscillators with
/// `componentsPerOscillator` numbers.
public protocol NetworkSystem: StochasticSystem {
  /// Oscillators N.
  var oscillatorCount: Int { get }
  var trials: Int { get }
  /// 2 for complex amplitudes, 1 for phases.
  var componentsPerOscillator: Int { get }

  /// One trial's state at the start: free-running oscillators with these phases (rad).
  func initialState(phases: [Double]) -> [Double]

  /// The phases (rad) of one trial's state.
  func phases(of trialState: UnsafePointer<Double>) -> [Double]

  /// What each trial does at one time, as far as its energy depends on it.
  func activity(
    at time: Double, of state: UnsafePointer<Double>, coupling index: Int
  ) -> [NetworkActivity]

  /// An upper estimate of the fastest rate in the equations near their attractor, 1/s: what a
  /// fixed step must resolve.
  var fastestRate: Double { get }
}
