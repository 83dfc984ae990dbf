import Foundation
import TestSupport
import Testing

/// A deck that ngspice and Oscine both read.
///
/// Comments in its head say what the comparison needs: `* free oscillator: v(x)` that nothing drives
/// the circuit, so that periods of v(x) are compared and phases are not; `* reference step: 1n`
/// the largest step of ngspice, where a quarter of the print step is not fine enough.
struct SharedDeck: CustomTestStringConvertible, Sendable {
  let name: String
  let lines: [String]

  static let folder = Repository.file("Tests/Acceptance/Circuits/Shared")
  static let all: [SharedDeck] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".cir") }.sorted().compactMap { try? SharedDeck($0) }
  }()

  init(_ file: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(file), encoding: .utf8)
    name = String(file.dropLast(4))
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  var testDescription: String { name }

  private func remark(_ key: String) -> String? {
    lines.first { $0.hasPrefix("* \(key):") }
      .map { $0.dropFirst(key.count + 3).trimmingCharacters(in: .whitespaces) }
  }

  /// The words behind a card's name, in lower case.
  private func card(_ name: String) -> [String]? {
    let found = lines.first { $0.lowercased().hasPrefix(name + " ") }
    return found.map { $0.lowercased().split(separator: " ").dropFirst().map(String.init) }
  }

  /// The quantity whose period is compared, in lower case.
  var oscillation: String? { remark("free oscillator") }

  var analysis: String { card(".print")?.first ?? "tran" }

  /// What is compared, in lower case.
  var quantities: [String] { Array(card(".print")?.dropFirst() ?? []) }

  /// Seconds: where the reference may place an edge at best.
  var referenceStep: Double {
    if let text = remark("reference step"), let step = Self.number(text) { return step }
    guard let words = card(".tran"), let step = Self.number(words[0]),
      let stop = Self.number(words[1])
    else { return 0 }
    return min(step, stop / 1000) / 4
  }

  /// A number with SPICE's suffix.
  static func number(_ text: String) -> Double? {
    let scales: KeyValuePairs = [
      "meg": 1e6, "g": 1e9, "k": 1e3, "m": 1e-3, "u": 1e-6, "n": 1e-9, "p": 1e-12, "f": 1e-15,
    ]
    for (suffix, scale) in scales where text.lowercased().hasSuffix(suffix) {
      return Double(text.dropLast(suffix.count)).map { $0 * scale }
    }
    return Double(text)
  }

  /// For Oscine: the same, on the solver's own steps.
  var ownText: String {
    lines.map { line in
      guard line.hasPrefix(".tran ") else { return line }
      return ".tran 0 " + line.split(separator: " ").dropFirst(2).joined(separator: " ")
    }.joined(separator: "\n")
  }

  /// For ngspice: the same, with tight tolerances and short steps, everything printed kept.
  var referenceText: String {
    lines.compactMap { line in
      if line.hasPrefix(".options") { return nil }
      if line.hasPrefix(".print") {
        let plain = Set(quantities.map { Quantity($0).plain }).sorted()
        return ".save " + plain.joined(separator: " ")
      }
      if line.hasPrefix(".tran "), let words = card(".tran") {
        let uic = words.contains("uic") ? " uic" : ""
        return ".tran \(words[0]) \(words[1]) 0 \(referenceStep)\(uic)"
      }
      if line.hasPrefix(".end"), !line.hasPrefix(".ends") {
        return ".options reltol=1e-6 abstol=1e-12 vntol=1e-9 chgtol=1e-18 trtol=1 itl4=100\n.end"
      }
      return line
    }.joined(separator: "\n")
  }
}

/// A printed quantity such as v(out) or vm(out).
struct Quantity {
  /// Without the part of a complex number: what ngspice saves.
  let plain: String
  /// r, i, m or nothing.
  let part: Character?

  init(_ text: String) {
    let head = text.prefix { $0 != "(" }
    part = head.count == 2 ? head.last : nil
    plain = String(head.prefix(1)) + text.dropFirst(head.count)
  }

  func value(_ real: Double, _ imaginary: Double) -> Double {
    switch part {
    case "i": imaginary
    case "m": (real * real + imaginary * imaginary).squareRoot()
    default: real
    }
  }
}
