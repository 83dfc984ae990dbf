import Numerics
import Schematic

/// The lossless line: each port is z0 in series with what left the other port td earlier.
enum TransmissionLine: Device {
  static let description = DeviceDescription(
    letter: "T", name: "transmission line",
    summary: "A lossless transmission line.",
    terminals: ["a+", "a-", "b+", "b-"],
    instanceParameters: [
      Parameter(
        "z0", aliases: ["zo"], unit: "ohm", range: .positive, required: true,
        "Characteristic impedance."),
      Parameter("td", unit: "s", range: .positive, "Delay; or f and nl give it."),
      Parameter("f", unit: "Hz", range: .positive, "Frequency at which nl is given."),
      Parameter(
        "nl", unit: "1", default: 0.25, range: .positive, "Length in wavelengths at f."),
      Parameter("ic.v1", unit: "V", "Voltage of port a at the start of a transient analysis."),
      Parameter("ic.i1", unit: "A", "Current of port a at the start of a transient analysis."),
      Parameter("ic.v2", unit: "V", "Voltage of port b at the start of a transient analysis."),
      Parameter("ic.i2", unit: "A", "Current of port b at the start of a transient analysis."),
    ],
    source: "F. H. Branin Jr., Proc. IEEE 55 (1967) 2012",
    notes: """
      With v and i the voltage and the current into a port, and T the delay, `td` or `nl`/`f`,

          va(t) - z0 ia(t) = vb(t - T) + z0 ib(t - T)
          vb(t) - z0 ib(t) = va(t - T) + z0 ia(t - T)

      The right-hand sides are delayed unknowns, read as those of the ideal delay (YDELAY) are: a \
      line shorter than a step costs nothing, and corners arrive exactly. At an operating point \
      the line is a pair of wires from port to port. The line conducts only within each port: the \
      two ports need a path to ground each.

      `ic` counts where the analysis imposes initial conditions (uic); ports not given start at 0 \
      V and 0 A, and the line is then as if these had held for ever.

      The line turns no power into heat. Its energy changes by the power absorbed at both ports; \
      at a steady start it is T (v^2/z0 + z0 i^2) / 2.

          T1 in 0 out 0 z0=50 td=1n
      """)

  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let bank = TransmissionLineBank()
    var faults: [Fault] = []
    for index in input.instances {
      let values = input.values(index)
      guard
        let delay = values.written("td") ?? values.written("f").map({ values.number("nl") / $0 })
      else {
        faults.append(
          Fault(
            "missing-parameter", "a transmission line needs 'td', or 'f'",
            at: values.instance.origin, help: "give td=, or f= with nl= wavelengths"))
        continue
      }
      guard let impedance = values.written("z0") else {
        faults.append(
          Fault(
            "missing-parameter", "a transmission line needs 'z0'", at: values.instance.origin))
        continue
      }
      add(values, impedance: impedance, delay: delay, to: bank, layout)
    }
    if !faults.isEmpty { throw Faults(faults) }
    return [bank]
  }

  private static func add(
    _ values: DeviceValues, impedance: Double, delay: Double, to bank: TransmissionLineBank,
    _ layout: EquationLayout
  ) {
    let nodes = values.instance.terminals
    let index = values.index
    let currents = [
      layout.add(.current, instance: index, "current a"),
      layout.add(.current, instance: index, "current b"),
    ]
    layout.register(branch: currents[0], of: values.instance.name)
    /// What left `port`, when it arrives at the other one.
    func arriving(from port: Int) -> Int32 {
      let voltage = values.written(port == 0 ? "ic.v1" : "ic.v2") ?? 0
      let current = values.written(port == 0 ? "ic.i1" : "ic.i2") ?? 0
      return layout.delay(
        [
          .init(unknown: nodes[2 * port], coefficient: 1),
          .init(unknown: nodes[2 * port + 1], coefficient: -1),
          .init(unknown: currents[port], coefficient: impedance),
        ], by: delay, instance: index, initial: voltage + impedance * current)
    }
    let arrivals = [arriving(from: 1), arriving(from: 0)]
    bank.store.append(
      instance: index, unknowns: nodes + currents + arrivals,
      BraninLine(impedance: impedance, delay: delay))
  }
}

/// Branin's equations of the two ports.
struct BraninLine: LocalEquations {
  typealias Partials = SIMD8<Double>
  static let terminalCount = 4
  /// a+, a-, b+, b-, the currents into the ports, what arrives at a and at b.
  static let unknownCount = 8
  static let dissipates = false
  static let isLinear = true

  let impedance: Double
  let delay: Double

  static func couples(_ row: Int, _ column: Int) -> Bool {
    switch row {
    case 0, 1: column == 4
    case 2, 3: column == 5
    case 4: column == 0 || column == 1 || column == 4 || column == 6
    case 5: column == 2 || column == 3 || column == 5 || column == 7
    default: false
    }
  }

  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    frame.flow(from: 0, to: 1, frame[4])
    frame.flow(from: 2, to: 3, frame[5])
    frame.add(4, frame[0] - frame[1] - impedance * frame[4] - frame[6])
    frame.add(5, frame[2] - frame[3] - impedance * frame[5] - frame[7])
  }

  func dissipation(_ frame: LocalFrame<Double>) -> Double { 0 }

  /// That of a line which has been carrying its present waves for as long as its delay.
  func storedEnergy(_ frame: LocalFrame<Double>) -> Double {
    let a = frame[0] - frame[1] + impedance * frame[4]
    let b = frame[2] - frame[3] + impedance * frame[5]
    return delay * (a * a + b * b) / (4 * impedance)
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    switch name {
    case "i1": frame[4]
    case "i2": frame[5]
    case "v1": frame[0] - frame[1]
    case "v2": frame[2] - frame[3]
    default: nil
    }
  }
}

final class TransmissionLineBank: LocalBank {
  let store = LocalStore<BraninLine>()
  var storesAbsorbedPower: Bool { true }
}
