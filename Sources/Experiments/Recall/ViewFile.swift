import Foundation
public import Schematic

/// Views files: JSON, schema 1 (docs/views.md).
public enum ViewFile {
  /// The views that a deck names.
  /// - Throws: `Faults` "unreadable-views", "bad-views", "unknown-views-schema", "stale-view".
  public static func read(_ card: ViewsCard) throws(Faults) -> ViewLibrary {
    let library = try read(card.path, at: card.origin)
    let stale = library.cells.compactMap { staleness($0, card) }
    if !stale.isEmpty { throw Faults(stale) }
    return library
  }

  /// The views of a file, fresh or stale.
  /// - Throws: `Faults` "unreadable-views", "bad-views", "unknown-views-schema".
  public static func read(
    _ path: String, at origin: Origin = .none
  ) throws(Faults) -> ViewLibrary {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw Faults([
        Fault(
          "unreadable-views", "cannot read the views file '\(path)'", at: origin,
          help: "the path is relative to the file in which .views stands")
      ])
    }
    let library: ViewLibrary
    do {
      library = try JSONDecoder().decode(ViewLibrary.self, from: data)
    } catch {
      throw Faults([
        Fault("bad-views", "'\(path)' is not a views file: \(reason(error))", at: origin)
      ])
    }
    guard library.schema == 1 else {
      throw Faults([
        Fault(
          "unknown-views-schema",
          "'\(path)' has schema \(library.schema); this version reads schema 1", at: origin)
      ])
    }
    return library
  }

  /// The text of a views file: keys sorted, so that equal views are equal files.
  public static func text(_ library: ViewLibrary) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(library) else {
      preconditionFailure("measured values are finite")
    }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  /// What is wrong with a measured view whose cell's text is no longer the one it was measured on.
  private static func staleness(_ view: View, _ card: ViewsCard) -> Fault? {
    guard let provenance = view.provenance else { return nil }
    let folder = URL(fileURLWithPath: card.path).deletingLastPathComponent()
    let file = folder.appendingPathComponent(provenance.file).standardized.path
    let digest = CellText.digest(ofFile: file)
    if digest == provenance.digest { return nil }
    let what =
      digest == nil ? "is not there to compare with" : "has changed since the cell was measured"
    return Fault(
      "stale-view", "the view of cell '\(view.cell)' is stale: '\(file)' \(what)",
      at: card.origin, help: "measure it again: oscine characterize \(provenance.file)")
  }

  private static func reason(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    func place(_ context: DecodingError.Context) -> String {
      context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
        .joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context):
      return "no '\(key.stringValue)' in \(place(context).isEmpty ? "it" : place(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "wrong type at \(place(context).isEmpty ? "its top level" : place(context))"
    case .dataCorrupted: return "it is no valid JSON"
    @unknown default: return "it is no valid JSON"
    }
  }
}
