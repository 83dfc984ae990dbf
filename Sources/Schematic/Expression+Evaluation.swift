public import Numerics

/// Where an expression's circuit quantities come from.
public protocol ExpressionEnvironment {
  associatedtype Scalar: RealScalar
  func value(of variable: Expression.Variable) -> Scalar
  /// The quantity number `index` of the expression's `probes`.
  func value(of probe: Expression.Probe, number index: Int) -> Scalar
  /// The time derivative (ddt) or integral (sdt) of `operand`, which is node `node`'s operand.
  func value(_ function: Function, of operand: Scalar, node: Int) -> Scalar
}

/// An environment without a circuit: no quantity has a value but temperature.
public struct StaticEnvironment: ExpressionEnvironment {
  public var temperature: Double
  public init(temperature: Double = 27) { self.temperature = temperature }

  public func value(of variable: Expression.Variable) -> Double {
    variable == .temperature ? temperature : 0
  }
  public func value(of probe: Expression.Probe, number index: Int) -> Double { .nan }
  public func value(_ function: Function, of operand: Double, node: Int) -> Double { 0 }
}

extension Expression {
  /// The value, and on dual numbers the exact derivatives.
  /// - Precondition: bound: no names, random functions or functions of the deck are left.
  public func evaluate<E: ExpressionEnvironment>(in environment: E) -> E.Scalar {
    var workspace: [E.Scalar] = []
    return evaluate(in: environment, workspace: &workspace)
  }

  /// As above, with a workspace kept by the caller so that repeated evaluation allocates nothing.
  public func evaluate<E: ExpressionEnvironment>(
    in environment: E, workspace values: inout [E.Scalar]
  ) -> E.Scalar {
    values.removeAll(keepingCapacity: true)
    for (index, node) in nodes.enumerated() {
      switch node {
      case .number(let value): values.append(E.Scalar(value))
      case .name(let name): preconditionFailure("unbound name \(names[Int(name)])")
      case .variable(let variable): values.append(environment.value(of: variable))
      case .probe(let probe):
        values.append(environment.value(of: probes[Int(probe)], number: Int(probe)))
      case .call(let function, let first, let count):
        let operands = arguments[Int(first)..<Int(first) + Int(count)]
        if function == .ddt || function == .sdt {
          let operand = values[Int(operands[operands.startIndex])]
          values.append(environment.value(function, of: operand, node: index))
        } else {
          values.append(function.apply(operands, values))
        }
      }
    }
    return values[Int(root)]
  }
}

extension Function {
  /// The function of numbers.
  /// - Precondition: as many operands as `arity` allows; not random, not of time, not `user`.
  public func evaluate(_ operands: [Double]) -> Double {
    apply(ArraySlice(0..<Int32(operands.count)), operands)
  }

  /// The function of any number of operands, derivatives included.
  public func value<Scalar: RealScalar>(of operands: [Scalar]) -> Scalar {
    apply(ArraySlice(0..<Int32(operands.count)), operands)
  }

  /// The function of the operands whose indices into `values` are given.
  func apply<Scalar: RealScalar>(_ operands: ArraySlice<Int32>, _ values: [Scalar]) -> Scalar {
    let first = operands.startIndex
    let a = values[Int(operands[first])]
    switch operands.count {
    case 1: return self == .min || self == .max ? a : unary(a)
    case 2: return binary(a, values[Int(operands[first + 1])])
    default:
      switch self {
      case .select:
        return values[Int(operands[a.value != 0 ? first + 1 : first + 2])]
      case .limit:
        // limit(x, low, high) with the bounds in either order
        let b = values[Int(operands[first + 1])]
        let c = values[Int(operands[first + 2])]
        let low = b.value <= c.value ? b : c
        let high = b.value <= c.value ? c : b
        return a.value < low.value ? low : a.value > high.value ? high : a
      case .min, .max:
        var best = a
        for operand in operands.dropFirst() {
          let next = values[Int(operand)]
          if self == .min ? next.value < best.value : next.value > best.value { best = next }
        }
        return best
      case .pulse, .sinusoid, .exponentialPulse, .frequencyModulated:
        return TimeFunction(operands: operands, values: values).value(of: self)
      default:
        return Interpolation(operands: operands.dropFirst(), values: values).value(of: self, at: a)
      }
    }
  }

  /// The function of one operand; outside of its domain the real part of its principal value, or
  /// what continues it, so that a search that strays there can go on.
  @inlinable public func unary<Scalar: RealScalar>(_ x: Scalar) -> Scalar {
    switch self {
    case .negate: -x
    case .not: Scalar(x.value == 0 ? 1 : 0)
    case .abs: x.magnitude
    // where a search begins at 0 its slope there has to be finite: that at 1e-12
    case .sqrt: x.value > 0 ? x.squareRoot : x.mapped(0, slope: x.value == 0 ? 5e5 : 0)
    case .exp: x.exponential
    case .ln: x.value == 0 ? x.mapped(-.infinity, slope: 1e12) : x.magnitude.naturalLogarithm
    case .log10: x.value == 0 ? x.mapped(-.infinity, slope: 4e11) : x.magnitude.decimalLogarithm
    case .decibel: 20 * x.magnitude.decimalLogarithm
    case .sin: x.sine
    case .cos: x.cosine
    case .tan: x.tangent
    case .asin:
      x.value.magnitude < 1
        ? x.arcSine : x.mapped(.pi / 2 * (x.value < 0 ? -1 : 1), slope: 0)
    case .acos: x.value.magnitude < 1 ? x.arcCosine : x.mapped(x.value < 0 ? .pi : 0, slope: 0)
    case .atan: x.arcTangent
    case .sinh: x.hyperbolicSine
    case .cosh: x.hyperbolicCosine
    case .tanh: x.hyperbolicTangent
    case .asinh: x.inverseHyperbolicSine
    case .acosh:
      x.value.magnitude > 1 ? x.magnitude.inverseHyperbolicCosine : Scalar(0)
    case .atanh:
      x.value.magnitude <= 1
        ? x.inverseHyperbolicTangent : (Scalar(1) / x).inverseHyperbolicTangent
    case .sgn: Scalar(x.value > 0 ? 1 : x.value < 0 ? -1 : 0)
    case .int: Scalar(x.value.rounded(.towardZero))
    case .nint: Scalar(x.value.rounded())
    case .floor: Scalar(x.value.rounded(.down))
    case .ceil: Scalar(x.value.rounded(.up))
    case .stp: Scalar(x.value > 0 ? 1 : 0)
    case .uramp: x.value > 0 ? x : Scalar(0)
    case .real, .min, .max: x
    case .imaginary: Scalar(0)
    case .phase: Scalar(x.value < 0 ? Double.pi : 0)
    default: preconditionFailure("\(self) is not a function of one argument")
    }
  }

  /// The function of two operands.
  @inlinable public func binary<Scalar: RealScalar>(_ x: Scalar, _ y: Scalar) -> Scalar {
    func truth(_ value: Bool) -> Scalar { Scalar(value ? 1 : 0) }
    switch self {
    case .add: return x + y
    case .subtract: return x - y
    case .multiply: return x * y
    case .divide: return x / y
    case .remainder, .fmod:
      let quotient = (x.value / y.value).rounded(.towardZero)
      let exact = x.value.truncatingRemainder(dividingBy: y.value)
      let r = x - quotient * y
      return r - Scalar(r.value) + Scalar(exact)
    case .power, .pow: return raised(x, to: y)
    case .pwr: return x.magnitude.raised(to: y)
    case .pwrs: return x.value < 0 ? -((-x).raised(to: y)) : x.raised(to: y)
    case .and: return truth(x.value != 0 && y.value != 0)
    case .or: return truth(x.value != 0 || y.value != 0)
    case .exclusiveOr: return truth((x.value != 0) != (y.value != 0))
    case .equal: return truth(x.value == y.value)
    case .notEqual: return truth(x.value != y.value)
    case .less: return truth(x.value < y.value)
    case .lessEqual: return truth(x.value <= y.value)
    case .greater: return truth(x.value > y.value)
    case .greaterEqual: return truth(x.value >= y.value)
    case .atan2: return x.arcTangent(over: y)
    case .sign: return y.value < 0 ? -x.magnitude : y.value > 0 ? x.magnitude : Scalar(0)
    case .min: return y.value < x.value ? y : x
    case .max: return y.value > x.value ? y : x
    default: preconditionFailure("\(self) is not a function of two arguments")
    }
  }

  /// x to the power of y; of a negative x and a y that is no whole number the real part of the
  /// principal value, |x|^y cos(pi y).
  @inlinable func raised<Scalar: RealScalar>(_ x: Scalar, to y: Scalar) -> Scalar {
    // where a search begins at 0 its slope there has to be finite: that at 1e-12
    if x.value == 0, 0 < y.value, y.value < 1 {
      return x.mapped(0, slope: y.value * Numerics.power(1e-12, y.value - 1))
    }
    if x.value >= 0 || y.value == y.value.rounded() { return x.raised(to: y) }
    return (-x).raised(to: y) * (Double.pi * y).cosine
  }
}
