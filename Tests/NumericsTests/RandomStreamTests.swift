import Numerics
import Testing

@Suite struct RandomStreamTests {
  /// Known answers of Salmon et al.'s reference implementation, threefry4x64 with 20 rounds.
  @Test func knownAnswers() {
    let zero = Threefry.block((0, 0, 0, 0), key: (0, 0, 0, 0))
    #expect(
      zero == (
        0x0921_8EBD_E6C8_5537, 0x5594_1F52_66D8_6105, 0x4BD2_5E16_2824_34DC,
        0xEE29_EC84_6BD2_E40B
      ))
    let m = UInt64.max
    let ones = Threefry.block((m, m, m, m), key: (m, m, m, m))
    #expect(
      ones == (
        0x29C2_4097_942B_BA1B, 0x0371_BBFB_0F6F_4E11, 0x3C23_1FFA_33F8_3A1C,
        0xCD29_113F_DE32_D168
      ))
  }

  @Test func normalMoments() {
    var stream = RandomStream(seed: 3, purpose: .thermalNoise)
    let count = 200_000
    var sum = 0.0
    var squares = 0.0
    var fourths = 0.0
    for _ in 0..<count {
      let x = stream.normal()
      sum += x
      squares += x * x
      fourths += x * x * x * x
    }
    let n = Double(count)
    #expect(abs(sum / n) < 4 / n.squareRoot())
    #expect(abs(squares / n - 1) < 4 * (2 / n).squareRoot())
    #expect(abs(fourths / n - 3) < 4 * (96 / n).squareRoot())
  }
}
