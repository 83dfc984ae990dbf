import Schematic

/// The waveforms that the independent sources share. Each value of `PULSE(...)` is the parameter
/// `pulse.<name>`, in the order in which it is written.
enum Waveforms {
  /// Of the manual pages of both sources.
  static let notes = """
    An operating point takes `dc`; a transient, and the operating point before it, the waveform.

        PULSE    v1; from td on up within tr, v2 for pw, down within tf; again every per, np times
        SIN      vo + va sin(2 pi freq (t - td) + phase) e^(-theta (t - td)); its value at td before
        EXP      v1 + (v2 - v1) (1 - e^(-(t - td1)/tau1)), from td2 on back to v1 with tau2
        PWL      straight lines between points; with r the part from there on repeats
        SFFM     vo + va sin(2 pi fc t + phasec + mdi sin(2 pi fs t + phases))
        AM       va (vo + sin(2 pi mf (t - td) + phasem)) sin(2 pi fc (t - td) + phasec)
        PAT      bits of length tsample; edges centred on their boundaries
        TRNOISE  normal numbers of deviation na at multiples of nt, straight lines between them;
                 1/f^nalpha noise of amplitude namp; a telegraph signal of amplitude rtsam

    Corners are met exactly, in any period. Noise depends on the seed and the source, not on steps.

        V1 a 0 DC 1 AC 1 PULSE(0 1 10n 1n 1n 40n 100n)
    """

  /// - Parameter unit: of the source's value: "V" or "A".
  static func parameters(unit: String) -> [Parameter] {
    [
      Parameter(
        "dc", unit: unit, default: 0, kind: .behavioural,
        "Value at the operating point, and at all times when no waveform is given."),
      Parameter("ac.mag", aliases: ["acmag"], unit: unit, "Amplitude in small-signal analyses."),
      Parameter(
        "ac.phase", aliases: ["acphase"], unit: "deg", default: 0,
        "Phase in small-signal analyses."),
      Parameter(
        "waveform", unit: "", kind: .text,
        "Waveform in time: pulse, sin, exp, pwl, sffm, am, pat or trnoise."),
      Common.multiplicity,
    ] + pulse(unit) + sine(unit) + exponential(unit) + piecewiseLinear(unit) + modulated(unit)
      + pattern(unit) + noise(unit)
  }

  private static func pulse(_ unit: String) -> [Parameter] {
    [
      Parameter("pulse.v1", unit: unit, required: true, "Value before the pulse."),
      Parameter("pulse.v2", unit: unit, default: 0, "Value of the pulse."),
      Parameter("pulse.td", unit: "s", default: 0, "Delay before the first rise."),
      Parameter(
        "pulse.tr", unit: "s", range: .nonnegative, "Rise time; the print step when absent or 0."),
      Parameter(
        "pulse.tf", unit: "s", range: .nonnegative, "Fall time; the print step when absent or 0."),
      Parameter(
        "pulse.pw", unit: "s", range: .nonnegative, "Pulse width; the stop time when absent."),
      Parameter(
        "pulse.per", unit: "s", range: .nonnegative, "Period; the stop time when absent."),
      Parameter(
        "pulse.np", unit: "1", default: 0, range: .nonnegative,
        "Number of pulses; 0 goes on for ever."),
    ]
  }

  private static func sine(_ unit: String) -> [Parameter] {
    [
      Parameter("sin.vo", unit: unit, required: true, "Offset."),
      Parameter("sin.va", unit: unit, required: true, "Amplitude."),
      Parameter(
        "sin.freq", unit: "Hz", range: .nonnegative,
        "Frequency; the reciprocal of the stop time when absent."),
      Parameter("sin.td", unit: "s", default: 0, "Delay before the first oscillation."),
      Parameter("sin.theta", unit: "1/s", default: 0, "Damping rate."),
      Parameter("sin.phase", unit: "deg", default: 0, "Phase at the end of the delay."),
    ]
  }

  private static func exponential(_ unit: String) -> [Parameter] {
    [
      Parameter("exp.v1", unit: unit, required: true, "Value at the start."),
      Parameter("exp.v2", unit: unit, required: true, "Value that the rise tends to."),
      Parameter("exp.td1", unit: "s", default: 0, range: .nonnegative, "Delay of the rise."),
      Parameter(
        "exp.tau1", unit: "s", range: .positive, "Time constant of the rise; the print step."),
      Parameter(
        "exp.td2", unit: "s", range: .nonnegative,
        "Delay of the fall; td1 plus the print step when absent."),
      Parameter(
        "exp.tau2", unit: "s", range: .positive, "Time constant of the fall; the print step."),
    ]
  }

  private static func piecewiseLinear(_ unit: String) -> [Parameter] {
    [
      Parameter(
        "pwl.points", unit: "", kind: .numbers,
        "Times in seconds and values in \(unit), alternating, times increasing."),
      Parameter(
        "pwl.file", unit: "", kind: .text,
        "File of two columns, time and value, in place of written points."),
      Parameter(
        "pwl.r", unit: "s", range: -1...Double.infinity,
        "Time from which the points repeat; -1 or absent does not repeat."),
      Parameter("pwl.td", unit: "s", default: 0, "Delay of all the points."),
    ]
  }

  private static func modulated(_ unit: String) -> [Parameter] {
    [
      Parameter("sffm.vo", unit: unit, required: true, "Offset."),
      Parameter("sffm.va", unit: unit, required: true, "Amplitude."),
      Parameter(
        "sffm.fc", unit: "Hz", range: .nonnegative,
        "Carrier frequency; the reciprocal of the stop time when absent."),
      Parameter("sffm.mdi", unit: "1", default: 0, "Modulation index."),
      Parameter(
        "sffm.fs", unit: "Hz", range: .nonnegative,
        "Signal frequency; the reciprocal of the stop time when absent."),
      Parameter("sffm.phasec", unit: "deg", default: 0, "Phase of the carrier."),
      Parameter("sffm.phases", unit: "deg", default: 0, "Phase of the signal."),
      Parameter("am.va", unit: unit, required: true, "Amplitude."),
      Parameter("am.vo", unit: "1", required: true, "Offset of the modulating signal."),
      Parameter(
        "am.mf", unit: "Hz", range: .nonnegative, required: true, "Modulating frequency."),
      Parameter("am.fc", unit: "Hz", range: .nonnegative, required: true, "Carrier frequency."),
      Parameter("am.td", unit: "s", default: 0, "Delay before the first oscillation."),
      Parameter("am.phasem", unit: "deg", default: 0, "Phase of the modulating signal."),
      Parameter("am.phasec", unit: "deg", default: 0, "Phase of the carrier."),
    ]
  }

  private static func pattern(_ unit: String) -> [Parameter] {
    [
      Parameter("pat.vhi", unit: unit, required: true, "Value of a bit 1."),
      Parameter("pat.vlo", unit: unit, required: true, "Value of a bit 0."),
      Parameter("pat.td", unit: "s", required: true, "Delay before the first bit."),
      Parameter("pat.tr", unit: "s", range: .nonnegative, required: true, "Rise time."),
      Parameter("pat.tf", unit: "s", range: .nonnegative, required: true, "Fall time."),
      Parameter(
        "pat.tsample", unit: "s", range: .positive, required: true, "Duration of a bit."),
      Parameter(
        "pat.data", unit: "", kind: .text, required: true, "Bits, led by b: b0110."),
      Parameter(
        "pat.r", aliases: ["rb"], unit: "1", default: 0,
        "How often the bits are repeated; -1 for ever, 0 or less than -1 not at all."),
    ]
  }

  private static func noise(_ unit: String) -> [Parameter] {
    [
      Parameter(
        "trnoise.na", unit: unit, range: .nonnegative, required: true,
        "Standard deviation of the white noise."),
      Parameter(
        "trnoise.nt", unit: "s", range: .nonnegative, required: true,
        "Time step of the white noise."),
      Parameter(
        "trnoise.nalpha", unit: "1", default: 0, range: 0...2, "Exponent of the 1/f noise."),
      Parameter(
        "trnoise.namp", unit: unit, default: 0, range: .nonnegative, "Amplitude of the 1/f noise."),
      Parameter(
        "trnoise.rtsam", unit: unit, default: 0, "Amplitude of the random telegraph signal."),
      Parameter(
        "trnoise.rtscapt", unit: "s", range: .nonnegative, "Mean capture time of a trap."),
      Parameter(
        "trnoise.rtsemt", unit: "s", range: .nonnegative, "Mean emission time of a trap."),
    ]
  }
}
