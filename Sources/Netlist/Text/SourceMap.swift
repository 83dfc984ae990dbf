public import Schematic

/// One text a deck was read from, held as the bytes of its file.
public final class SourceFile: Sendable {
  /// As messages show it: relative to where the program was started, as the user named it.
  public let path: String
  /// The folder in which relative paths of this file are looked up, absolute.
  public let folder: String
  public let bytes: [UInt8]
  /// The `.include` or `.lib` line that asked for it; `.none` for the deck itself.
  public let includedAt: Origin

  public init(path: String, folder: String, bytes: [UInt8], includedAt: Origin = .none) {
    self.path = path
    self.folder = folder
    self.bytes = bytes
    self.includedAt = includedAt
  }
}

/// Every text of one deck, by the number that `Origin.file` carries.
public struct SourceMap: Sendable {
  public private(set) var files: [SourceFile] = []

  public init() {}

  public mutating func add(_ file: SourceFile) -> Int32 {
    files.append(file)
    return Int32(files.count - 1)
  }

  public func file(_ origin: Origin) -> SourceFile? {
    files.indices.contains(Int(origin.file)) ? files[Int(origin.file)] : nil
  }

  /// The text at `origin`, undecodable bytes replaced.
  public func text(_ origin: Origin) -> String {
    guard let file = file(origin) else { return "" }
    let start = min(max(0, Int(origin.offset)), file.bytes.count)
    let end = min(start + max(0, Int(origin.length)), file.bytes.count)
    return String(decoding: file.bytes[start..<end], as: UTF8.self)
  }

  /// Line and column of the first byte, both from 1; columns count characters.
  public func position(_ origin: Origin) -> (line: Int, column: Int)? {
    guard let file = file(origin) else { return nil }
    let bytes = file.bytes
    let offset = min(Int(origin.offset), bytes.count)
    var line = 1
    var start = 0
    for i in 0..<offset where bytes[i] == UInt8(ascii: "\n") {
      line += 1
      start = i + 1
    }
    // a continuation byte of UTF-8 (10xxxxxx) is no column of its own
    let column = bytes[start..<offset].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    return (line, column)
  }
}
