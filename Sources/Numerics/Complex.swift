/// A complex number in double precision, laid out as C's `double complex` (real part first), so
/// that arrays of it go to BLAS, LAPACK and FFTW without conversion.
@frozen
public struct Complex: Hashable, Sendable, Codable {
  public var real: Double
  public var imaginary: Double

  @inlinable @inline(__always)
  public init(_ real: Double, _ imaginary: Double = 0) {
    self.real = real
    self.imaginary = imaginary
  }

  /// The number of the given modulus and argument (radians).
  @inlinable @inline(__always)
  public init(modulus: Double, argument: Double) {
    self.init(modulus * cosine(argument), modulus * sine(argument))
  }

  public static let zero = Complex(0, 0)
  public static let one = Complex(1, 0)
  public static let i = Complex(0, 1)

  @inlinable @inline(__always)
  public var conjugate: Complex { Complex(real, -imaginary) }

  @inlinable @inline(__always)
  public var squaredModulus: Double { real * real + imaginary * imaginary }

  /// |z|; may overflow where the components exceed 1e154, which no quantity here does.
  @inlinable @inline(__always)
  public var modulus: Double { squaredModulus.squareRoot() }

  /// arg z in (-pi, pi]; 0 for zero.
  @inlinable @inline(__always)
  public var argument: Double { arcTangent(imaginary, real) }

  @inlinable
  public var isFinite: Bool { real.isFinite && imaginary.isFinite }

  @inlinable @inline(__always)
  public static func + (a: Complex, b: Complex) -> Complex {
    Complex(a.real + b.real, a.imaginary + b.imaginary)
  }

  @inlinable @inline(__always)
  public static func - (a: Complex, b: Complex) -> Complex {
    Complex(a.real - b.real, a.imaginary - b.imaginary)
  }

  @inlinable @inline(__always)
  public static func * (a: Complex, b: Complex) -> Complex {
    Complex(
      a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
  }

  @inlinable @inline(__always)
  public static func * (a: Double, b: Complex) -> Complex {
    Complex(a * b.real, a * b.imaginary)
  }

  @inlinable @inline(__always)
  public static func * (a: Complex, b: Double) -> Complex { b * a }

  @inlinable @inline(__always)
  public static func / (a: Complex, b: Complex) -> Complex {
    (a * b.conjugate) * (1 / b.squaredModulus)
  }

  @inlinable @inline(__always)
  public static func / (a: Complex, b: Double) -> Complex {
    Complex(a.real / b, a.imaginary / b)
  }

  @inlinable @inline(__always)
  public static prefix func - (a: Complex) -> Complex { Complex(-a.real, -a.imaginary) }

  @inlinable @inline(__always)
  public static func += (a: inout Complex, b: Complex) { a = a + b }

  @inlinable @inline(__always)
  public static func -= (a: inout Complex, b: Complex) { a = a - b }

  @inlinable @inline(__always)
  public static func *= (a: inout Complex, b: Complex) { a = a * b }
}
