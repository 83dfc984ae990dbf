import Numerics

/// N oscillators reduced to their phases: d phi/dt = detuning + what they receive + noise.
public struct PhaseOscillators: Sendable, Equatable {
  /// Free-running angular frequency of each in the rotating frame, rad/s.
  public var detuning: [Double]
  /// Diffusion D of each phase, <(delta phi)^2> = D t, rad^2/s.
  public var diffusion: [Double]

  public var count: Int { detuning.count }

  public init(detuning: [Double], diffusion: [Double]? = nil) {
    self.detuning = detuning
    self.diffusion = diffusion ?? [Double](repeating: 0, count: detuning.count)
    precondition(self.diffusion.count == detuning.count, "a diffusion for each oscillator")
  }

  /// What the envelope equation reduces to when amplitudes follow at once.
  public init(_ envelope: EnvelopeOscillators) {
    self.init(
      detuning: (0..<envelope.count).map { envelope[$0].angularFrequency },
      diffusion: (0..<envelope.count).map { envelope[$0].phaseDiffusion })
  }
}
