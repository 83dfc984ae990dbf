import Foundation
import TestSupport
import Testing

@testable import Waveforms

/// NetCDF files whose bytes have changed.
@Suite struct FileSealTests {
  private static let data = Dataset(
    axes: [Axis("time", .values((0..<200).map { 1e-9 * Double($0) }), unit: "s")],
    variables: [
      Variable("v(out)", axes: ["time"], .double((0..<200).map { sin(0.1 * Double($0)) }))
    ], attributes: ["title": "sealed"])

  private static func withFile<Result>(_ body: (URL, Data) throws -> Result) throws -> Result {
    try Scratch.with { folder in
      let file = folder.appendingPathComponent("data.nc")
      try data.write(to: file.path)
      return try body(file, try Data(contentsOf: file))
    }
  }

  @Test func everyChangedByteIsFound() throws {
    try Self.withFile { file, bytes in
      #expect(try Dataset.read(file.path).variables.count == 1)
      for place in stride(from: 0, to: bytes.count - 32, by: 211) {
        var damaged = bytes
        damaged[place] ^= 1 << (place % 8)
        try damaged.write(to: file)
        #expect(throws: FileError.self) { try Dataset.read(file.path) }
      }
    }
  }

  @Test func cutFilesAreFound() throws {
    try Self.withFile { file, bytes in
      for count in stride(from: 0, to: bytes.count - 33, by: 211) {
        try bytes.prefix(count).write(to: file)
        #expect(throws: FileError.self) { try Dataset.read(file.path) }
      }
    }
  }

  @Test func filesOfOthersHaveNone() throws {
    try Self.withFile { file, bytes in
      try bytes.dropLast(32).write(to: file)
      #expect(try Dataset.read(file.path).attributes["title"]?.text == "sealed")
    }
  }
}
