import CPNG
import Foundation

extension GreyImage {
  /// Writes an 8-bit grey PNG, whole or not at all; levels outside [0, 1] are clipped, and NaN is
  /// black.
  ///
  /// - Throws: `PictureError` `unwritable`.
  public func write(png path: String) throws {
    try writePNG(path, width: width, height: height, format: 0, samples: levels.map(byte))
  }
}

/// A picture in colour, 8 bits a channel, row by row from the top left.
public struct ColourImage: Equatable, Sendable {
  public let width: Int
  public let height: Int
  /// Red, green and blue of each point.
  public var samples: [UInt8]

  /// - Precondition: at least one point, and three samples for each.
  public init(width: Int, height: Int, samples: [UInt8]) {
    precondition(width > 0 && height > 0, "an image has points")
    precondition(samples.count == 3 * width * height, "an image has three samples for each point")
    self.width = width
    self.height = height
    self.samples = samples
  }

  /// Writes an 8-bit RGB PNG, whole or not at all.
  ///
  /// - Throws: `PictureError` `unwritable`.
  public func write(png path: String) throws {
    try writePNG(
      path, width: width, height: height, format: UInt32(PNG_FORMAT_FLAG_COLOR), samples: samples)
  }
}

private func byte(_ level: Double) -> UInt8 {
  level > 0 ? UInt8((min(level, 1) * 255).rounded()) : 0
}

private func writePNG(
  _ path: String, width: Int, height: Int, format: UInt32, samples: [UInt8]
) throws {
  var image = png_image()
  image.version = UInt32(PNG_IMAGE_VERSION)
  image.width = UInt32(width)
  image.height = UInt32(height)
  image.format = format
  defer { png_image_free(&image) }
  var size = 0
  guard png_image_write_to_memory(&image, nil, &size, 0, samples, 0, nil) != 0 else {
    throw PictureError(path, .unwritable, image.reason)
  }
  var content = Data(count: size)
  let written = content.withUnsafeMutableBytes {
    png_image_write_to_memory(&image, $0.baseAddress, &size, 0, samples, 0, nil)
  }
  guard written != 0 else { throw PictureError(path, .unwritable, image.reason) }
  try writeWhole(content.prefix(size), to: path)
}

/// Writes a file under a temporary name and renames it.
func writeWhole(_ content: Data, to path: String) throws {
  do {
    try content.write(to: URL(fileURLWithPath: path), options: .atomic)
  } catch {
    throw PictureError(path, .unwritable, systemReason(error))
  }
}
