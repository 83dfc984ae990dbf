// Area-average resampling: each new point is the mean of the old points under it, those at its edge
// counted by the fraction of them that it covers. The mean of the whole picture is kept exactly.

extension GreyImage {
  /// The image at another size, by area average; shrinking and enlarging both.
  public func resampled(width newWidth: Int, height newHeight: Int) -> GreyImage {
    precondition(newWidth > 0 && newHeight > 0, "an image has points")
    let columns = Coverage.list(from: width, to: newWidth)
    let rows = Coverage.list(from: height, to: newHeight)
    // Along the rows first, then along the columns: the weights are products.
    var narrow = [Double](repeating: 0, count: newWidth * height)
    for y in 0..<height {
      for x in 0..<newWidth {
        narrow[y * newWidth + x] = columns[x].mean { levels[y * width + $0] }
      }
    }
    var result = [Double](repeating: 0, count: newWidth * newHeight)
    for y in 0..<newHeight {
      for x in 0..<newWidth {
        result[y * newWidth + x] = rows[y].mean { narrow[$0 * newWidth + x] }
      }
    }
    return GreyImage(width: newWidth, height: newHeight, levels: result)
  }
}

/// The old points under one new point, and the share of each.
private struct Coverage {
  let first: Int
  let weights: [Double]

  /// In units of 1/newCount of an old point, where everything is a whole number.
  static func list(from oldCount: Int, to newCount: Int) -> [Coverage] {
    (0..<newCount).map { index in
      let begin = index * oldCount
      let end = begin + oldCount
      let first = begin / newCount
      let last = (end - 1) / newCount
      let weights = (first...last).map { old in
        let overlap = min(end, (old + 1) * newCount) - max(begin, old * newCount)
        return Double(overlap) / Double(oldCount)
      }
      return Coverage(first: first, weights: weights)
    }
  }

  @inline(__always)
  func mean(_ level: (Int) -> Double) -> Double {
    var sum = 0.0
    for (offset, weight) in weights.enumerated() { sum += weight * level(first + offset) }
    return sum
  }
}
