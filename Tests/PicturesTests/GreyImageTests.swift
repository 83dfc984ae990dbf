import Foundation
import Numerics
import TestSupport
import Testing

@testable import Pictures

/// A fresh directory for one test.
func scratchDirectory() throws -> URL {
  let directory = FileManager.default.temporaryDirectory
    .appendingPathComponent("oscine-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  return directory
}

@Suite struct GreyImageTests {
  @Test func roundTripOfBytes() throws {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appendingPathComponent("a.png").path
    let image = GreyImage(width: 32, height: 8, levels: (0..<256).map { Double($0) / 255 })
    try image.write(png: path)
    #expect(try GreyImage.read(png: path) == image)
    let clipped = GreyImage(width: 3, height: 1, levels: [-1, 2, .nan])
    try clipped.write(png: path)
    #expect(try GreyImage.read(png: path).levels == [0, 1, 0])
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["a.png"])
  }

  @Test func colourBecomesLuma() throws {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appendingPathComponent("c.png").path
    try ColourImage(width: 3, height: 1, samples: [255, 0, 0, 0, 255, 0, 0, 0, 255])
      .write(png: path)
    let levels = try GreyImage.read(png: path).levels
    for (level, expected) in zip(levels, [0.2126, 0.7152, 0.0722]) {
      #expect(abs(level - expected) < 1e-12)
    }
  }

  @Test func photographs() throws {
    let image = try GreyImage.read(
      png: Repository.file("netlists/images/chelsea.png").path)
    #expect(image.width == 240 && image.height == 160)
    let small = image.centreCropped(width: 4, height: 3).resampled(width: 16, height: 12)
    let stretched = try #require(small.stretched())
    #expect(stretched.levels.min() == 0 && stretched.levels.max() == 1)
  }

  @Test func crops() {
    let image = GreyImage(width: 10, height: 6, levels: (0..<60).map(Double.init))
    let square = image.centreCropped(width: 1, height: 1)
    #expect(square.width == 6 && square.height == 6 && square[0, 0] == 2 && square[5, 5] == 57)
    let wide = image.centreCropped(width: 5, height: 1)
    #expect(wide.width == 10 && wide.height == 2 && wide[0, 0] == 20)
    let sliver = image.centreCropped(width: 1000, height: 1)
    #expect(sliver.height == 1)
  }

  @Test func areaAverage() {
    let row = GreyImage(width: 3, height: 1, levels: [0, 0.6, 1])
    let half = row.resampled(width: 2, height: 1)
    #expect(abs(half[0, 0] - 0.2) < 1e-15 && abs(half[1, 0] - (0.3 + 1) / 1.5) < 1e-15)
    var stream = RandomStream(seed: 4, purpose: .patterns)
    let image = GreyImage(width: 23, height: 17, levels: (0..<391).map { _ in stream.uniform() })
    let mean = image.levels.reduce(0, +) / 391
    for (width, height) in [(16, 12), (23, 17), (1, 1), (40, 31), (7, 50)] {
      let result = image.resampled(width: width, height: height)
      let newMean = result.levels.reduce(0, +) / Double(width * height)
      #expect(abs(newMean - mean) < 1e-14)
    }
    #expect(image.resampled(width: 23, height: 17) == image)
    #expect(
      image.enlarged(3).resampled(width: 23, height: 17).levels.elementsEqual(image.levels) {
        abs($0 - $1) < 1e-14
      })
  }

  @Test func constantImageHasNothingToStretch() {
    #expect(GreyImage(width: 2, height: 1, levels: [0.5, 0.5]).stretched() == nil)
    #expect(GreyImage(width: 2, height: 1, levels: [0.25, 0.5]).stretched()?.levels == [0, 1])
  }

  @Test func enlargement() {
    let image = GreyImage(width: 2, height: 1, levels: [0, 1]).enlarged(2)
    #expect(image.levels == [0, 0, 1, 1, 0, 0, 1, 1] && image.height == 2)
  }
}
