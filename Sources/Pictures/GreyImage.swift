/// A picture of grey levels, 0 black and 1 white, row by row from the top left.
public struct GreyImage: Equatable, Sendable {
  public let width: Int
  public let height: Int
  /// `width * height` levels; the level at column x of row y is `levels[y * width + x]`.
  public var levels: [Double]

  /// - Precondition: at least one point, and a level for each.
  public init(width: Int, height: Int, levels: [Double]) {
    precondition(width > 0 && height > 0, "an image has points")
    precondition(levels.count == width * height, "an image has a level for each point")
    self.width = width
    self.height = height
    self.levels = levels
  }

  @inlinable
  public subscript(x: Int, y: Int) -> Double { levels[y * width + x] }

  /// The largest part around the centre whose width is to its height as `width` to `height`.
  ///
  /// The result has whole points: the side that is cut is rounded to the nearest, at least 1.
  public func centreCropped(width ratioWidth: Int, height ratioHeight: Int) -> GreyImage {
    precondition(ratioWidth > 0 && ratioHeight > 0, "a ratio is positive")
    let ratio = Double(ratioWidth) / Double(ratioHeight)
    var newWidth = width
    var newHeight = height
    if Double(width) > ratio * Double(height) {
      newWidth = max(1, Int((Double(height) * ratio).rounded()))
    } else {
      newHeight = max(1, Int((Double(width) / ratio).rounded()))
    }
    let left = (width - newWidth) / 2
    let top = (height - newHeight) / 2
    var part: [Double] = []
    part.reserveCapacity(newWidth * newHeight)
    for y in top..<(top + newHeight) {
      part += levels[(y * width + left)..<(y * width + left + newWidth)]
    }
    return GreyImage(width: newWidth, height: newHeight, levels: part)
  }

  /// The image with its darkest level at 0 and its lightest at 1; nil if all levels are equal, so
  /// that there is nothing to stretch.
  public func stretched() -> GreyImage? {
    guard let low = levels.min(), let high = levels.max(), high > low else { return nil }
    return GreyImage(
      width: width, height: height, levels: levels.map { ($0 - low) / (high - low) })
  }

  /// Every point as a square of `factor` by `factor` points.
  public func enlarged(_ factor: Int) -> GreyImage {
    precondition(factor > 0, "an enlargement is positive")
    var result: [Double] = []
    result.reserveCapacity(levels.count * factor * factor)
    for y in 0..<(height * factor) {
      for x in 0..<(width * factor) { result.append(self[x / factor, y / factor]) }
    }
    return GreyImage(width: width * factor, height: height * factor, levels: result)
  }
}
