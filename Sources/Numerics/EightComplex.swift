// Interleaved complex memory seen as eight numbers at once, real and imaginary parts apart, so that
// arithmetic on them is arithmetic on whole vectors.

/// Eight complex numbers, parts apart.
@frozen
public struct EightComplex {
  public var real: SIMD8<Double>
  public var imaginary: SIMD8<Double>

  @inlinable @inline(__always)
  public init(real: SIMD8<Double>, imaginary: SIMD8<Double>) {
    self.real = real
    self.imaginary = imaginary
  }

  /// Eight consecutive complex numbers from `base + index`.
  @inlinable @inline(__always)
  public init(_ base: UnsafePointer<Complex>, _ index: Int) {
    let pairs = UnsafeRawPointer(base + index).loadUnaligned(as: SIMD16<Double>.self)
    self.init(real: pairs.evenHalf, imaginary: pairs.oddHalf)
  }

  /// The last `count - start` numbers, fewer than eight, followed by `filler`.
  @inlinable @inline(__always)
  public init(
    _ base: UnsafePointer<Complex>, part start: Int, _ count: Int, filler: Complex = .zero
  ) {
    var real = SIMD8<Double>(repeating: filler.real)
    var imaginary = SIMD8<Double>(repeating: filler.imaginary)
    for lane in 0..<(count - start) {
      real[lane] = base[start + lane].real
      imaginary[lane] = base[start + lane].imaginary
    }
    self.init(real: real, imaginary: imaginary)
  }

  /// Stores all eight at `base + index`.
  @inlinable @inline(__always)
  public func store(_ base: UnsafeMutablePointer<Complex>, _ index: Int) {
    var pairs = SIMD16<Double>()
    pairs.evenHalf = real
    pairs.oddHalf = imaginary
    UnsafeMutableRawPointer(base + index).storeBytes(of: pairs, as: SIMD16<Double>.self)
  }

  /// Stores the first `count - start` of them at `base + start`.
  @inlinable @inline(__always)
  public func store(_ base: UnsafeMutablePointer<Complex>, part start: Int, _ count: Int) {
    for lane in 0..<(count - start) {
      base[start + lane] = Complex(real[lane], imaginary[lane])
    }
  }

  @inlinable @inline(__always)
  public var squaredModulus: SIMD8<Double> {
    multiplyAdd(real, real, imaginary * imaginary)
  }

  @inlinable @inline(__always)
  public static func * (a: EightComplex, b: EightComplex) -> EightComplex {
    EightComplex(
      real: multiplyAdd(a.real, b.real, -(a.imaginary * b.imaginary)),
      imaginary: multiplyAdd(a.real, b.imaginary, a.imaginary * b.real))
  }

  @inlinable @inline(__always)
  public static func * (a: SIMD8<Double>, b: EightComplex) -> EightComplex {
    EightComplex(real: a * b.real, imaginary: a * b.imaginary)
  }

  @inlinable @inline(__always)
  public static func + (a: EightComplex, b: EightComplex) -> EightComplex {
    EightComplex(real: a.real + b.real, imaginary: a.imaginary + b.imaginary)
  }

  @inlinable @inline(__always)
  public static func - (a: EightComplex, b: EightComplex) -> EightComplex {
    EightComplex(real: a.real - b.real, imaginary: a.imaginary - b.imaginary)
  }

  /// Re(conj(self) other).
  @inlinable @inline(__always)
  public func realOfConjugate(times other: EightComplex) -> SIMD8<Double> {
    multiplyAdd(real, other.real, imaginary * other.imaginary)
  }

  /// Im(conj(self) other).
  @inlinable @inline(__always)
  public func imaginaryOfConjugate(times other: EightComplex) -> SIMD8<Double> {
    multiplyAdd(real, other.imaginary, -(imaginary * other.real))
  }
}
