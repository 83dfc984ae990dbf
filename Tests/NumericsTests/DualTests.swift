import Numerics
import Testing

@Suite struct DualTests {
  typealias Two = Dual<SIMD2<Double>>

  /// Every function against central differences, which are good to about h^2.
  @Test func slopesAgreeWithFiniteDifferences() {
    var stream = RandomStream(seed: 7, purpose: .parameter)
    let functions: [(name: String, dual: (Two) -> Two, plain: (Double) -> Double)] = [
      ("square root", { $0.squareRoot }, { $0.squareRoot }), ("sine", { $0.sine }, { $0.sine }),
      ("cosine", { $0.cosine }, { $0.cosine }), ("tangent", { $0.tangent }, { $0.tangent }),
      ("arc sine", { $0.arcSine }, { $0.arcSine }),
      ("arc cosine", { $0.arcCosine }, { $0.arcCosine }),
      ("arc tangent", { $0.arcTangent }, { $0.arcTangent }),
      ("exponential", { $0.exponential }, { $0.exponential }),
      ("natural logarithm", { $0.naturalLogarithm }, { $0.naturalLogarithm }),
      ("decimal logarithm", { $0.decimalLogarithm }, { $0.decimalLogarithm }),
      ("sinh", { $0.hyperbolicSine }, { $0.hyperbolicSine }),
      ("cosh", { $0.hyperbolicCosine }, { $0.hyperbolicCosine }),
      ("tanh", { $0.hyperbolicTangent }, { $0.hyperbolicTangent }),
      ("asinh", { $0.inverseHyperbolicSine }, { $0.inverseHyperbolicSine }),
      ("acosh", { (Two(2) + $0).inverseHyperbolicCosine }, { ($0 + 2).inverseHyperbolicCosine }),
      ("atanh", { $0.inverseHyperbolicTangent }, { $0.inverseHyperbolicTangent }),
      ("power", { $0.raised(to: 2.7) }, { $0.raised(to: 2.7) }),
    ]
    let h = 1e-5
    for function in functions {
      for _ in 0..<20 {
        let x = 0.1 + 0.8 * stream.uniform()
        let dual = function.dual(Two(x, variable: 1))
        let difference = (function.plain(x + h) - function.plain(x - h)) / (2 * h)
        #expect(dual.value == function.plain(x), "\(function.name)")
        #expect(dual.partials[0] == 0)
        #expect(
          abs(dual.partials[1] - difference) < 1e-7 * (1 + abs(difference)), "\(function.name)")
      }
    }
  }

  @Test func twoVariables() {
    var stream = RandomStream(seed: 8, purpose: .parameter)
    for _ in 0..<50 {
      let (a, b) = (0.2 + stream.uniform(), 0.2 + stream.uniform())
      let (x, y) = (Two(a, variable: 0), Two(b, variable: 1))
      let quotient = x / y
      #expect(abs(quotient.partials[0] - 1 / b) < 1e-12)
      #expect(abs(quotient.partials[1] + a / (b * b)) < 1e-12 * (1 + a / (b * b)))
      let power = x.raised(to: y)
      #expect(abs(power.partials[0] - b * Numerics.power(a, b - 1)) < 1e-12)
      #expect(abs(power.partials[1] - power.value * naturalLogarithm(a)) < 1e-12)
      let angle = y.arcTangent(over: x)
      #expect(angle.value == arcTangent(b, a))
      #expect(abs(angle.partials[0] + b / (a * a + b * b)) < 1e-12)
      #expect(abs(angle.partials[1] - a / (a * a + b * b)) < 1e-12)
    }
  }
}
