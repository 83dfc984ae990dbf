import Foundation
import TestSupport

/// One run of the installed ngspice, and the raw file it writes.
struct NgspiceRun {
  static let path = ["/usr/bin/ngspice", "/usr/local/bin/ngspice"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// The abscissa, then each vector by its name: real and imaginary parts.
  let abscissa: [Double]
  private let real: [String: [Double]]
  private let imaginary: [String: [Double]]

  init(_ deck: String, in folder: URL) throws {
    guard let path = Self.path else { throw Failure(description: "ngspice is not installed") }
    let file = folder.appendingPathComponent("reference.cir")
    let raw = folder.appendingPathComponent("reference.raw")
    let log = folder.appendingPathComponent("reference.log")
    try deck.write(to: file, atomically: true, encoding: .utf8)
    try Data().write(to: log)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-b", "-r", raw.path, file.path]
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: log)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard let data = try? Data(contentsOf: raw) else {
      let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
      throw Failure(description: "ngspice wrote nothing:\n\(text.suffix(500))")
    }
    try self.init(data)
  }

  /// Reads a binary raw file.
  private init(_ data: Data) throws {
    guard let mark = data.range(of: Data("Binary:\n".utf8)) else {
      throw Failure(description: "not a binary raw file")
    }
    let head = String(decoding: data[..<mark.lowerBound], as: UTF8.self)
      .split(separator: "\n").map(String.init)
    func field(_ key: String) -> String {
      head.first { $0.hasPrefix(key + ":") }.map {
        $0.dropFirst(key.count + 1).trimmingCharacters(in: .whitespaces)
      } ?? ""
    }
    let width = field("Flags").contains("complex") ? 2 : 1
    let names = head.filter { $0.hasPrefix("\t") }.map {
      String($0.split(separator: "\t")[1])
    }
    let numbers = data[mark.upperBound...].withUnsafeBytes { bytes in
      (0..<bytes.count / 8).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self) }
    }
    let stride = width * names.count
    guard stride > 0, numbers.count >= stride else {
      throw Failure(description: "ngspice gave no points")
    }
    let rows = numbers.count / stride
    func column(_ offset: Int) -> [Double] { (0..<rows).map { numbers[$0 * stride + offset] } }
    abscissa = column(0)
    var (reals, imaginaries): ([String: [Double]], [String: [Double]]) = ([:], [:])
    for (index, name) in names.enumerated() {
      reals[name] = column(width * index)
      imaginaries[name] = width == 2 ? column(width * index + 1) : []
    }
    (real, imaginary) = (reals, imaginaries)
  }

  func values(_ quantity: Quantity) -> [Double]? {
    guard let reals = real[quantity.plain] else { return nil }
    let others = imaginary[quantity.plain] ?? []
    return reals.indices.map { quantity.value(reals[$0], others.isEmpty ? 0 : others[$0]) }
  }
}
