import Schematic

/// v(out) = gain v(in, t - td), with no current drawn from in.
enum IdealDelay: Device {
  static let description = DeviceDescription(
    letter: "YDELAY", name: "ideal delay",
    summary: "A voltage that repeats another one after a delay.",
    terminals: ["out+", "out-", "in+", "in-"],
    instanceParameters: [
      Parameter("td", unit: "s", range: .nonnegative, required: true, "Delay."),
      Parameter("gain", unit: "1", default: 1, "Factor on the delayed voltage."),
      Parameter("ic", unit: "V", "Output until td has passed; the operating point when absent."),
      Parameter(
        "bpenabled", unit: "1", default: 1, range: .fraction, kind: .flag,
        "Whether corners of the input are met exactly at the output."),
      Parameter(
        "extrapolation", unit: "1", default: 1, range: .fraction, kind: .flag,
        "Whether delays shorter than the step extrapolate the history."),
      Parameter(
        "linearinterp", unit: "1", default: 0, range: .fraction, kind: .flag,
        "Whether the history is read linearly instead of with the integrator's polynomial."),
    ],
    source: "Xyce Reference Guide, delay element")
}
