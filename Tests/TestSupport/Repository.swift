public import Foundation

/// The checkout the tests run in.
public enum Repository {
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file of the checkout, by its path from the root.
  public static func file(_ path: String) -> URL { root.appendingPathComponent(path) }
}
