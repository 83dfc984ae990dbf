import Numerics
public import Schematic

extension DeviceDescription {
  /// File name of its manual page, without extension: "voltage-source".
  public var pageName: String {
    String(name.lowercased().map { $0 == " " ? "-" : $0 })
  }
}

/// The manual page of a device, made from its table and what its defaults come to.
public enum DevicePage {
  /// `docs/devices/<pageName>.md`.
  public static func markdown(for device: DeviceDescription) -> String {
    var page = "# \(device.letter): \(device.name)\n\n\(device.summary)\n\n"
    page += "    \(syntax(of: device))\n\n"
    if !device.terminals.isEmpty {
      page += "Terminals: \(device.terminals.joined(separator: ", "))"
      if !device.optionalTerminals.isEmpty {
        page += "; optional: \(device.optionalTerminals.joined(separator: ", "))"
      }
      page += ".\n\n"
    }
    if !device.notes.isEmpty { page += "## Equations\n\n\(device.notes)\n\n" }
    page += "## Instance parameters\n\n" + table(device.instanceParameters)
    for (index, model) in device.models.enumerated() {
      let level = model.level.map { " level=\($0)" } ?? ""
      page += "\n## `.model <name> \(model.type)\(level)`\n\n\(model.summary)\n\n"
      if let twin = device.models[..<index].first(where: { $0.twins(model) }) {
        let twinLevel = twin.level.map { " level=\($0)" } ?? ""
        page += "Parameters: those of `\(twin.type)\(twinLevel)`.\n"
      } else {
        page += table(model.parameters)
      }
    }
    if let derived = try? DerivedQuantities(of: device), !derived.values.isEmpty {
      page += "\n## What follows from the parameters\n\n"
      page += "`N(\(device.letter)!<name>:<quantity>)` prints them, `oscine devices` with `-p`.\n\n"
      page += "| quantity | unit | of the defaults | meaning |\n| --- | --- | --- | --- |\n"
      for (quantity, value) in zip(device.derived, derived.values) {
        page += "| `\(quantity.name)` | \(quantity.unit) | \(shortText(value)) "
        page += "| \(quantity.summary) |\n"
      }
    }
    return page + "\n## Source\n\n\(device.source)\n"
  }

  /// The same for a terminal: aligned columns, at most 100 wide where the words allow it.
  ///
  /// - Parameter derived: of the defaults, or of other parameters.
  public static func text(for device: DeviceDescription, derived: DerivedQuantities) -> String {
    var page = "\(device.letter): \(device.name)\n\(device.summary)\n\n"
    page += "  \(syntax(of: device))\n\nInstance parameters\n" + columns(device.instanceParameters)
    for (index, model) in device.models.enumerated() {
      let level = model.level.map { " level=\($0)" } ?? ""
      page += "\n.model <name> \(model.type)\(level)\n\(model.summary)\n"
      if let twin = device.models[..<index].first(where: { $0.twins(model) }) {
        page += "  parameters: those of \(twin.type)\n"
      } else {
        page += columns(model.parameters)
      }
    }
    if !derived.values.isEmpty {
      page += "\nWhat follows from the parameters\n"
      page += columns(
        zip(device.derived, derived.values).map {
          ([$0.name, $0.unit, shortText($1)], $0.summary)
        })
      if !derived.missing.isEmpty {
        page += "  -  needs \(derived.missing.joined(separator: " and ")): "
        page += derived.missing.map { "-p \($0)=<value>" }.joined(separator: " ") + "\n"
      }
    }
    return page + "\nSource\n  \(device.source)\n"
  }

  /// `YSTO <name> n+ n- [field+ field-] <model> [mx=...]`
  public static func syntax(of device: DeviceDescription) -> String {
    var words = [device.letter.count == 1 ? "\(device.letter)<name>" : "\(device.letter) <name>"]
    words += device.terminals
    if !device.optionalTerminals.isEmpty {
      words.append("[\(device.optionalTerminals.joined(separator: " "))]")
    }
    if device.letter == "K" { words += ["<inductor>", "<inductor>", "[...]", "<k>"] }
    if device.letter == "W" { words.append("<source>") }
    if device.modelRequired {
      words.append(device.letter.hasPrefix("Y") ? "model=<model>" : "<model>")
    } else if !device.models.isEmpty {
      words.append("[<model>]")
    }
    if let required = device.instanceParameters.first(where: \.required), device.terminals.count > 2
    {
      words.append("\(required.name)=<value>")
    }
    if device.letter != "K" { words.append("[<parameter>=<value> ...]") }
    return words.joined(separator: " ")
  }

  private static func table(_ parameters: [DeviceDescription.Parameter]) -> String {
    guard !parameters.isEmpty else { return "None.\n" }
    var text = "| name | unit | default | range | meaning |\n| --- | --- | --- | --- | --- |\n"
    for parameter in parameters {
      let names = ([parameter.name] + parameter.aliases).map { "`\($0)`" }
      text += "| \(names.joined(separator: ", ")) | \(parameter.unit) "
      text +=
        "| \(defaultText(parameter)) | \(parameter.rangeText ?? "") | \(parameter.summary) |\n"
    }
    return text
  }

  private static func columns(_ parameters: [DeviceDescription.Parameter]) -> String {
    columns(
      parameters.map { ([$0.name, $0.unit, defaultText($0), rangeText($0)], $0.summary) })
  }

  private static func columns(_ rows: [(cells: [String], summary: String)]) -> String {
    let widths = (rows.first?.cells ?? []).indices.map { column in
      rows.map { $0.cells[column].count }.max() ?? 0
    }
    var text = ""
    for (row, summary) in rows {
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      text += "  " + cells.joined(separator: "  ") + "  " + summary + "\n"
    }
    return text
  }

  /// Four digits; "-" for what is no number.
  private static func shortText(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "-" : "inf" }
    guard value != 0 else { return "0" }
    let exponent = (naturalLogarithm(abs(value)) / naturalLogarithm(10)).rounded(.down) - 3
    let digits = (value * power(10, -exponent)).rounded()
    // one exact operation, so that the shortest text that reads back is short
    let rounded =
      exponent < 0
      ? digits / power(10, -exponent).rounded() : digits * power(10, exponent).rounded()
    return DeviceDescription.numberText(rounded)
  }

  private static func rangeText(_ parameter: DeviceDescription.Parameter) -> String {
    parameter.kind == .flag ? "" : parameter.rangeText ?? ""
  }

  private static func defaultText(_ parameter: DeviceDescription.Parameter) -> String {
    if parameter.required { return "required" }
    guard let value = parameter.defaultValue else { return "-" }
    if parameter.kind == .flag { return value == 0 ? "no" : "yes" }
    return DeviceDescription.numberText(value)
  }
}

extension DeviceDescription.Model {
  /// Whether another model of the same level takes the same parameters.
  fileprivate func twins(_ other: DeviceDescription.Model) -> Bool {
    level == other.level && parameters.map(\.name) == other.parameters.map(\.name)
  }
}
