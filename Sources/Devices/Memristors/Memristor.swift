import Numerics
import Schematic

/// The memristor: instance side; each model's parameters stand in a file of its own.
enum Memristor: Device {
  static let description = DeviceDescription(
    letter: "YMEMRISTOR", name: "memristor",
    summary: "A resistance with a state that its current or voltage moves.",
    terminals: ["n+", "n-"],
    instanceParameters: [
      Parameter(
        "xo", aliases: ["x0", "xinit"], unit: "1", range: .fraction,
        "State at the start; level 2 takes none and starts at the resistance ron."),
      Parameter(
        "ic", unit: "1", range: .fraction, "The same as xo; xo counts where both are given."),
      Parameter(
        "ivrelation", unit: "1", default: 0, range: .fraction, kind: .flag,
        "Level 2: 0 for a resistance linear in the state, 1 for an exponential one."),
      Common.multiplicity, Common.temperature, Common.temperatureDifference,
    ],
    models: [
      DeviceDescription.Model(
        type: "memristor", level: 1,
        summary: "Linear ion drift with the windows of Joglekar, Biolek and Prodromakis.",
        parameters: LinearDrift.parameters),
      DeviceDescription.Model(
        type: "memristor", level: 2, summary: "TEAM: a current threshold, then a power law.",
        parameters: ThresholdAdaptive.parameters),
      DeviceDescription.Model(
        type: "memristor", level: 3, summary: "Yakopcic: hyperbolic sine, voltage thresholds.",
        parameters: Yakopcic.parameters),
      DeviceDescription.Model(
        type: "memristor", level: 4,
        summary: "PEM: the state's speed is read from tables of measurements.",
        parameters: PiecewiseEmpirical.parameters),
      DeviceDescription.Model(
        type: "memristor", level: 5,
        summary: "Voltage threshold of Pershin and Di Ventra, as ngspice's code model.",
        parameters: VoltageThreshold.parameters),
      DeviceDescription.Model(
        type: "memristor", level: 6, summary: "VTEAM: a voltage threshold, then a power law.",
        parameters: VoltageAdaptive.parameters),
      DeviceDescription.Model(
        type: "memristor", level: 7,
        summary: "Stanford-PKU: the gap of a filament in a metal oxide cell.",
        parameters: FilamentGap.parameters),
    ],
    modelRequired: true,
    source: """
      D. B. Strukov et al., Nature 453 (2008) 80; Y. N. Joglekar and S. J. Wolf, Eur. J. Phys. 30 \
      (2009) 661; Z. Biolek et al., Radioengineering 18 (2009) 210; T. Prodromakis et al., IEEE \
      Trans. Electron Devices 58 (2011) 3099; S. Kvatinsky et al., IEEE Trans. Circuits Syst. I 60 \
      (2013) 211; C. Yakopcic et al., IEEE Electron Device Lett. 32 (2011) 1436; S. Niroula et al. \
      (2017), piecewise empirical model; Y. V. Pershin and M. Di Ventra, arXiv:1204.2600; \
      S. Kvatinsky et al., IEEE Trans. Circuits Syst. II 62 (2015) 786; X. Guan et al., IEEE \
      Electron Device Lett. 33 (2012) 1405; Z. Jiang et al., SISPAD (2014) 41
      """, notes: notes)

  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let linear = LinearDriftBank()
    let adaptive = ThresholdAdaptiveBank()
    let yakopcic = YakopcicBank()
    let piecewise = PiecewiseEmpiricalBank()
    let threshold = VoltageThresholdBank()
    let voltageAdaptive = VoltageAdaptiveBank()
    let filament = FilamentGapBank()
    var tables = MeasuredTables()
    var faults: [Fault] = []
    for index in input.instances {
      let values = input.values(index)
      do throws(Fault) {
        switch Int(values.modelWritten("level") ?? 1) {
        case 2: ThresholdAdaptive.add(values, input, to: adaptive, layout)
        case 3: Yakopcic.add(values, input, to: yakopcic, layout)
        case 4: try PiecewiseEmpirical.add(values, &tables, to: piecewise, layout)
        case 5: try VoltageThreshold.add(values, to: threshold, layout)
        case 6: try VoltageAdaptive.add(values, to: voltageAdaptive, layout)
        case 7: try FilamentGap.add(values, to: filament, layout)
        default: LinearDrift.add(values, to: linear, layout)
        }
      } catch {
        faults.append(error)
      }
    }
    if !faults.isEmpty { throw Faults(faults) }
    let all: [any Bank] = [
      linear, adaptive, yakopcic, piecewise, threshold, voltageAdaptive, filament,
    ]
    return all.filter { !$0.instances.isEmpty }
  }
}
