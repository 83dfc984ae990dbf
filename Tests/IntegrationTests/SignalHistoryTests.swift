import Foundation
import Integration
import Testing

@Suite struct SignalHistoryTests {
  /// A sine recorded at unequal steps is read back in between with order six.
  @Test func sine() {
    func worst(_ step: Double) -> Double {
      var history = SignalHistory(reach: 100)
      var t = 0.0
      while t < 20 {
        history.append(time: t, value: sin(t))
        t += step * (1 + 0.3 * sin(7 * t))
      }
      var cursor = SignalHistory.Cursor()
      return stride(from: 2.0, to: 18, by: 0.0137)
        .map { abs(history.read(at: $0, cursor: &cursor).value - sin($0)) }.max()!
    }
    let (coarse, fine) = (worst(0.2), worst(0.1))
    #expect(coarse < 1e-5)
    #expect(log2(coarse / fine) > 5)
  }

  /// A delay shorter than the step reads the polynomial through the unknown present, whose weight
  /// is the exact derivative.
  @Test func presentValue() {
    var history = SignalHistory(reach: 0.01)
    for k in 0...10 { history.append(time: 0.1 * Double(k), value: exp(0.1 * Double(k))) }
    var cursor = SignalHistory.Cursor()
    func read(_ value: Double) -> SignalHistory.Reading {
      history.read(at: 1.09, now: (1.1, value), cursor: &cursor)
    }
    let reading = read(exp(1.1))
    #expect(abs(reading.value - exp(1.09)) < 1e-7)
    let difference = (read(exp(1.1) + 1).value - read(exp(1.1)).value)
    #expect(abs(reading.weight - difference) < 1e-12)
    #expect(reading.weight > 0.5)
    let past = history.read(at: 0.95, now: (1.1, 3), cursor: &cursor)
    #expect(past.weight == 0)
  }

  /// No polynomial looks across a corner or a jump; both sides are exact for a broken line.
  @Test func corners() {
    var history = SignalHistory(reach: 10)
    for k in 0...4 { history.append(time: Double(k), value: Double(k)) }
    history.markCorner()
    for k in 5...8 { history.append(time: Double(k), value: Double(8 - k)) }
    history.append(time: 8, value: 5)
    for k in 9...12 { history.append(time: Double(k), value: 5) }
    var cursor = SignalHistory.Cursor()
    for (t, value) in [(3.5, 3.5), (4, 4), (4.25, 3.75), (7.5, 0.5), (8, 5), (8.5, 5)] {
      #expect(abs(history.read(at: t, cursor: &cursor).value - value) < 1e-12, "at \(t)")
    }
    #expect(history.read(at: 3.5, cursor: &cursor).value == 3.5)
    #expect(history.read(at: -1, cursor: &cursor).value == 0)
  }

  /// A long history keeps only what the longest delay reaches, and a reader's cursor survives.
  @Test func trimming() {
    var history = SignalHistory(reach: 1)
    var cursor = SignalHistory.Cursor()
    var worst = 0.0
    for k in 0..<20_000 {
      let t = 0.05 * Double(k)
      history.append(time: t, value: cos(t))
      if t > 2 {
        worst = max(worst, abs(history.read(at: t - 0.98, cursor: &cursor).value - cos(t - 0.98)))
      }
    }
    #expect(worst < 1e-9)
    #expect(history.count < 40)
  }

  @Test func linear() {
    var history = SignalHistory(reach: 10, interpolation: .linear)
    for k in 0...5 { history.append(time: Double(k), value: Double(k * k)) }
    var cursor = SignalHistory.Cursor()
    #expect(history.read(at: 2.5, cursor: &cursor).value == 6.5)
  }
}
