/// A real quantity sampled at equal intervals, in SI units.
public struct Signal: Equatable, Sendable {
  public var samples: [Double]
  /// Seconds between samples.
  public var interval: Double
  /// The time of the first sample, in seconds.
  public var start: Double

  /// - Precondition: `interval` is positive.
  public init(_ samples: [Double], interval: Double, start: Double = 0) {
    precondition(interval > 0, "the interval between samples is positive")
    self.samples = samples
    self.interval = interval
    self.start = start
  }

  /// Copies the samples of a buffer.
  public init(_ samples: UnsafeBufferPointer<Double>, interval: Double, start: Double = 0) {
    self.init(Array(samples), interval: interval, start: start)
  }

  public var count: Int { samples.count }
  /// Samples a second.
  public var rate: Double { 1 / interval }
  public func time(_ index: Int) -> Double { start + Double(index) * interval }

  /// How many samples lie in a span of seconds: at most all of them.
  public func samples(in span: Double) -> Int {
    Int(min((span / interval).rounded(), Double(count)))
  }

  /// The mean of the samples; 0 for none.
  public var mean: Double {
    samples.isEmpty ? 0 : samples.reduce(0, +) / Double(samples.count)
  }
}
