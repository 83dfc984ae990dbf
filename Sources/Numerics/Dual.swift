// Forward-mode differentiation: a value carried together with its partial derivatives.
//
// Goals, in order: the derivative of what was computed, exactly; one definition of each function
// for plain and dual numbers, so that they cannot disagree; speed (partials are one SIMD vector).
//
// Source: A. Griewank and A. Walther, "Evaluating Derivatives", 2nd ed. (SIAM 2008), section 3.1.

/// A real number that may carry derivatives: device equations and deck expressions are written over
/// it once, then run on `Double` for residuals and on `Dual` for exact Jacobians.
public protocol RealScalar: Sendable, ExpressibleByFloatLiteral {
  /// A constant.
  init(_ value: Double)
  /// The number itself, without derivatives; comparisons and branches use it.
  var value: Double { get }
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  static func * (a: Double, b: Self) -> Self
  static prefix func - (a: Self) -> Self
  /// g(self), given g's value and slope here: the chain rule.
  func mapped(_ value: Double, slope: @autoclosure () -> Double) -> Self
}

extension Double: RealScalar {
  @inlinable @inline(__always)
  public var value: Double { self }

  @inlinable @inline(__always)
  public func mapped(_ value: Double, slope: @autoclosure () -> Double) -> Double { value }
}

/// A value and its derivatives with respect to as many variables as `Partials` has lanes.
@frozen
public struct Dual<Partials: SIMD & Sendable>: RealScalar where Partials.Scalar == Double {
  public var value: Double
  public var partials: Partials

  @inlinable @inline(__always)
  public init(_ value: Double, partials: Partials) {
    self.value = value
    self.partials = partials
  }

  @inlinable @inline(__always)
  public init(_ value: Double) { self.init(value, partials: .zero) }

  @inlinable @inline(__always)
  public init(floatLiteral value: Double) { self.init(value) }

  /// The variable number `lane`: its derivative with respect to itself is 1.
  @inlinable @inline(__always)
  public init(_ value: Double, variable lane: Int) {
    self.init(value)
    partials[lane] = 1
  }

  @inlinable @inline(__always)
  public static func + (a: Dual, b: Dual) -> Dual {
    Dual(a.value + b.value, partials: a.partials + b.partials)
  }

  @inlinable @inline(__always)
  public static func - (a: Dual, b: Dual) -> Dual {
    Dual(a.value - b.value, partials: a.partials - b.partials)
  }

  @inlinable @inline(__always)
  public static func * (a: Dual, b: Dual) -> Dual {
    Dual(a.value * b.value, partials: a.partials * b.value + b.partials * a.value)
  }

  @inlinable @inline(__always)
  public static func / (a: Dual, b: Dual) -> Dual {
    let quotient = a.value / b.value
    return Dual(quotient, partials: (a.partials - b.partials * quotient) / b.value)
  }

  @inlinable @inline(__always)
  public static func * (a: Double, b: Dual) -> Dual {
    Dual(a * b.value, partials: b.partials * a)
  }

  @inlinable @inline(__always)
  public static prefix func - (a: Dual) -> Dual { Dual(-a.value, partials: -a.partials) }

  @inlinable @inline(__always)
  public func mapped(_ value: Double, slope: @autoclosure () -> Double) -> Dual {
    Dual(value, partials: partials * slope())
  }
}

extension RealScalar {
  @inlinable public var squareRoot: Self {
    let root = value.squareRoot()
    return mapped(root, slope: 0.5 / root)
  }

  @inlinable public var magnitude: Self { value < 0 ? -self : self }

  @inlinable public var sine: Self { mapped(Numerics.sine(value), slope: Numerics.cosine(value)) }

  @inlinable public var cosine: Self {
    mapped(Numerics.cosine(value), slope: -Numerics.sine(value))
  }

  @inlinable public var tangent: Self {
    let t = Numerics.tangent(value)
    return mapped(t, slope: 1 + t * t)
  }

  @inlinable public var arcSine: Self {
    mapped(Numerics.arcSine(value), slope: 1 / (1 - value * value).squareRoot())
  }

  @inlinable public var arcCosine: Self {
    mapped(Numerics.arcCosine(value), slope: -1 / (1 - value * value).squareRoot())
  }

  @inlinable public var arcTangent: Self {
    mapped(Numerics.arcTangent(value), slope: 1 / (1 + value * value))
  }

  /// The angle of the point (x, self), in (-pi, pi].
  @inlinable public func arcTangent(over x: Self) -> Self {
    let square = value * value + x.value * x.value
    let angle = Numerics.arcTangent(value, x.value)
    // d angle = (x dy - y dx) / (x^2 + y^2)
    let partial = (x.value / square) * self - (value / square) * x
    return partial - Self(partial.value) + Self(angle)
  }

  @inlinable public var exponential: Self {
    let e = Numerics.exponential(value)
    return mapped(e, slope: e)
  }

  @inlinable public var naturalLogarithm: Self {
    mapped(Numerics.naturalLogarithm(value), slope: 1 / value)
  }

  @inlinable public var decimalLogarithm: Self {
    mapped(Numerics.decimalLogarithm(value), slope: 0.434_294_481_903_251_83 / value)
  }

  @inlinable public var hyperbolicSine: Self {
    mapped(Numerics.hyperbolicSine(value), slope: Numerics.hyperbolicCosine(value))
  }

  @inlinable public var hyperbolicCosine: Self {
    mapped(Numerics.hyperbolicCosine(value), slope: Numerics.hyperbolicSine(value))
  }

  @inlinable public var hyperbolicTangent: Self {
    let t = Numerics.hyperbolicTangent(value)
    return mapped(t, slope: 1 - t * t)
  }

  @inlinable public var inverseHyperbolicSine: Self {
    mapped(areaSine(value), slope: 1 / (1 + value * value).squareRoot())
  }

  @inlinable public var inverseHyperbolicCosine: Self {
    mapped(areaCosine(value), slope: 1 / (value * value - 1).squareRoot())
  }

  @inlinable public var inverseHyperbolicTangent: Self {
    mapped(areaTangent(value), slope: 1 / (1 - value * value))
  }

  /// self to the power of a constant.
  @inlinable public func raised(to exponent: Double) -> Self {
    mapped(
      power(value, exponent),
      slope: exponent == 0 ? 0 : exponent * power(value, exponent - 1))
  }

  /// self to the power of another quantity. The derivative with respect to the exponent is that of
  /// exp(y ln x) for x > 0 and 0 elsewhere, where the power is not differentiable in it.
  @inlinable public func raised(to exponent: Self) -> Self {
    let result = power(value, exponent.value)
    let base = raised(to: exponent.value)
    let logarithm = value > 0 ? Numerics.naturalLogarithm(value) : 0
    return base + exponent.mapped(0, slope: result * logarithm)
  }
}
