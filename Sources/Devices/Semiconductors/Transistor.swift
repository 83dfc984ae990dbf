import Schematic

/// The insulated-gate field-effect transistor: instance side; the models stand in files of their
/// own.
enum Transistor: Device {
  static let description = DeviceDescription(
    letter: "M", name: "MOS transistor", summary: "An insulated-gate field-effect transistor.",
    terminals: ["drain", "gate", "source", "bulk"],
    instanceParameters: [
      Parameter("l", unit: "m", default: 1e-4, range: .positive, "Channel length."),
      Parameter("w", unit: "m", default: 1e-4, range: .positive, "Channel width."),
      Parameter("ad", unit: "m^2", default: 0, range: .nonnegative, "Drain diffusion area."),
      Parameter("as", unit: "m^2", default: 0, range: .nonnegative, "Source diffusion area."),
      Parameter("pd", unit: "m", default: 0, range: .nonnegative, "Drain diffusion perimeter."),
      Parameter("ps", unit: "m", default: 0, range: .nonnegative, "Source diffusion perimeter."),
      Parameter("nrd", unit: "1", default: 1, range: .nonnegative, "Drain's squares of rsh."),
      Parameter("nrs", unit: "1", default: 1, range: .nonnegative, "Source's squares of rsh."),
      Parameter("ic.vds", unit: "V", "Drain-source voltage at the start of a transient analysis."),
      Parameter("ic.vgs", unit: "V", "Gate-source voltage at the start of a transient analysis."),
      Parameter("ic.vbs", unit: "V", "Bulk-source voltage at the start of a transient analysis."),
      Parameter(
        "off", unit: "1", default: 0, range: .fraction, kind: .flag,
        "Whether the operating point starts with the transistor off."),
      Common.multiplicity, Common.temperature, Common.temperatureDifference,
    ],
    models: [
      shichmanHodges("nmos"), shichmanHodges("pmos"), ekv("nmos"), ekv("pmos"),
    ],
    modelRequired: true,
    source: """
      H. Shichman and D. A. Hodges, IEEE J. Solid-State Circuits SC-3 (1968) 285; \
      C. C. Enz, F. Krummenacher and E. A. Vittoz, Analog Integr. Circuits Signal Process. 8 \
      (1995) 83
      """, notes: notes)

  private static func shichmanHodges(_ type: String) -> DeviceDescription.Model {
    DeviceDescription.Model(
      type: type, level: 1,
      summary: "Square law of Shichman and Hodges, with Meyer's or constant capacitances.",
      parameters: ShichmanHodges.parameters)
  }

  private static func ekv(_ type: String) -> DeviceDescription.Model {
    DeviceDescription.Model(
      type: type, level: 260,
      summary: "Smooth from weak to strong inversion, symmetric in drain and source.",
      parameters: EnzKrummenacherVittoz.parameters)
  }
}
