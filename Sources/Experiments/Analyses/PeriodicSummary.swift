public import Numerics
import Schematic
public import Simulation

/// What a periodic steady state tells beside its waveforms.
public struct PeriodicSummary: Sendable {
  /// What small currents into one node do.
  public struct Row: Sendable {
    /// "node out", "x of ymemristor!m1".
    public var name: String
    /// Stage by stage, seconds per unit of the row and second: at a node s/C.
    public var values: [Double]
    /// Fourier coefficients from 0 on.
    public var harmonics: [Complex]
    public var isNode: Bool
  }

  /// Hertz.
  public var frequency: Double
  public var isAutonomous: Bool
  public var multipliers: FloquetMultipliers
  public var quality: PeriodicSolution.Quality
  /// Fourier coefficients of each printed quantity, from 0 on.
  public var harmonics: [[Complex]]
  /// Of oscillators: the perturbation projection vector, row by row, at `times`.
  public var projection: [Row] = []
  /// Seconds from phase 0.
  public var times: [Double] = []
  public var normalisationError = 0.0
  public var noise: PhaseNoise?
  /// Hertz beside the carrier.
  public var offsets: [Double] = []

  /// Seconds.
  public var period: Double { 1 / frequency }

  init(
    _ solution: PeriodicSolution, _ card: PeriodicSteadyStateCard, harmonics: [[Complex]],
    nodeCount: Int
  ) {
    frequency = solution.frequency
    isAutonomous = solution.isAutonomous
    multipliers = solution.multipliers
    quality = solution.quality
    self.harmonics = harmonics
    guard let projection = solution.projection else { return }
    let orbit = solution.orbit
    times = (0..<orbit.stageCount).map { orbit.period * orbit.phase(ofStage: $0) }
    self.projection = (0..<projection.rowCount).map { row in
      Row(
        name: solution.name(of: row), values: projection.values(ofRow: row),
        harmonics: (0...card.harmonicCount).map { projection.harmonic($0, ofRow: row) },
        isNode: row + 1 < nodeCount)
    }
    normalisationError = projection.normalisationError
    noise = solution.noise
    offsets = card.offsets?.values ?? Self.usualOffsets(frequency)
  }

  /// Five a decade, from a millionth to a tenth of the frequency.
  private static func usualOffsets(_ frequency: Double) -> [Double] {
    let first = decimalLogarithm(frequency).rounded(.down) - 6
    return (0...25).map { power(10, first + Double($0) / 5) }
  }

  /// Hertz an ampere into the node: how far off its own frequency a small sinusoidal current near
  /// `number` times it holds the oscillator.
  public func lockHalfRange(_ number: Int, _ row: Row) -> Double {
    guard number < row.harmonics.count else { return .nan }
    return Double(number) * frequency * row.harmonics[number].modulus
  }
}
