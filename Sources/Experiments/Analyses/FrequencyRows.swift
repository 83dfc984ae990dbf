import Schematic
import Simulation

/// What an `.ac` or `.noise` card asks for: frequencies, and with a `.data` table what else its
/// rows set, in stretches of rows that set the same.
struct FrequencyRows {
  struct Stretch {
    var settings: [(SweepAxis.Target, Double)]
    var frequencies: [Double]
  }

  var stretches: [Stretch]

  /// - Throws: `Fault` "missing-value" where the table has no column of frequencies.
  init(
    _ points: SweepAxis.Points, data: String?, in circuit: Circuit, at origin: Origin
  ) throws(Fault) {
    let frequencies = try FrequencyList.values(points, data: data, in: circuit, at: origin)
    stretches = [Stretch(settings: [], frequencies: frequencies)]
    for case .data(let card) in circuit.cards where card.name == data {
      let others = card.columns.indices.filter {
        !FrequencyList.columns.contains(card.columns[$0])
      }
      if others.isEmpty { return }
      let targets = others.map { SweepAxis.Target(column: card.columns[$0], in: circuit) }
      stretches = []
      for (row, frequency) in zip(card.rows, frequencies) {
        let values = others.map { row[$0] }
        if let last = stretches.last, last.settings.map(\.1) == values {
          stretches[stretches.count - 1].frequencies.append(frequency)
        } else {
          stretches.append(
            Stretch(settings: Array(zip(targets, values)), frequencies: [frequency]))
        }
      }
      return
    }
  }
}
