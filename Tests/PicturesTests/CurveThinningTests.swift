import Numerics
import Testing

@testable import Pictures

@Suite struct CurveThinningTests {
  /// However points are spread, each column of the picture keeps its ends and extremes.
  @Test func nothingVisibleIsLost() {
    var random = RandomStream(seed: 5, purpose: .corruption)
    var x = [0.0]
    for index in 1..<50_000 {
      x.append(x[index - 1] + random.uniform() * (index % 1000 < 900 ? 1e-3 : 1))
    }
    let y = x.indices.map { sine(Double($0) * 0.7) + random.uniform() }
    let thin = CurveThinning.thinned(x: x, y: y, columns: 500)
    #expect(thin.x.count <= 2000 && thin.x.first == x.first && thin.x.last == x.last)
    let width = x[x.count - 1] / 500
    func extremes(_ x: [Double], _ y: [Double]) -> [Int: ClosedRange<Double>] {
      var result: [Int: ClosedRange<Double>] = [:]
      for (place, value) in zip(x, y) {
        let old = result[Int(place / width)] ?? value...value
        result[Int(place / width)] = min(old.lowerBound, value)...max(old.upperBound, value)
      }
      return result
    }
    #expect(extremes(thin.x, thin.y) == extremes(x, y))
  }

  @Test func gapsAndStrangeNumbersStay() {
    var y = (0..<10_000).map { Double($0) }
    y[5000] = .nan
    let x = (0..<10_000).map { Double($0) }
    let thin = CurveThinning.thinned(x: x, y: y, scale: .logarithmic, columns: 100)
    #expect(thin.y.contains(where: \.isNaN) && thin.x.count < 450)
    let wide = x.map { $0 < 5000 ? -1.7e308 : 1.7e308 }
    #expect(CurveThinning.thinned(x: wide, y: y, columns: 10).x.count == 10_000)
    let few = CurveThinning.thinned(x: [0, 1], y: [2, 3])
    #expect(few.x == [0, 1] && few.y == [2, 3])
  }
}
