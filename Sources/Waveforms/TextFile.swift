/// A file of text, written under a temporary name and renamed when whole.
public enum TextFile {
  /// - Throws: `FileError` `unwritable`.
  public static func write(_ text: String, to path: String) throws {
    try WholeFile.write(Array(text.utf8), to: path)
  }
}
