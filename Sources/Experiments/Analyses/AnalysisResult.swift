public import Schematic
public import Simulation

/// What came of one analysis of a deck, over all its steps.
public struct AnalysisResult: Sendable {
  /// One step's part.
  public struct Step: Sendable {
    /// Position in the grid.
    public var index: Int
    public var measures: [MeasureResult] = []
    public var harmonics: [HarmonicTable] = []
    /// How the operating point was found.
    public var method: OperatingPoint.Method?
    /// Accepted steps of the solver, and points written.
    public var solverSteps = 0
    public var points = 0
    /// Of an operating point: the printed quantities.
    public var values: [Double] = []
    public var energy: EnergyBalance?
    /// Of a noise analysis: what its band holds.
    public var noise: NoiseTotals?
    /// Things to tell that are no faults.
    public var notes: [String] = []
  }

  public var kind: AnalysisKind
  /// The result file.
  public var path: String
  /// As printed.
  public var labels: [String]
  public var steps: [Step] = []
  /// Why the analysis ended early; nil where it did not, or was interrupted.
  public var failure: AnalysisFailure?
  /// Whether every step reached its end.
  public var isComplete = false
}

/// Supplied = dissipated + change of stored energy, of one transient analysis; joules.
public struct EnergyBalance: Sendable {
  public var supplied: Double
  public var dissipated: Double
  public var stored: Double
  /// The same for each instance, in the circuit's order.
  public var instances: [Row]

  public struct Row: Sendable {
    public var name: String
    public var supplied: Double
    public var dissipated: Double
    public var stored: Double
  }

  /// What does not balance, relative to what was supplied (or moved, where nothing was).
  public var residual: Double {
    let moved = max(abs(supplied), abs(dissipated), abs(stored))
    return moved == 0 ? 0 : abs(supplied - dissipated - stored) / moved
  }
}
