import Schematic
import Testing

@Suite struct SweepAxisTests {
  @Test func linearReachesItsStop() {
    let points = SweepAxis.Points.linear(start: 0, stop: 1, step: 0.1)
    #expect(points.count == 11)
    #expect(points.values.count == 11)
    #expect(abs(points.values[10] - 1) < 1e-15)
    #expect(SweepAxis.Points.linear(start: 5, stop: 0, step: -2).values == [5, 3, 1])
    #expect(SweepAxis.Points.linear(start: 2, stop: 2, step: 0).values == [2])
  }

  /// Whatever the rounding of (stop - start) / step, the last point is not lost.
  @Test func linearKeepsTheLastPoint() {
    for count in 1...2000 {
      let step = 0.1 / Double(count)
      let points = SweepAxis.Points.linear(start: 0.3, stop: 0.3 + Double(count) * step, step: step)
      #expect(points.count == Double(count + 1))
    }
  }

  @Test func decadesAndOctaves() {
    let decades = SweepAxis.Points.decade(start: 1, stop: 1000, count: 2).values
    #expect(decades.count == 7)
    for index in 2..<7 { #expect(abs(decades[index] / decades[index - 2] - 10) < 1e-13) }
    #expect(abs(decades[1] * decades[1] - 10) < 1e-13)
    #expect(SweepAxis.Points.octave(start: 1, stop: 8, count: 1).values == [1, 2, 4, 8])
    #expect(SweepAxis.Points.decade(start: -1, stop: -100, count: 1).values == [-1, -10, -100])
    #expect(SweepAxis.Points.decade(start: 1, stop: 50, count: 1).values == [1, 10])
  }

  @Test func countIsARealNumber() {
    #expect(SweepAxis.Points.linear(start: 0, stop: 1, step: 1e-300).count > 1e299)
    #expect(SweepAxis.Points.list([1, 2, 3]).count == 3)
    #expect(SweepAxis.Points.rows.values.isEmpty)
  }
}
