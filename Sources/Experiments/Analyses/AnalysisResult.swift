public import Energy
public import Integration
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
    /// What the integration cost; nil outside transient analysis.
    public var statistics: IDA.Statistics?
    /// Points written.
    public var points = 0
    /// Of an operating point: the printed quantities.
    public var values: [Double] = []
    public var energy: EnergyBalance?
    /// Of a noise analysis: what its band holds.
    public var noise: NoiseTotals?
    /// Of a periodic steady state.
    public var periodic: PeriodicSummary?
    /// Things to tell that are no faults.
    public var notes: [String] = []
    /// What looks wrong in the circuit, and was simulated all the same.
    public var warnings: [Fault] = []
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
