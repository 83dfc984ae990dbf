import Energy

/// What `oscine run` prints of the energies of one transient analysis.
struct EnergyReport {
  /// Rows of instances; the rest is one row.
  static let rowsMaximum = 20

  let balance: EnergyBalance

  init(_ balance: EnergyBalance) { self.balance = balance }

  var lines: [String] {
    var lines = table("energy [J]", largest(balance.instances), total: true)
    let parts = balance.cells.filter { $0.count > 0 }
    if !parts.isEmpty { lines += [""] + table("by subcircuit", largest(parts)) }
    lines += [""] + table("by kind", balance.kinds)
    let terms = [
      "supplied \(number(balance.total.supplied))",
      "dissipated \(number(balance.total.dissipated))",
      "stored \(number(balance.total.stored))",
    ]
    lines += ["", "  energy balance: " + terms.joined(separator: ", ")]
    if balance.impulses != 0 {
      lines[lines.count - 1] += ", lost in jumps \(number(balance.impulses))"
    }
    lines[lines.count - 1] += "; residual \(Quantity.text(balance.residual, digits: 3))"
    return lines
  }

  /// The largest rows by size; what is left over is summed.
  private func largest(_ rows: [EnergyBalance.Row]) -> [EnergyBalance.Row] {
    let sorted = rows.enumerated()
      .sorted { ($1.element.size, $0.offset) < ($0.element.size, $1.offset) }.map(\.element)
    guard sorted.count > Self.rowsMaximum else { return sorted }
    var shown = Array(sorted.prefix(Self.rowsMaximum - 1))
    let rest = sorted.dropFirst(shown.count)
    var row = EnergyBalance.Row(name: "\(rest.count) others")
    for one in rest {
      row.supplied += one.supplied
      row.dissipated += one.dissipated
      row.stored += one.stored
    }
    shown.append(row)
    return shown
  }

  private func table(
    _ heading: String, _ rows: [EnergyBalance.Row], total: Bool = false
  ) -> [String] {
    var text = TextTable([
      (heading, .left), ("supplied", .right), ("dissipated", .right), ("stored", .right),
    ])
    for row in rows + (total ? [balance.total] : []) {
      text.append([row.name, number(row.supplied), number(row.dissipated), number(row.stored)])
    }
    return text.text.split(separator: "\n").map { "  \($0)" }
  }

  private func number(_ value: Double) -> String { Quantity.text(value, digits: 6) }

  var json: JSON {
    .object([
      "supplied": .number(balance.total.supplied), "dissipated": .number(balance.total.dissipated),
      "stored": .number(balance.total.stored), "impulses": .number(balance.impulses),
      "delivered": .number(balance.delivered),
      "initially_stored": .number(balance.initiallyStored),
      "residual": .number(balance.residual),
      "instances": rows(balance.instances), "subcircuits": rows(balance.cells),
      "kinds": rows(balance.kinds),
    ])
  }

  private func rows(_ rows: [EnergyBalance.Row]) -> JSON {
    .array(
      rows.map { row in
        .object([
          "name": .text(row.name), "count": .integer(row.count),
          "supplied": .number(row.supplied), "dissipated": .number(row.dissipated),
          "stored": .number(row.stored),
        ])
      })
  }
}
