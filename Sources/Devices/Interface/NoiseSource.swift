// Noise that a device makes. It is announced once, as the density of each source at the present
// values; small-signal noise and noise in time both read it.

/// A source of noise: a random process of one-sided power density white + flicker / f^exponent,
/// which enters the equations of up to four rows, each with a weight.
///
/// Of a current the unit of the density is A^2/Hz, and its rows have the weights 1 (where it
/// leaves) and -1. A process in a device's own equation 0 = f enters f with the weight given: a
/// random field in the rows of a magnetisation, for instance, with weights that depend on it. The
/// values at which weights and densities are taken are those of the very instant, so that a process
/// which multiplies a state has Stratonovich's meaning.
public struct NoiseSource: Sendable {
  /// Index into `Circuit.instances`.
  public var instance: Int32 = 0
  /// "thermal", "shot", "flicker"; "rd" and the like where a device has several; empty where this
  /// instance has no such source.
  public var label = ""
  public var rows = SIMD4<Int32>.zero
  public var weights = SIMD4<Double>.zero
  public var white = 0.0
  public var flicker = 0.0
  public var exponent = 1.0
  /// Whether `flicker` may differ from zero at other values.
  public var hasFlicker = false

  public init() {}
}

/// The sources of one instance, written one after the other by `LocalEquations.noise`.
public struct NoiseList {
  private var next: UnsafeMutablePointer<NoiseSource>
  private let unknowns: UnsafePointer<Int32>
  private let instance: Int32

  /// - Parameter unknowns: the instance's rows, by local number.
  @inline(__always)
  init(
    _ first: UnsafeMutablePointer<NoiseSource>, _ unknowns: UnsafePointer<Int32>, instance: Int32
  ) {
    next = first
    self.unknowns = unknowns
    self.instance = instance
  }

  /// A noise current from local row `from` to local row `to`; a `flicker` of nil stays none.
  @inline(__always)
  public mutating func append(
    _ label: String, from: Int, to: Int, white: Double = 0, flicker: Double? = nil,
    exponent: Double = 1
  ) {
    append(
      label, rows: SIMD4(from, to, 0, 0), weights: SIMD4(1, -1, 0, 0), white: white,
      flicker: flicker, exponent: exponent)
  }

  /// A process that enters local `rows` with these weights; of weight zero the row is not read.
  @inline(__always)
  public mutating func append(
    _ label: String, rows: SIMD4<Int>, weights: SIMD4<Double>, white: Double = 0,
    flicker: Double? = nil, exponent: Double = 1
  ) {
    next.pointee.instance = instance
    next.pointee.label = label
    for k in 0..<4 { next.pointee.rows[k] = weights[k] == 0 ? 0 : unknowns[rows[k]] }
    next.pointee.weights = weights
    next.pointee.white = white
    next.pointee.flicker = flicker ?? 0
    next.pointee.exponent = exponent
    next.pointee.hasFlicker = flicker != nil
    next += 1
  }

  /// Leaves out a source that this instance does not have.
  @inline(__always)
  public mutating func skip() {
    next.pointee.label = ""
    next += 1
  }
}

extension Bank {
  /// The noise sources that have one at these values; not for inner loops.
  public func noiseSources(_ evaluation: Evaluation) -> [NoiseSource] {
    var all = [NoiseSource](repeating: NoiseSource(), count: noiseCount)
    all.withUnsafeMutableBufferPointer {
      if let first = $0.baseAddress { noise(evaluation, into: first) }
    }
    return all.filter { !$0.label.isEmpty && ($0.white > 0 || $0.flicker > 0 || !$0.hasFlicker) }
  }
}
