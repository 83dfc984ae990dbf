import Devices
import Schematic

/// `oscine devices [NAME]`
enum DevicesCommand: Command {
  static let description = CommandDescription(
    name: "devices",
    summary: "list the devices, or show one with its parameters",
    details: [
      "A device is named by its letter, its name or the type of one of its models. The same tables"
        + " check the parameters that a deck writes."
    ],
    arguments: [
      .init(name: "NAME", count: .optional, summary: "The device to show: a letter, name or model.")
    ],
    options: [CommonOption.json],
    examples: [
      .init(line: "oscine devices", summary: "Lists every device of the deck language."),
      .init(
        line: "oscine devices memristor",
        summary: "Shows the memristor's models with every parameter, unit, default and range."),
    ])

  static func run(_ context: RunContext) throws -> ExitStatus {
    guard let name = context.invocation.arguments.first else {
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
    try context.printer.print(DevicePage.text(for: device))
    try context.printer.print(detail(device))
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

  private static func detail(_ device: DeviceDescription) -> JSON {
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
