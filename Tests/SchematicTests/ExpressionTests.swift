import Numerics
import Schematic
import Testing

/// Gives the probes of an expression the values of dual variables, in order.
private struct Variables: ExpressionEnvironment {
  var values: [Dual<SIMD4<Double>>]
  func value(of variable: Expression.Variable) -> Dual<SIMD4<Double>> { 0.0 }
  func value(of probe: Expression.Probe, number index: Int) -> Dual<SIMD4<Double>> {
    values[index]
  }
  func value(
    _ function: Function, of operand: Dual<SIMD4<Double>>, node: Int
  ) -> Dual<SIMD4<Double>> { 0.0 }
}

private struct Numbers: ExpressionEnvironment {
  var values: [Double]
  func value(of variable: Expression.Variable) -> Double { 0 }
  func value(of probe: Expression.Probe, number index: Int) -> Double { values[index] }
  func value(_ function: Function, of operand: Double, node: Int) -> Double { 0 }
}

@Suite struct ExpressionTests {
  private func call(_ function: Function, _ points: [Double] = []) -> Expression {
    var expression = Expression()
    let count = points.isEmpty ? function.arity.lowerBound : 1
    var operands: [Int32] = []
    for index in 0..<count {
      operands.append(
        expression.append(probe: .init(function: "v", names: ["\(index)"], origin: .none)))
    }
    operands += points.map { expression.append(.number($0), at: .none) }
    expression.append(function, operands, at: .none)
    return expression
  }

  /// The complex principal values of which the functions give the real parts, with Python's cmath.
  @Test(arguments: [
    (Function.sqrt, -2.0, 0.0), (.ln, -2, 0.6931471805599453), (.log10, -2, 0.3010299956639812),
    (.asin, 2, 1.5707963267948966), (.asin, -2, -1.5707963267948966), (.acos, 2, 0),
    (.acos, -2, 3.141592653589793), (.acosh, 0.5, 0), (.acosh, -2, 1.3169578969248166),
    (.atanh, 2, 0.5493061443340549), (.atanh, -2, -0.5493061443340549),
  ])
  func outsideOfTheRealDomainTheRealPartCounts(_ function: Function, x: Double, real: Double) {
    let value = function.unary(Dual<SIMD2<Double>>(x, variable: 0))
    #expect(abs(value.value - real) < 1e-14)
    let h = 1e-6
    let slope = (function.unary(x + h) - function.unary(x - h)) / (2 * h)
    #expect(abs(value.partials[0] - slope) < 1e-8)
    #expect(!function.isReal(at: [x]))
  }

  @Test func aNegativeBaseToABrokenPowerGivesTheRealPart() {
    let value = Function.power.binary(
      Dual<SIMD2<Double>>(-2, variable: 0), Dual<SIMD2<Double>>(0.4, variable: 1))
    // exp(0.4 (ln 2 + i pi))
    #expect(abs(value.value - 0.4077503686410061) < 1e-14)
    let h = 1e-6
    let slopes = [
      (Function.power.binary(-2 + h, 0.4) - Function.power.binary(-2 - h, 0.4)) / (2 * h),
      (Function.power.binary(-2, 0.4 + h) - Function.power.binary(-2, 0.4 - h)) / (2 * h),
    ]
    for variable in 0...1 { #expect(abs(value.partials[variable] - slopes[variable]) < 1e-8) }
    #expect(Function.power.binary(-2.0, 3) == -8)
  }

  /// Every differentiable function of one to three arguments, at random points.
  @Test(arguments: [
    Function.add, .subtract, .multiply, .divide, .power, .negate, .select, .abs, .sqrt, .exp, .ln,
    .log10, .sin, .cos, .tan, .asin, .acos, .atan, .sinh, .cosh, .tanh, .asinh, .atanh, .uramp,
    .decibel, .atan2, .pow, .pwr, .pwrs, .sign, .fmod, .limit, .real,
  ])
  func derivativesAgreeWithFiniteDifferences(_ function: Function) {
    var stream = RandomStream(
      seed: 1, instance: Int(function.rawValue), purpose: .parameter)
    let expression = call(function)
    let count = expression.probes.count
    let h = 1e-6
    for _ in 0..<20 {
      let point = (0..<count).map { _ in 0.05 + 0.9 * stream.uniform() }
      let duals = point.enumerated().map { Dual<SIMD4<Double>>($1, variable: $0) }
      let value = expression.evaluate(in: Variables(values: duals))
      #expect(value.value == expression.evaluate(in: Numbers(values: point)))
      for variable in 0..<count {
        var (up, down) = (point, point)
        up[variable] += h
        down[variable] -= h
        let high = expression.evaluate(in: Numbers(values: up))
        let low = expression.evaluate(in: Numbers(values: down))
        // a step inside the interval has no derivative
        guard abs(high - low) < 0.01 else { continue }
        let difference = (high - low) / (2 * h)
        #expect(
          abs(value.partials[variable] - difference) < 1e-5 * (1 + abs(difference)),
          "\(function) \(point)")
      }
    }
  }

  @Test func tablesAndSplines() {
    let points = [0.0, 0, 1, 1, 2, 0, 3, 1]
    func at(_ function: Function, _ x: Double) -> Double {
      call(function, points).evaluate(in: Numbers(values: [x]))
    }
    #expect(at(.table, 0.5) == 0.5)
    #expect(at(.table, -1) == 0)
    #expect(at(.table, 4) == 1)
    #expect(at(.pwl, -1) == -1)
    #expect(at(.pwl, 4) == 2)
    for index in 0..<4 { #expect(abs(at(.spline, Double(index)) - points[2 * index + 1]) < 1e-14) }
    // the natural spline of these points: second derivatives 0, -4, 4, 0
    #expect(abs(at(.spline, 0.5) - 0.75) < 1e-14)
    #expect(abs(at(.spline, 1.5) - 0.5) < 1e-14)
    // straight outside, with the end's slope
    let slope = (at(.spline, 0) - at(.spline, -1e-3)) / 1e-3
    #expect(abs(at(.spline, -2) + 2 * slope) < 1e-9)
  }

  @Test func splineDerivative() {
    let expression = call(.spline, [0.0, 0, 1, 1, 2, 0, 3, 1])
    for x in stride(from: -0.95, to: 4, by: 0.1) {
      let dual = expression.evaluate(in: Variables(values: [Dual(x, variable: 0)]))
      let h = 1e-6
      let difference =
        (expression.evaluate(in: Numbers(values: [x + h]))
          - expression.evaluate(in: Numbers(values: [x - h]))) / (2 * h)
      #expect(abs(dual.partials[0] - difference) < 1e-7)
    }
  }

  @Test func logicAndRounding() {
    let values: [(Function, [Double], Double)] = [
      (.and, [1, 0], 0), (.or, [1, 0], 1), (.exclusiveOr, [1, 1], 0), (.not, [0], 1),
      (.less, [1, 2], 1), (.greaterEqual, [1, 2], 0), (.equal, [2, 2], 1), (.notEqual, [2, 2], 0),
      (.int, [-1.7], -1), (.nint, [1.5], 2), (.floor, [-1.2], -2), (.ceil, [1.2], 2),
      (.sgn, [-3], -1), (.stp, [0.1], 1), (.limit, [5, 0, 1], 1), (.limit, [5, 9, 8], 8),
      (.min, [3, 1, 2], 1), (.max, [3, 1, 2], 3), (.fmod, [7, -4], 3), (.pwrs, [-2, 2], -4),
      (.remainder, [7, 4], 3), (.sign, [2, -1], -2),
    ]
    for (function, operands, expected) in values {
      #expect(function.evaluate(operands) == expected, "\(function) \(operands)")
    }
  }
}
