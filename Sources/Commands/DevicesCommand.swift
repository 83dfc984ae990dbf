import Devices
import Schematic

/// `oscine devices [NAME]`
enum DevicesCommand: Command {
  static let description = CommandDescription(
    name: "devices",
    summary: "list the devices, or show one with its parameters",
    details: [
      "A device is named by its letter, its name or the type of one of its models. The same tables"
        + " check the parameters that a deck writes. Of an oscillator it also prints what the"
        + " parameters come to: its critical current, its frequency, its thresholds."
    ],
    arguments: [
      .init(name: "NAME", count: .optional, summary: "The device to show: a letter, name or model.")
    ],
    options: [
      .init(
        long: "param", short: "p", value: .assignment, repeatable: true,
        summary: "Set a parameter of the device or its model in place of the default."),
      CommonOption.json,
    ],
    examples: [
      .init(line: "oscine devices", summary: "Lists every device of the deck language."),
      .init(
        line: "oscine devices memristor",
        summary: "Shows the memristor's models with every parameter, unit, default and range."),
      .init(
        line: "oscine devices ysto -p bk=1.8197105 -p bz=17.9m",
        summary: "Shows the critical current and the frequency of another layer."),
    ])

  static func run(_ context: RunContext) throws -> ExitStatus {
    guard let name = context.invocation.arguments.first else {
      guard context.invocation.parameters.isEmpty else {
        throw UsageError("--param needs a device", help: "oscine devices NAME -p name=value")
      }
      try context.printer.print(list())
      try context.printer.print(
        .object(["devices": .array(Catalogue.all.map { summary($0) })]))
      return .done
    }
    guard let device = Catalogue.device(named: name) else {
      throw UsageError(
        "no device '\(name)'",
        help: Catalogue.nearMisses(to: name).first.map { "did you mean '\($0)'?" }
          ?? "'oscine devices' lists them")
    }
    let derived = try derived(device, context.invocation.parameters)
    try context.printer.print(DevicePage.text(for: device, derived: derived))
    try context.printer.print(detail(device, derived))
    return .done
  }

  private static func list() -> String {
    var table = TextTable([("letter", .left), ("device", .left), ("models", .left)])
    for device in Catalogue.all {
      var models: [String] = []
      for model in device.models {
        let text = model.level.map { "\(model.type) \($0)" } ?? model.type
        if !models.contains(text) { models.append(text) }
      }
      table.append([device.letter, device.name, models.joined(separator: ", ")])
    }
    return table.text + "\n'oscine devices NAME' shows one with its parameters.\n"
  }

  private static func fields(_ device: DeviceDescription) -> [String: JSON] {
    [
      "letter": .text(device.letter), "name": .text(device.name), "summary": .text(device.summary),
      "terminals": .array(device.terminals.map { .text($0) }),
      "optionalTerminals": .array(device.optionalTerminals.map { .text($0) }),
      "modelRequired": .bool(device.modelRequired), "source": .text(device.source),
    ]
  }

  private static func summary(_ device: DeviceDescription) -> JSON { .object(fields(device)) }

  private static func detail(_ device: DeviceDescription, _ derived: DerivedQuantities) -> JSON {
    var fields = fields(device)
    fields["instanceParameters"] = .array(device.instanceParameters.map { parameter($0) })
    fields["models"] = .array(
      device.models.map { model in
        .object([
          "type": .text(model.type), "level": model.level.map { .integer($0) } ?? .null,
          "summary": .text(model.summary),
          "parameters": .array(model.parameters.map { parameter($0) }),
        ])
      })
    fields["derived"] = .array(
      zip(device.derived, derived.values).map { quantity, value in
        .object([
          "name": .text(quantity.name), "unit": .text(quantity.unit), "value": .number(value),
          "summary": .text(quantity.summary),
        ])
      })
    return .object(fields)
  }

  private static func parameter(_ parameter: DeviceDescription.Parameter) -> JSON {
    .object([
      "name": .text(parameter.name),
      "aliases": .array(parameter.aliases.map { .text($0) }),
      "unit": .text(parameter.unit),
      "default": .optional(parameter.defaultValue),
      "range": .optional(parameter.rangeText),
      "required": .bool(parameter.required),
      "summary": .text(parameter.summary),
    ])
  }
}
