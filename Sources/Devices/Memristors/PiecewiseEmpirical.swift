import Schematic

/// i = x h(v); dx/dt = g(v) f(x), f read from two measured tables.
enum PiecewiseEmpirical {
  static let parameters = [
    Parameter("i1", unit: "A", default: 1, "Current amplitude for v >= 0."),
    Parameter("i2", unit: "A", default: 1, "Current amplitude for v < 0."),
    Parameter("v1", unit: "V", default: 1, range: .positive, "Voltage scale for v >= 0."),
    Parameter("v2", unit: "V", default: 1, range: .positive, "Voltage scale for v < 0."),
    Parameter("g0", unit: "S", default: 1, "Linear conductance."),
    Parameter("vp", unit: "V", default: 0.01, "Threshold for v > 0."),
    Parameter("vn", unit: "V", default: -0.01, "Threshold below which the state falls."),
    Parameter("d1", unit: "V", default: 1, "Voltage scale of the speed for v > vp."),
    Parameter("d2", unit: "V", default: 1, "Voltage scale of the speed for v <= vn."),
    Parameter("c1", unit: "1/s", default: 1, "Speed for v >= 0."),
    Parameter("c2", unit: "1/s", default: 1, "Speed for v < 0."),
    Parameter(
      "fxpdata", unit: "", kind: .text,
      "File of two columns, state and f+ (filep.dat when absent)."),
    Parameter(
      "fxmdata", unit: "", kind: .text,
      "File of two columns, state and f- (filem.dat when absent)."),
  ]
}
