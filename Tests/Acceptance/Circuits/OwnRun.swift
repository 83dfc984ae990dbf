import Foundation
import TestSupport

/// One run of the built program on a deck, and the table it writes.
struct OwnRun {
  let abscissa: [Double]
  let columns: [String: [Double]]

  init(_ deck: SharedDeck, in folder: URL) throws {
    try self.init(deck.ownText, analysis: deck.analysis, in: folder)
  }

  init(_ text: String, analysis: String = "tran", in folder: URL) throws {
    let file = folder.appendingPathComponent("own.cir")
    try text.write(to: file, atomically: true, encoding: .utf8)
    let run = try BuiltProgram.run(
      "run", file.path, "--format", "csv", "-o", folder.path, "--quiet")
    guard run.status == 0 else {
      throw BuiltProgram.Failure(description: "status \(run.status): \(run.errors)")
    }
    let table = try String(
      contentsOf: folder.appendingPathComponent("own.cir.\(analysis).csv"), encoding: .utf8)
    let rows = table.split(separator: "\n").map { $0.split(separator: ",") }
    guard let heads = rows.first else {
      throw BuiltProgram.Failure(description: "the table is empty")
    }
    let names = heads.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
    var found: [[Double]] = Array(repeating: [], count: names.count)
    for row in rows.dropFirst() {
      for (column, word) in row.enumerated() { found[column].append(Double(word) ?? .nan) }
    }
    abscissa = found[0]
    columns = Dictionary(uniqueKeysWithValues: zip(names, found))
  }

  /// A column by what was printed, in lower case.
  func values(_ name: String) -> [Double]? { columns[name.lowercased()] }
}
