/// How cells are measured.
public struct CharacterisationSettings: Sendable {
  /// Kelvin, unless a curve is over the temperature.
  public static let temperature = 300.0

  /// Volts.
  public var supply: Double
  /// Bias currents of an oscillator's curve, over the threshold.
  public var biasRatios = [1.05, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6]
  /// The same over the cell's own bias, where a cell tells no threshold.
  public var biasRatiosOfDesign = [0.95, 0.975, 1, 1.025, 1.05]
  /// Kelvin.
  public var temperatures = [250.0, 275, 300, 325, 350]
  /// Supplies of a delay's curve, over `supply`.
  public var supplyRatios = [0.75, 0.875, 1, 1.125, 1.25]
  /// Loads of a delay's curve, over the cell's own.
  public var loadRatios = [0.5, 1, 1.5, 2, 3]
  /// Memristances of a delay's curve, equally spaced in the logarithm.
  public var memristanceCount = 9
  /// Phases of a synapse's curve, over a turn.
  public var phaseCount = 24
  /// Seconds: a delay's input goes from rail to rail in this time.
  public var inputEdge = 20e-12

  public init(supply: Double = 0.8) { self.supply = supply }
}
