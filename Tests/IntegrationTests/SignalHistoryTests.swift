import Foundation
import Integration
import Testing

@Suite struct SignalHistoryTests {
  /// A history of one signal, read as a number.
  struct Single {
    let history: SignalHistory
    var interpolation = SignalHistory.Interpolation.smooth
    private var cursor = SignalHistory.Cursor()

    init(reach: Double, interpolation: SignalHistory.Interpolation = .smooth) {
      history = SignalHistory(signalCount: 1, reach: reach)
      self.interpolation = interpolation
    }

    func append(time: Double, value: Double) { history.append(time: time, values: [value]) }

    mutating func stencil(at time: Double, now: Double? = nil) -> SignalHistory.Stencil {
      history.stencil(at: time, now: now, interpolation: interpolation, cursor: &cursor)
    }

    mutating func read(at time: Double) -> Double { history.value(stencil(at: time), of: 0) }
  }

  /// A sine recorded at unequal steps is read back in between with order six.
  @Test func sine() {
    func worst(_ step: Double) -> Double {
      var past = Single(reach: 100)
      var t = 0.0
      while t < 20 {
        past.append(time: t, value: sin(t))
        t += step * (1 + 0.3 * sin(7 * t))
      }
      return stride(from: 2.0, to: 18, by: 0.0137).map { abs(past.read(at: $0) - sin($0)) }.max()!
    }
    let (coarse, fine) = (worst(0.2), worst(0.1))
    #expect(coarse < 1e-5)
    #expect(log2(coarse / fine) > 5)
  }

  /// A delay shorter than the step reads the polynomial through the unknown present, whose weight
  /// is the exact derivative.
  @Test func presentValue() {
    var past = Single(reach: 0.01)
    for k in 0...10 { past.append(time: 0.1 * Double(k), value: exp(0.1 * Double(k))) }
    let stencil = past.stencil(at: 1.09, now: 1.1)
    let value = past.history.value(stencil, of: 0) + stencil.presentWeight * exp(1.1)
    #expect(abs(value - exp(1.09)) < 1e-7)
    #expect(stencil.presentWeight > 0.5)
    #expect(past.stencil(at: 0.95, now: 1.1).presentWeight == 0)
  }

  /// No polynomial looks across a corner or a jump; both sides are exact for a broken line.
  @Test func corners() {
    var past = Single(reach: 10)
    for k in 0...4 { past.append(time: Double(k), value: Double(k)) }
    past.append(time: 4, value: 4)
    for k in 5...8 { past.append(time: Double(k), value: Double(8 - k)) }
    past.append(time: 8, value: 5)
    for k in 9...12 { past.append(time: Double(k), value: 5) }
    for (t, value) in [(3.5, 3.5), (4, 4), (4.25, 3.75), (7.5, 0.5), (8, 5), (8.5, 5)] {
      #expect(abs(past.read(at: t) - value) < 1e-12, "at \(t)")
    }
    #expect(past.read(at: 3.5) == 3.5)
    #expect(past.read(at: -1) == 0)
  }

  /// A long history keeps only what the longest delay reaches, and a reader's cursor survives.
  @Test func trimming() {
    var past = Single(reach: 1)
    var worst = 0.0
    for k in 0..<20_000 {
      let t = 0.05 * Double(k)
      past.append(time: t, value: cos(t))
      if t > 2 { worst = max(worst, abs(past.read(at: t - 0.98) - cos(t - 0.98))) }
    }
    #expect(worst < 1e-9)
    #expect(past.history.count < 40)
  }

  /// The longest delay is read at any time of the last step, however long that was.
  @Test func theWholeLastStepIsReached() {
    var past = Single(reach: 1)
    for k in 0..<400 { past.append(time: 0.01 * Double(k), value: 0.01 * Double(k)) }
    past.append(time: 5, value: 5)
    for t in [3.99 - 1, 3.5, 4] { #expect(abs(past.read(at: t) - t) < 1e-12, "at \(t)") }
  }

  @Test func linear() {
    var past = Single(reach: 10, interpolation: .linear)
    for k in 0...5 { past.append(time: Double(k), value: Double(k * k)) }
    #expect(past.read(at: 2.5) == 6.5)
  }

  /// All signals at once are what each is alone, in any order, also while the ring grows.
  @Test func severalSignals() {
    let history = SignalHistory(signalCount: 5, reach: 3)
    func signal(_ k: Int, _ t: Double) -> Double { sin(t * (1 + 0.2 * Double(k))) }
    var cursor = SignalHistory.Cursor()
    let order: [Int32] = [4, 0, 3, 3, 1]
    var bases = [Double](repeating: 0, count: 5)
    for step in 0..<200 {
      let t = 0.05 * Double(step)
      history.append(time: t, values: (0..<5).map { signal($0, t) })
      guard t > 3 else { continue }
      let stencil = history.stencil(at: t - 2.51, cursor: &cursor)
      history.read(stencil, signals: order, readerCount: 5, into: &bases)
      for (place, k) in order.enumerated() {
        #expect(abs(bases[place] - history.value(stencil, of: Int(k))) < 1e-14)
        #expect(abs(bases[place] - signal(Int(k), t - 2.51)) < 1e-7)
      }
    }
  }
}
