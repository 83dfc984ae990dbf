/// `.op`: the operating point.
public struct OperatingPointCard: Sendable, Hashable {
  public var origin: Origin
  public init(origin: Origin) { self.origin = origin }
}

/// `.dc V1 0 5 0.1 I1 1u 10u 1u`: operating points over nested sweeps.
public struct DCCard: Sendable, Hashable {
  /// The first is the innermost.
  public var axes: [SweepAxis]
  public var origin: Origin

  public init(axes: [SweepAxis], origin: Origin) {
    self.axes = axes
    self.origin = origin
  }
}

/// `.ac dec 10 1 1meg`: small-signal response.
public struct ACCard: Sendable, Hashable {
  /// Of the frequency, hertz; `.rows` when a `.data` table gives it.
  public var frequencies: SweepAxis.Points
  /// Name of that table.
  public var data: String?
  public var origin: Origin

  public init(frequencies: SweepAxis.Points, data: String? = nil, origin: Origin) {
    self.frequencies = frequencies
    self.data = data
    self.origin = origin
  }
}

/// `.noise v(out) vin dec 10 1 1meg`: small-signal noise at an output, referred to an input.
public struct NoiseCard: Sendable, Hashable {
  /// Indices into `Circuit.nodeNames`.
  public var output: Int32
  public var reference: Int32
  /// The independent source the noise is referred to: hierarchical, lower case.
  public var source: String
  /// Hertz; `.rows` when a `.data` table gives it.
  public var frequencies: SweepAxis.Points
  /// Name of that table.
  public var data: String?
  /// Every so many points each device's share is told; 0 for never.
  public var interval = 0
  public var origin: Origin

  public init(
    output: Int32, reference: Int32 = 0, source: String, frequencies: SweepAxis.Points,
    data: String? = nil, origin: Origin
  ) {
    self.output = output
    self.reference = reference
    self.source = source
    self.frequencies = frequencies
    self.data = data
    self.origin = origin
  }
}

/// `.tran 1n 1u 0 0.5n UIC`: integration in time.
public struct TransientCard: Sendable, Hashable {
  /// Suggested step of the printed results, seconds.
  public var printStep: Double
  public var stopTime: Double
  /// Results before it are not kept.
  public var startTime: Double
  /// Largest time step; nil lets the program choose.
  public var stepMaximum: Double?
  /// `UIC` or `NOOP`: starts from the initial conditions without an operating point.
  public var skipsOperatingPoint: Bool
  public var origin: Origin

  public init(
    printStep: Double, stopTime: Double, startTime: Double = 0, stepMaximum: Double? = nil,
    skipsOperatingPoint: Bool = false, origin: Origin
  ) {
    self.printStep = printStep
    self.stopTime = stopTime
    self.startTime = startTime
    self.stepMaximum = stepMaximum
    self.skipsOperatingPoint = skipsOperatingPoint
    self.origin = origin
  }
}

/// `.step dec rload 1k 1meg 5`: repeats every analysis over nested sweeps; several cards nest.
public struct StepCard: Sendable, Hashable {
  /// The first is the innermost.
  public var axes: [SweepAxis]
  public var origin: Origin

  public init(axes: [SweepAxis], origin: Origin) {
    self.axes = axes
    self.origin = origin
  }
}

/// `.data table r c 1k 1n 2k 2n .enddata`: rows of parameter values.
public struct DataCard: Sendable, Hashable {
  /// Lower case.
  public var name: String
  /// Lower case.
  public var columns: [String]
  /// Row by row, `columns.count` numbers each.
  public var rows: [[Double]]
  public var origin: Origin

  public init(name: String, columns: [String], rows: [[Double]], origin: Origin) {
    self.name = name
    self.columns = columns
    self.rows = rows
    self.origin = origin
  }
}

/// `.four 1meg v(out)`: harmonics of a transient result.
public struct FourierCard: Sendable, Hashable {
  /// Hertz.
  public var frequency: Double
  public var quantities: [Output]
  public var origin: Origin

  public init(frequency: Double, quantities: [Output], origin: Origin) {
    self.frequency = frequency
    self.quantities = quantities
    self.origin = origin
  }
}
