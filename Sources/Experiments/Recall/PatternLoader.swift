public import AssociativeMemory
import Numerics
import Pictures
public import Ranks
public import Schematic
import Waveforms

extension NumPyArray {
  /// "2 x 48", for messages.
  var shapeText: String {
    let kind = doubles == nil ? "complex" : "real"
    if shape.isEmpty { return "a single \(kind) number" }
    return shape.map(String.init).joined(separator: " x ") + " \(kind) numbers"
  }
}

/// Stored images and probes from PNG files, `.npy` phases or random numbers.
public enum PatternLoader {
  /// The stored images of a deck.
  ///
  /// A photograph is cropped about its centre to the ratio width : height, averaged over areas, and
  /// stretched so that its darkest pixel is 0 and its lightest 1.
  /// - Throws: `Faults`, one for every file that cannot be used.
  public static func load(
    _ card: PatternsCard, seed: UInt64, over ranks: Ranks = .alone
  ) throws(Faults) -> PatternSet {
    let encoding: PhaseEncoding = card.encoding == .half ? .half : .full
    guard card.width > 0, card.height > 0 else {
      throw Faults([
        Fault(
          "bad-image-size", "images of \(card.width) x \(card.height) pixels hold nothing",
          at: card.origin)
      ])
    }
    do {
      switch card.source {
      case .images(let paths):
        try RecallLimits.check(
          imageCount: paths.count, width: card.width, height: card.height, at: card.sourceOrigin)
        return try photographs(
          paths, width: card.width, height: card.height, encoding: encoding,
          at: card.sourceOrigin
        ).spread(over: ranks)
      case .random(let count):
        try RecallLimits.check(
          imageCount: count, width: card.width, height: card.height, at: card.sourceOrigin)
        return try PatternSet.random(
          count: count, width: card.width, height: card.height, encoding: encoding, seed: seed,
          over: ranks)
      case .phases(let path):
        return try phases(path, card, encoding).spread(over: ranks)
      }
    } catch let faults as Faults {
      throw faults
    } catch let fault as Fault {
      throw Faults([fault])
    } catch {
      throw Faults([Fault("bad-patterns", "\(error)", at: card.sourceOrigin)])
    }
  }

  /// Whether a full matrix of weights for images of this size can be made.
  /// - Throws: `Fault` "weights-too-large".
  public static func checkWeights(
    width: Int, height: Int, at origin: Origin = .none
  ) throws(Fault) {
    try RecallLimits.check(weightsOf: width * height, at: origin)
  }

  /// PNG files as patterns named after their files.
  /// - Throws: `Faults`, one for every file that cannot be used; `PatternFailure`.
  public static func photographs(
    _ paths: [String], width: Int, height: Int, encoding: PhaseEncoding, at origin: Origin = .none
  ) throws -> PatternSet {
    var faults: [Fault] = []
    var greys: [[Double]] = []
    for path in paths {
      do throws(Fault) {
        greys.append(try levels(path, width: width, height: height, at: origin))
      } catch {
        faults.append(error)
      }
    }
    if !faults.isEmpty { throw Faults(faults) }
    return try PatternSet(
      names: paths.map(name), width: width, height: height, encoding: encoding, greys: greys)
  }

  /// How probes are made from the stored images.
  static func probes(_ card: RecallCard, for patterns: PatternSet) throws(Faults) -> Corruption {
    let corruption: Corruption
    switch card.probes {
    case .corrupt(let fraction): corruption = .randomise(fraction: fraction)
    case .noise(let deviation): corruption = .gaussian(deviation: deviation)
    case .occlude(let fraction): corruption = .occlude(fraction: fraction)
    case .file(let path):
      do throws(Fault) {
        let grey = try levels(
          path, width: patterns.width, height: patterns.height, at: card.probesOrigin)
        let phases = grey.map(patterns.encoding.phase(grey:))
        corruption = .given([[Double]](repeating: phases, count: patterns.count))
      } catch {
        throw Faults([error])
      }
    }
    do {
      try corruption.check(for: patterns)
    } catch {
      throw Faults([Fault("bad-probes", "\(error)", at: card.probesOrigin)])
    }
    return corruption
  }

  private static func levels(
    _ path: String, width: Int, height: Int, at origin: Origin
  ) throws(Fault) -> [Double] {
    let image: GreyImage
    do {
      image = try GreyImage.read(png: path)
    } catch {
      throw Fault(
        "unusable-image", "\(error)", at: origin,
        help: "images are PNG files of any size, depth and colour")
    }
    let small = image.centreCropped(width: width, height: height)
      .resampled(width: width, height: height)
    guard let stretched = small.stretched() else {
      throw Fault(
        "uniform-image", "'\(path)' is of one grey level at \(width) x \(height) pixels",
        at: origin,
        help: "a uniform image stores nothing")
    }
    return stretched.levels
  }

  private static func phases(
    _ path: String, _ card: PatternsCard, _ encoding: PhaseEncoding
  ) throws -> PatternSet {
    let array = try NumPyArray.read(path)
    let pixels = card.width * card.height
    let rest = Array(array.shape.dropFirst())
    guard let count = array.shape.first, rest == [pixels] || rest == [card.height, card.width],
      let values = array.doubles
    else {
      let shape = array.shapeText
      throw Faults([
        Fault(
          "bad-patterns-shape",
          "'\(path)' is \(shape); phases are P x \(pixels) or P x \(card.height) x \(card.width)"
            + " real numbers", at: card.sourceOrigin)
      ])
    }
    try RecallLimits.check(
      imageCount: count, width: card.width, height: card.height, at: card.sourceOrigin)
    return try PatternSet(
      names: (0..<count).map { "\(name(path)) \($0 + 1)" }, width: card.width,
      height: card.height, encoding: encoding,
      phases: (0..<count).map { Array(values[($0 * pixels)..<(($0 + 1) * pixels)]) })
  }

  /// The file's name without folders and extension.
  private static func name(_ path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
  }
}
