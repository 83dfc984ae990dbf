import Numerics
import Testing

@Suite struct VectorSineTests {
  @Test(arguments: [1.0, 10, 1e3, 1e6])
  func equalsLibrary(range: Double) {
    var stream = RandomStream(seed: 11, purpose: .parameter)
    var worst = 0.0
    for _ in 0..<20_000 {
      var x = SIMD8<Double>()
      for lane in 0..<8 { x[lane] = range * (2 * stream.uniform() - 1) }
      let (s, c) = sineCosine(x)
      for lane in 0..<8 {
        worst = max(worst, abs(s[lane] - sine(x[lane])), abs(c[lane] - cosine(x[lane])))
      }
    }
    #expect(worst < 3e-16)
  }

  @Test func specialValues() {
    let (s, c) = sineCosine(SIMD8(0, .pi / 2, .pi, -.pi / 2, .nan, 2 * .pi, .pi / 4, -0.0))
    #expect(s[0] == 0 && c[0] == 1)
    #expect(s[1] == 1 && abs(c[1]) < 1e-16)
    #expect(abs(s[2]) < 2e-16 && c[2] == -1)
    #expect(s[3] == -1)
    #expect(s[4].isNaN && c[4].isNaN)
  }
}
