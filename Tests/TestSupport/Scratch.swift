public import Foundation

/// Folders that live as long as a test.
public enum Scratch {
  public static func with<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = try make()
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// A new folder, which the caller removes.
  public static func make() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("oscine-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// Names of everything in a folder, hidden files too.
  public static func contents(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }
}
