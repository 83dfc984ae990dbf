// The functions of deck expressions for complex operands: those that have an analytic continuation
// are it (principal branches), comparisons and the like look at real parts.

import Numerics
import Schematic

extension Function {
  /// Its values are real though its operands are complex.
  var isRealOfComplex: Bool {
    switch self {
    case .abs, .decibel, .real, .imaginary, .phase, .sgn, .stp, .int, .nint, .floor, .ceil,
      .atan2:
      true
    default: isLogical
    }
  }

  /// - Parameter angularFrequency: rad/s, for rates of change.
  func evaluate(_ operands: [Complex], angularFrequency: Double) -> Complex {
    switch self {
    case .ddt: return Complex(0, angularFrequency) * operands[0]
    case .sdt: return operands[0] / Complex(0, angularFrequency)
    case .select: return operands[operands[0].real != 0 ? 1 : 2]
    case .min, .max: return extreme(operands)
    default: break
    }
    let z = operands[0]
    if operands.count == 1, let value = unary(z) { return value }
    if operands.count == 2, let value = binary(z, operands[1]) { return value }
    return Complex(evaluate(operands.map(\.real)))
  }

  private func extreme(_ operands: [Complex]) -> Complex {
    operands.dropFirst().reduce(operands[0]) { best, next in
      (self == .min ? next.real < best.real : next.real > best.real) ? next : best
    }
  }

  private func unary(_ z: Complex) -> Complex? {
    switch self {
    case .negate: -z
    case .abs: Complex(z.modulus)
    case .decibel: Complex(20 * decimalLogarithm(z.modulus))
    case .real: Complex(z.real)
    case .imaginary: Complex(z.imaginary)
    case .phase: Complex(z.argument)
    case .sqrt: z.squareRoot
    case .exp: z.exponential
    case .ln: z.naturalLogarithm
    case .log10: z.naturalLogarithm / Numerics.naturalLogarithm(10)
    case .sin: (-Complex.i) * (Complex.i * z).hyperbolicSine
    case .cos: (Complex.i * z).hyperbolicCosine
    case .tan: (-Complex.i) * (Complex.i * z).hyperbolicTangent
    case .sinh: z.hyperbolicSine
    case .cosh: z.hyperbolicCosine
    case .tanh: z.hyperbolicTangent
    case .asinh: z.areaSine
    case .acosh: z.areaCosine
    case .atanh: z.areaTangent
    case .asin: (-Complex.i) * (Complex.i * z).areaSine
    case .acos: Complex(Double.pi / 2) - (-Complex.i) * (Complex.i * z).areaSine
    case .atan: (-Complex.i) * (Complex.i * z).areaTangent
    case .not: Complex(z.real == 0 ? 1 : 0)
    default: nil
    }
  }

  private func binary(_ x: Complex, _ y: Complex) -> Complex? {
    switch self {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .power, .pow: x.raised(to: y)
    case .pwr: Complex(x.modulus).raised(to: y)
    default: nil
    }
  }
}

extension Complex {
  fileprivate var squareRoot: Complex {
    Complex(modulus: modulus.squareRoot(), argument: argument / 2)
  }

  fileprivate var exponential: Complex {
    Complex(modulus: Numerics.exponential(real), argument: imaginary)
  }

  fileprivate var naturalLogarithm: Complex {
    Complex(Numerics.naturalLogarithm(modulus), argument)
  }

  fileprivate func raised(to exponent: Complex) -> Complex {
    if exponent == .zero { return .one }
    if self == .zero { return .zero }
    return (exponent * naturalLogarithm).exponential
  }

  fileprivate var hyperbolicSine: Complex {
    Complex(
      Numerics.hyperbolicSine(real) * cosine(imaginary),
      Numerics.hyperbolicCosine(real) * sine(imaginary))
  }

  fileprivate var hyperbolicCosine: Complex {
    Complex(
      Numerics.hyperbolicCosine(real) * cosine(imaginary),
      Numerics.hyperbolicSine(real) * sine(imaginary))
  }

  fileprivate var hyperbolicTangent: Complex { hyperbolicSine / hyperbolicCosine }

  fileprivate var areaSine: Complex {
    (self + (self * self + .one).squareRoot).naturalLogarithm
  }

  fileprivate var areaCosine: Complex {
    (self + (self + .one).squareRoot * (self - .one).squareRoot).naturalLogarithm
  }

  fileprivate var areaTangent: Complex {
    ((.one + self).naturalLogarithm - (.one - self).naturalLogarithm) / 2
  }
}
