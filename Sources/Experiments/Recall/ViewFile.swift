import Foundation
public import Schematic

/// Views files: JSON, schema 1 (docs/views.md).
public enum ViewFile {
  /// - Throws: `Faults` "unreadable-views", "bad-views", "unknown-views-schema".
  public static func read(_ card: ViewsCard) throws(Faults) -> ViewLibrary {
    let url = URL(fileURLWithPath: card.path)
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw Faults([
        Fault(
          "unreadable-views", "cannot read the views file '\(card.path)'", at: card.origin,
          help: "the path is relative to the file in which .views stands")
      ])
    }
    let library: ViewLibrary
    do {
      library = try JSONDecoder().decode(ViewLibrary.self, from: data)
    } catch {
      throw Faults([
        Fault(
          "bad-views", "'\(card.path)' is not a views file: \(reason(error))", at: card.origin)
      ])
    }
    guard library.schema == 1 else {
      throw Faults([
        Fault(
          "unknown-views-schema",
          "'\(card.path)' has schema \(library.schema); this version reads schema 1",
          at: card.origin)
      ])
    }
    return library
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
