// Discrete Fourier transforms of real data, by FFTW: half the work and half the storage of the
// complex transform, because X[N - k] is the conjugate of X[k].

import CFFTW

/// A planned pair of transforms between real data and its half spectrum, of one or more
/// dimensions, repeated over a batch.
///
/// Real data are row-major, `shape` elements a transform; half spectra have `spectrumShape`, whose
/// last dimension is `n / 2 + 1` for a last dimension of n. Neither direction is normalised:
/// forward and then backward multiplies by the number of points, `count`. Executing is safe from
/// many threads at once, on different buffers.
public final class RealFourierTransform: Sendable {
  /// Real points along each dimension, slowest first.
  public let shape: [Int]
  /// Transforms done by one call, stored one after the other.
  public let batch: Int
  let forwardPlans: FourierPlans
  let backwardPlans: FourierPlans

  /// Real points of one transform.
  public var count: Int { shape.reduce(1, *) }
  /// Complex points along each dimension of the half spectrum.
  public var spectrumShape: [Int] { shape.dropLast() + [shape[shape.count - 1] / 2 + 1] }
  /// Complex points of one half spectrum.
  public var spectrumCount: Int { spectrumShape.reduce(1, *) }

  public init(shape: [Int], batch: Int = 1, planning: FourierPlanning = .estimate) {
    precondition(!shape.isEmpty && shape.allSatisfy { $0 > 0 }, "a transform has points")
    precondition(batch > 0, "a batch has transforms")
    precondition(shape.allSatisfy { $0 <= Int32.max }, "FFTW counts points in 32 bits")
    self.shape = shape
    self.batch = batch
    let sizes = shape.map(Int32.init)
    let count = shape.reduce(1, *)
    let half = count / shape[shape.count - 1] * (shape[shape.count - 1] / 2 + 1)
    let real = fftw_malloc(batch * count * MemoryLayout<Double>.stride)!
    let spectrum = fftw_malloc(batch * half * MemoryLayout<Complex>.stride)!
    defer {
      fftw_free(real)
      fftw_free(spectrum)
    }
    let realData = real.assumingMemoryBound(to: Double.self)
    let spectrumData = spectrum.assumingMemoryBound(to: fftw_complex.self)
    forwardPlans = FourierPlans(
      { flags in
        fftw_plan_many_dft_r2c(
          Int32(sizes.count), sizes, Int32(batch), realData, nil, 1, Int32(count), spectrumData,
          nil, 1, Int32(half), flags | FFTW_PRESERVE_INPUT)
      }, planning: planning)
    backwardPlans = FourierPlans(
      { flags in
        fftw_plan_many_dft_c2r(
          Int32(sizes.count), sizes, Int32(batch), spectrumData, nil, 1, Int32(half), realData,
          nil, 1, Int32(count), flags)
      }, planning: planning)
  }

  /// X[k] = sum over n of x[n] exp(-2 pi i k n / N) for the half spectrum; `input` is left alone.
  public func forward(
    _ input: UnsafePointer<Double>, into output: UnsafeMutablePointer<Complex>
  ) {
    fftw_execute_dft_r2c(
      forwardPlans.plan(for: input, output), UnsafeMutablePointer(mutating: input),
      UnsafeMutableRawPointer(output).assumingMemoryBound(to: fftw_complex.self))
  }

  /// x[n] = sum over all k of X[k] exp(+2 pi i k n / N), **not** divided by N; `input` is used as
  /// working space and holds nothing of meaning afterwards.
  public func backward(
    _ input: UnsafeMutablePointer<Complex>, into output: UnsafeMutablePointer<Double>
  ) {
    fftw_execute_dft_c2r(
      backwardPlans.plan(for: input, output),
      UnsafeMutableRawPointer(input).assumingMemoryBound(to: fftw_complex.self), output)
  }

  /// The half spectrum of `values`.
  public func forward(_ values: [Double]) -> [Complex] {
    precondition(values.count == count * batch, "the values fill the shape")
    var result = [Complex](repeating: .zero, count: spectrumCount * batch)
    result.withUnsafeMutableBufferPointer { output in
      values.withUnsafeBufferPointer { forward($0.baseAddress!, into: output.baseAddress!) }
    }
    return result
  }

  /// The real data of a half spectrum, not divided by `count`.
  public func backward(_ spectrum: [Complex]) -> [Double] {
    precondition(spectrum.count == spectrumCount * batch, "the spectrum fills its shape")
    var working = spectrum
    var result = [Double](repeating: 0, count: count * batch)
    result.withUnsafeMutableBufferPointer { output in
      working.withUnsafeMutableBufferPointer {
        backward($0.baseAddress!, into: output.baseAddress!)
      }
    }
    return result
  }
}
