// A digest of a cell's text, by which a view that was measured on another text is told: 64-bit
// FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, draft-eastlake-fnv). It finds changes, not
// forgeries.

import Foundation

/// The text of a cell's file.
public enum CellText {
  /// "fnv1a64:0123456789abcdef".
  public static func digest(_ bytes: some Sequence<UInt8>) -> String {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(state, radix: 16)
    return "fnv1a64:" + String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Of a file; nil where it cannot be read.
  public static func digest(ofFile path: String) -> String? {
    (try? Data(contentsOf: URL(fileURLWithPath: path))).map { digest($0) }
  }

  /// The way from a folder to a file, both absolute, without "." and "..".
  static func path(of file: String, from folder: String) -> String {
    let file = URL(fileURLWithPath: file).standardized.pathComponents
    let folder = URL(fileURLWithPath: folder, isDirectory: true).standardized.pathComponents
    let common = zip(file, folder).prefix { $0 == $1 }.count
    let ups = [String](repeating: "..", count: folder.count - common)
    return (ups + file.dropFirst(common)).joined(separator: "/")
  }
}
