import Schematic

typealias Parameter = DeviceDescription.Parameter
typealias Derived = DeviceDescription.Derived

/// Ranges that many parameters share; infinite ends are shown as inequalities.
extension ClosedRange<Double> {
  /// Above zero, in the sense that zero itself is refused.
  static let positive = Double.leastNormalMagnitude...Double.infinity
  static let nonnegative = 0...Double.infinity
  static let fraction = 0.0...1.0
  /// Degrees Celsius above absolute zero.
  static let celsius = -273.15...Double.infinity
}

/// Instance parameters that mean the same on every device that has them.
enum Common {
  static let multiplicity = Parameter(
    "m", unit: "1", default: 1, range: .positive,
    "Number of identical devices connected in parallel.")
  static let temperature = Parameter(
    "temp", unit: "degC", range: .celsius,
    "Temperature of this device; that of the circuit when absent.")
  static let temperatureDifference = Parameter(
    "dtemp", unit: "K", default: 0,
    "Temperature above that of the circuit; ignored when temp is given.")
  static let temperatureNominal = Parameter(
    "tnom", aliases: ["tref"], unit: "degC", default: 27, range: .celsius,
    "Temperature at which the model's parameters were measured.")

  static func temperatureCoefficients(of quantity: String) -> [Parameter] {
    [
      Parameter(
        "tc1", unit: "1/K", default: 0,
        "Linear temperature coefficient of the \(quantity)."),
      Parameter(
        "tc2", unit: "1/K^2", default: 0,
        "Quadratic temperature coefficient of the \(quantity)."),
    ]
  }
}
