import Schematic

/// The tables that switches of voltage and of current share.
enum SwitchModels {
  static let notes = """
    `sw` and `csw` with hysteresis h >= 0 close where the control exceeds threshold + h and open \
    where it falls below threshold - h; in between they keep their state, which is at first that \
    of `on` or `off` (open when neither is written). Both instants are found exactly. Negative h \
    makes the passage smooth, from threshold + h to threshold - h.

    The other models pass smoothly between the control `off` and the control `on`, whichever is \
    greater: with x = (2 c - (on + off)) / (on - off), held to -1...1,

        ln r = (ln ron + ln roff)/2 - (3 x - x^3)/4 ln(roff/ron)

    With `control={expression}` c is the expression, an unknown of its own; it may contain voltages,
    currents, `time` and whatever else a B source may.

    Noise: 4kT/r. All that is absorbed is dissipated.
    """

  static let on = Parameter(
    "ron", unit: "ohm", default: 1, range: .positive, "Resistance when closed.")
  static let off = Parameter(
    "roff", unit: "ohm", default: 1e6, range: .positive, "Resistance when open.")

  static let instanceParameters = [
    Parameter(
      "on", unit: "1", default: 0, range: .fraction, kind: .flag, "Whether it starts closed."),
    Parameter(
      "off", unit: "1", default: 0, range: .fraction, kind: .flag, "Whether it starts open."),
    Common.multiplicity,
  ]

  /// - Parameters:
  ///   - quantity: "voltage" or "current".
  ///   - threshold, width: the parameters' names.
  static func hysteresis(
    _ type: String, _ quantity: String, unit: String, _ threshold: String, _ width: String
  ) -> DeviceDescription.Model {
    let (t, h) = (threshold, width)
    return DeviceDescription.Model(
      type: type, summary: "Switch with a threshold and hysteresis.",
      parameters: [
        Parameter(t, unit: unit, default: 0, "Threshold \(quantity)."),
        Parameter(
          h, unit: unit, default: 0,
          "Hysteresis: closes at \(t) + \(h) and opens at \(t) - \(h); negative makes it smooth."),
        on, off,
      ])
  }

  /// - Parameters:
  ///   - quantity: "Voltage" or "Current".
  ///   - closed, open: names of the controls at which it is closed and open; the former's default.
  static func smooth(
    _ type: String, _ quantity: String, unit: String, _ closed: (name: String, value: Double),
    _ open: String
  ) -> DeviceDescription.Model {
    DeviceDescription.Model(
      type: type, summary: "Switch that passes smoothly from \(open) to \(closed.name).",
      parameters: [
        Parameter(
          closed.name, unit: unit, default: closed.value, "\(quantity) at which it is closed."),
        Parameter(open, unit: unit, default: 0, "\(quantity) at which it is open."),
        on, off,
      ])
  }
}
