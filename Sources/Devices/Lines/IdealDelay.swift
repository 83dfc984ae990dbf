import Numerics
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
      Parameter(
        "ic", unit: "V", "Input before the start of a transient analysis that imposes ic= (uic)."),
      Parameter(
        "bpenabled", unit: "1", default: 1, range: .fraction, kind: .flag,
        "Whether corners of the input are met exactly at the output."),
      Parameter(
        "extrapolation", unit: "1", default: 1, range: .fraction, kind: .flag,
        "Taken for decks of Xyce; the history is never extrapolated here."),
      Parameter(
        "linearinterp", unit: "1", default: 0, range: .fraction, kind: .flag,
        "Whether the history is read linearly instead of with the integrator's polynomial."),
    ],
    source: "Xyce Reference Guide, delay element",
    notes: """
      v(out+, out-) = `gain` v(in+, in-) at the time t - `td`. The input draws no current; the \
      output is a voltage source whose current flows from out+ through the element to out-.

      At an operating point the output is `gain` times the present input; in small-signal \
      analyses it is `gain` exp(-j omega `td`) times the input's amplitude. Before t = `td` the \
      input of t < 0 is read: the operating point's, or `ic` where the analysis imposes initial \
      conditions.

      The delayed voltage is an unknown of its own. Where `td` is longer than a step its value is \
      known; where it is shorter, it depends on the voltage still being computed, with the exact \
      derivative of the interpolating polynomial, so that steps are never cut to the delay. \
      Corners and jumps of the input end a step at the output, `td` later, unless `bpenabled=0`. \
      All delays that read one voltage share one history.

      ### Differences from Xyce

      `gain` and `ic` are additions. `extrapolation` has no effect: Xyce extrapolates the history \
      when the delay is below the step, here the present value is part of the polynomial.

          YDELAY d1 out 0 in 0 td=5n
      """)

  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let bank = IdealDelayBank()
    for index in input.instances {
      let values = input.values(index)
      let nodes = values.instance.terminals
      let current = layout.add(.current, instance: index, "current")
      layout.register(branch: current, of: values.instance.name)
      let delayed = layout.delay(
        [
          .init(unknown: nodes[2], coefficient: 1), .init(unknown: nodes[3], coefficient: -1),
        ],
        by: values.number("td"), instance: index, initial: values.written("ic"),
        propagatesCorners: values.number("bpenabled") != 0,
        interpolatesLinearly: values.flag("linearinterp"))
      bank.store.append(
        instance: index, unknowns: nodes + [current, delayed],
        DelayedVoltage(gain: values.number("gain")))
    }
    return [bank]
  }
}

/// v = gain w, with w the input's voltage some time ago: an unknown whose equation is the
/// simulator's.
struct DelayedVoltage: LocalEquations {
  typealias Partials = SIMD8<Double>
  static let terminalCount = 4
  /// out+, out-, in+, in-, the output's current, the delayed voltage.
  static let unknownCount = 6
  static let isLinear = true
  static let isSource = true

  let gain: Double

  static func couples(_ row: Int, _ column: Int) -> Bool {
    switch row {
    case 0, 1: column == 4
    case 4: column == 0 || column == 1 || column == 5
    default: false
    }
  }

  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    frame.flow(from: 0, to: 1, frame[4])
    frame.add(4, frame[0] - frame[1] - gain * frame[5])
  }

  func dissipation(_ frame: LocalFrame<Double>) -> Double { 0 }
}

final class IdealDelayBank: LocalBank {
  let store = LocalStore<DelayedVoltage>()
}
