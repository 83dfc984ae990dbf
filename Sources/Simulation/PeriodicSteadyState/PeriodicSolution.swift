public import Numerics

/// A periodic steady state and what follows from it.
public struct PeriodicSolution {
  /// What finding it took, and how good it is.
  public struct Quality: Sendable {
    /// Of the last refinement of the mesh: the estimated relative error of the period and of the
    /// waveforms (in parts of the unknowns' largest values).
    public var periodError = 0.0
    public var waveformError = 0.0
    /// Of an oscillator: by how much one period changes the direction of its flow, which a perfect
    /// linearisation leaves alone; in parts of it. Kinks of device models show here first.
    public var flowError = 0.0
    /// In how many directions a deviation neither grows nor fades, shifts in time apart.
    public var neutralDirections = 0
    public var intervals = 0
    public var refinements = 0
    /// Newton iterations in all.
    public var iterations = 0
    /// Seconds of transient analysis before.
    public var stabilisationTime = 0.0
    /// Whether the errors are below the card's tolerance.
    public var isAccurate = false
  }

  /// Whether the circuit oscillates by itself.
  public let isAutonomous: Bool
  public var orbit: PeriodicOrbit { system.orbit }
  public let multipliers: FloquetMultipliers
  /// Of oscillators.
  public let projection: PerturbationProjection?
  public let noise: PhaseNoise?
  public let quality: Quality
  let system: CollocationEquations

  /// Seconds.
  public var period: Double { orbit.period }
  /// Hertz.
  public var frequency: Double { 1 / orbit.period }

  /// "node x1.out", "current of v1": what row or unknown `index` (ground removed) is.
  public func name(of index: Int) -> String { system.equations.name(of: index + 1) }

  /// The circuit at a stage of the orbit; its abscissa is the time from phase 0. Valid until the
  /// equations are next evaluated.
  public func point(atStage stage: Int) -> SolutionPoint {
    SolutionPoint(
      abscissa: orbit.period * orbit.phase(ofStage: stage),
      evaluation: system.point(atStage: stage), temperature: system.equations.circuit.temperature)
  }

  /// The circuit at a phase from 0 to 1, as `point(atStage:)`.
  public func point(at phase: Double) -> SolutionPoint {
    let equations = system.equations
    system.prepare(stage: 0)
    let time = system.startTime + (system.isDriven ? phase * orbit.period : 0)
    let (x, rates) = (orbit.state(at: phase), orbit.rates(at: phase))
    x.withUnsafeBufferPointer { x in
      rates.withUnsafeBufferPointer { equations.loadPoint(time, x.baseAddress!, $0.baseAddress!) }
    }
    return SolutionPoint(
      abscissa: orbit.period * phase, evaluation: equations.pointEvaluation,
      temperature: equations.circuit.temperature)
  }

  /// The Fourier coefficients of a quantity known at the stages: x(t) is the sum over all m of
  /// X_m exp(j 2 pi m t / T), X_-m the conjugate of X_m; from 0 to `count`.
  public func harmonics(of values: [Double], count: Int) -> [Complex] {
    (0...count).map { number in
      var sum = Complex.zero
      for (stage, value) in values.enumerated() {
        let angle = -2 * Double.pi * Double(number) * orbit.phase(ofStage: stage)
        sum +=
          (orbit.weight(ofStage: stage) / orbit.period * value)
          * Complex(modulus: 1, argument: angle)
      }
      return sum
    }
  }
}
