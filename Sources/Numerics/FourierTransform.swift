// Discrete Fourier transforms of complex data, by FFTW.
//
// Goals, in order: the same bits in every run and on every thread; no copy of the caller's
// buffers; speed.
//
// Source: M. Frigo, S. G. Johnson, "The design and implementation of FFTW3", Proc. IEEE 93 (2005)
// 216, doi:10.1109/JPROC.2004.840301. FFTW executes plans concurrently but makes them one at a
// time, so every plan here is made and destroyed under one lock.

import CFFTW
import Synchronization

/// How much time FFTW spends on choosing a plan.
public enum FourierPlanning: Sendable {
  /// By a formula, in microseconds: the same plan, and so the same rounding, in every run.
  case estimate
  /// By timing candidates: faster transforms, but another run may round differently.
  case measure

  var flag: UInt32 { self == .estimate ? FFTW_ESTIMATE : UInt32(FFTW_MEASURE) }
}

/// The sign of the exponent.
public enum FourierDirection: Sendable {
  /// X[k] = sum over n of x[n] exp(-2 pi i k n / N).
  case forward
  /// x[n] = sum over k of X[k] exp(+2 pi i k n / N), **not** divided by N.
  case backward

  var sign: Int32 { self == .forward ? FFTW_FORWARD : FFTW_BACKWARD }
}

/// FFTW's planner keeps global state: one thread at a time.
let fourierPlanner = Mutex<Void>(())

/// A plan and its twin for buffers that are not aligned to 16 bytes, which SIMD code needs.
final class FourierPlans: Sendable {
  nonisolated(unsafe) let aligned: fftw_plan
  nonisolated(unsafe) let unaligned: fftw_plan

  /// - Precondition: FFTW can make the plan; it refuses only sizes below 1 or out of memory.
  init(_ make: (_ flags: UInt32) -> fftw_plan?, planning: FourierPlanning) {
    (aligned, unaligned) = fourierPlanner.withLock { _ in
      guard let first = make(planning.flag), let second = make(planning.flag | FFTW_UNALIGNED)
      else { preconditionFailure("FFTW found no plan for this transform") }
      return (first, second)
    }
  }

  deinit {
    fourierPlanner.withLock { _ in
      fftw_destroy_plan(aligned)
      fftw_destroy_plan(unaligned)
    }
  }

  func plan(for first: UnsafeRawPointer, _ second: UnsafeRawPointer) -> fftw_plan {
    (UInt(bitPattern: first) | UInt(bitPattern: second)) & 15 == 0 ? aligned : unaligned
  }
}

/// A planned complex-to-complex transform of one or more dimensions, repeated over a batch.
///
/// Data are row-major (the last dimension runs fastest). Neither direction is normalised: forward
/// and then backward multiplies by the number of points, `count`. Executing is safe from many
/// threads at once, on different buffers.
public final class FourierTransform: Sendable {
  /// Points along each dimension, slowest first.
  public let shape: [Int]
  /// Transforms done by one call.
  public let batch: Int
  /// Elements between neighbouring points of one transform.
  public let stride: Int
  /// Elements between the first points of neighbouring transforms of the batch.
  public let distance: Int
  public let direction: FourierDirection
  public let inPlace: Bool
  let plans: FourierPlans

  /// Points of one transform.
  public var count: Int { shape.reduce(1, *) }

  /// The elements a buffer must hold.
  public var extent: Int { (batch - 1) * distance + (count - 1) * stride + 1 }

  /// Plans a transform.
  ///
  /// - Parameters:
  ///   - shape: points along each dimension, slowest first, each at least 1.
  ///   - batch: how many transforms one call does.
  ///   - stride: elements between neighbouring points; for trials that lie innermost, their number.
  ///   - distance: elements between transforms; nil for `count` (one after the other).
  ///   - inPlace: whether `execute` will be given one buffer or two.
  public init(
    shape: [Int], batch: Int = 1, stride: Int = 1, distance: Int? = nil,
    direction: FourierDirection, inPlace: Bool, planning: FourierPlanning = .estimate
  ) {
    let count = shape.reduce(1, *)
    let spacing = distance ?? count
    precondition(!shape.isEmpty && shape.allSatisfy { $0 > 0 }, "a transform has points")
    precondition(batch > 0 && stride > 0 && spacing > 0, "batch, stride and distance are positive")
    precondition(shape.allSatisfy { $0 <= Int32.max }, "FFTW counts points in 32 bits")
    self.shape = shape
    self.batch = batch
    self.stride = stride
    self.distance = spacing
    self.direction = direction
    self.inPlace = inPlace
    let extent = (batch - 1) * spacing + (count - 1) * stride + 1
    let sizes = shape.map(Int32.init)
    // Planning may overwrite its buffers; they are only there for their shape.
    let size = extent * MemoryLayout<Complex>.stride
    let input = fftw_malloc(size)!
    let output = inPlace ? input : fftw_malloc(size)!
    defer {
      fftw_free(input)
      if !inPlace { fftw_free(output) }
    }
    plans = FourierPlans(
      { flags in
        fftw_plan_many_dft(
          Int32(sizes.count), sizes, Int32(batch),
          input.assumingMemoryBound(to: fftw_complex.self), nil, Int32(stride), Int32(spacing),
          output.assumingMemoryBound(to: fftw_complex.self), nil, Int32(stride), Int32(spacing),
          direction.sign, flags)
      }, planning: planning)
  }

  /// Transforms `input` into `output`, each of `extent` elements that do not overlap.
  ///
  /// - Precondition: planned with `inPlace` false.
  public func execute(_ input: UnsafePointer<Complex>, into output: UnsafeMutablePointer<Complex>) {
    precondition(!inPlace && input != UnsafePointer(output), "planned for one buffer")
    // FFTW leaves the input of an out-of-place complex transform as it was.
    run(UnsafeMutablePointer(mutating: input), output)
  }

  /// Transforms `buffer`, of `extent` elements, in its own place.
  ///
  /// - Precondition: planned with `inPlace` true.
  public func execute(_ buffer: UnsafeMutablePointer<Complex>) {
    precondition(inPlace, "planned for two buffers")
    run(buffer, buffer)
  }

  private func run(_ input: UnsafeMutablePointer<Complex>, _ output: UnsafeMutablePointer<Complex>)
  {
    fftw_execute_dft(
      plans.plan(for: input, output),
      UnsafeMutableRawPointer(input).assumingMemoryBound(to: fftw_complex.self),
      UnsafeMutableRawPointer(output).assumingMemoryBound(to: fftw_complex.self))
  }

  /// The transform of `values`, which fill the whole shape, times `scale`.
  public static func transform(
    _ values: [Complex], shape: [Int]? = nil, direction: FourierDirection, scale: Double = 1
  ) -> [Complex] {
    let shape = shape ?? [values.count]
    let plan = FourierTransform(shape: shape, direction: direction, inPlace: true)
    precondition(plan.count == values.count, "the values fill the shape")
    var result = values
    result.withUnsafeMutableBufferPointer { plan.execute($0.baseAddress!) }
    if scale != 1 { for index in result.indices { result[index] = scale * result[index] } }
    return result
  }
}
