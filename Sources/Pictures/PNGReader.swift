// PNG files through libpng's simplified interface, which keeps its longjmps to itself.
//
// Grey levels are **encoded** values (as displayed, the sRGB curve not undone), because that is
// what image libraries call "grey" and what the eye judges differences by. Colours are reduced by
// the luma weights of ITU-R BT.709: 0.2126 R + 0.7152 G + 0.0722 B. Transparency is composited, in
// encoded values, on the background; libpng has converted files of another gamma to sRGB before.

import CPNG
import Foundation

extension GreyImage {
  /// Reads a PNG of any size, depth, colour type and interlacing as grey levels.
  ///
  /// - Parameters:
  ///   - background: the level behind transparent points, white unless told otherwise.
  ///   - pointsMaximum: refuses larger images before anything is decompressed.
  /// - Throws: `PictureError` `unreadable`, `malformed` or `tooLarge`.
  public static func read(
    png path: String, background: Double = 1, pointsMaximum: Int = 1 << 26
  ) throws -> GreyImage {
    let content = try fileContent(path)
    guard content.count >= 29, content.starts(with: [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10]) else {
      throw PictureError(path, .malformed, content.isEmpty ? "it is empty" : "it is not a PNG")
    }
    let depth = content[content.startIndex + 24]
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    return try content.withUnsafeBytes { bytes in
      guard png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0 else {
        throw PictureError(path, .malformed, image.reason)
      }
      let (points, overflow) = Int(image.width).multipliedReportingOverflow(by: Int(image.height))
      guard !overflow, points <= pointsMaximum else {
        throw PictureError(
          path, .tooLarge,
          "it has \(image.width) x \(image.height) points, more than \(pointsMaximum)")
      }
      image.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)
      let levels =
        depth == 16
        ? try image.deepLevels(path, points, background)
        : try image.levels(path, points, background)
      return GreyImage(width: Int(image.width), height: Int(image.height), levels: levels)
    }
  }

  private static func fileContent(_ path: String, limit: Int = 1 << 29) throws -> Data {
    let url = URL(fileURLWithPath: path)
    do {
      let facts = try url.resourceValues(forKeys: [.isDirectoryKey, .isRegularFileKey])
      guard facts.isRegularFile == true else {
        let what = facts.isDirectory == true ? "it is a directory" : "it is not a file"
        throw PictureError(path, .unreadable, what)
      }
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      let content = try handle.read(upToCount: limit + 1) ?? Data()
      guard content.count <= limit else {
        throw PictureError(path, .tooLarge, "it has more than \(limit) bytes")
      }
      return content
    } catch let error as PictureError {
      throw error
    } catch {
      throw PictureError(path, .unreadable, systemReason(error))
    }
  }
}

extension png_image {
  /// libpng's last message, as a reason.
  var reason: String {
    withUnsafeBytes(of: message) { bytes in
      let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      return text.isEmpty
        ? "libpng gives no reason" : text.prefix(1).lowercased() + text.dropFirst()
    }
  }

  /// Levels of an image of at most 8 bits a channel.
  fileprivate mutating func levels(
    _ path: String, _ points: Int, _ background: Double
  ) throws -> [Double] {
    format = UInt32(PNG_FORMAT_FLAG_COLOR) | UInt32(PNG_FORMAT_FLAG_ALPHA)
    var samples = [UInt8](repeating: 0, count: 4 * points)
    guard png_image_finish_read(&self, nil, &samples, 0, nil) != 0 else {
      throw PictureError(path, .malformed, reason)
    }
    return (0..<points).map { point in
      let luma = luma(
        Double(samples[4 * point]), Double(samples[4 * point + 1]), Double(samples[4 * point + 2]))
      let opacity = Double(samples[4 * point + 3]) / 255
      return opacity * (luma / 255) + (1 - opacity) * background
    }
  }

  /// Levels of an image of 16 bits a channel, which libpng gives as linear light with the opacity
  /// multiplied in: both are undone, to about one step of 8 bits.
  fileprivate mutating func deepLevels(
    _ path: String, _ points: Int, _ background: Double
  ) throws -> [Double] {
    format =
      UInt32(PNG_FORMAT_FLAG_COLOR) | UInt32(PNG_FORMAT_FLAG_ALPHA)
      | UInt32(PNG_FORMAT_FLAG_LINEAR)
    var samples = [UInt16](repeating: 0, count: 4 * points)
    guard png_image_finish_read(&self, nil, &samples, 0, nil) != 0 else {
      throw PictureError(path, .malformed, reason)
    }
    return (0..<points).map { point in
      let alpha = Double(samples[4 * point + 3])
      guard alpha > 0 else { return background }
      let channel = { (index: Int) in encoded(Double(samples[4 * point + index]) / alpha) }
      let opacity = alpha / 65535
      return opacity * luma(channel(0), channel(1), channel(2)) + (1 - opacity) * background
    }
  }
}

/// Luma of ITU-R BT.709; the weights add up to 1, and equal channels give their own value.
private func luma(_ red: Double, _ green: Double, _ blue: Double) -> Double {
  red == green && green == blue ? red : 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The encoded value of linear light in [0, 1], by the power law with which libpng made it linear.
private func encoded(_ linear: Double) -> Double { pow(min(linear, 1), 1 / 2.2) }

/// The reason behind a Foundation error, without the path that it repeats.
func systemReason(_ error: any Error) -> String {
  let bridged = error as NSError
  let underlying = bridged.userInfo[NSUnderlyingErrorKey] as? NSError ?? bridged
  if underlying.domain == NSPOSIXErrorDomain {
    let reason = String(cString: strerror(Int32(underlying.code)))
    return reason.prefix(1).lowercased() + reason.dropFirst()
  }
  switch bridged.code {
  case CocoaError.fileReadNoSuchFile.rawValue, CocoaError.fileNoSuchFile.rawValue:
    return "no such file or directory"
  case CocoaError.fileReadNoPermission.rawValue, CocoaError.fileWriteNoPermission.rawValue:
    return "permission denied"
  case CocoaError.fileWriteOutOfSpace.rawValue: return "no space left on device"
  default: return bridged.localizedDescription
  }
}
