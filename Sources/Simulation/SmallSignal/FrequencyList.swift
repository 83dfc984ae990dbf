public import Schematic

/// The frequencies of an `.ac` or `.noise` card.
public enum FrequencyList {
  /// What a table may call its column of frequencies.
  public static let columns: Set<String> = ["freq", "frequency", "hertz"]

  /// The values of `points`, or the column `freq` (`frequency`, `hertz`) of the `.data` table
  /// named.
  ///
  /// - Returns: hertz, in the order of the deck.
  /// - Throws: `Fault` "missing-value" where the table has no such column.
  public static func values(
    _ points: SweepAxis.Points, data: String?, in circuit: Circuit, at origin: Origin
  ) throws(Fault) -> [Double] {
    guard let data else { return points.values }
    for case .data(let card) in circuit.cards where card.name == data {
      guard let column = card.columns.firstIndex(where: { columns.contains($0) }) else { break }
      return card.rows.map { $0[column] }
    }
    throw Fault(
      "missing-value", "the table '\(data)' has no column of frequencies", at: origin,
      help: "name one of its columns freq")
  }
}
