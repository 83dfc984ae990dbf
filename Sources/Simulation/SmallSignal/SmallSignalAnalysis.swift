import Numerics

/// The response of a circuit, linear around its operating point, to the sources' ac amplitudes.
public final class SmallSignalAnalysis {
  private let system: SmallSignalSystem
  private let amplitudes: UnsafeMutablePointer<Complex>
  private let count: Int

  /// - Parameter x: the operating point as `OperatingPoint.solve` found it, ground removed.
  public init(_ equations: CircuitEquations, at x: [Double]) {
    system = SmallSignalSystem(equations, at: x, analysis: "ac analysis")
    count = equations.unknownCount + 1
    amplitudes = .allocate(capacity: count)
    amplitudes.initialize(repeating: .zero, count: count)
  }

  deinit { amplitudes.deallocate() }

  /// Solves at `frequency`, hertz; the point is valid until the next call, and until the circuit's
  /// equations are used for something else.
  /// - Throws: `AnalysisFailure` where the linear equations have no unique solution.
  public func solve(at frequency: Double) throws -> SmallSignalPoint {
    try system.factor(at: frequency)
    amplitudes.update(repeating: .zero, count: count)
    for bank in system.equations.banks {
      bank.excitation { row, amplitude in amplitudes[Int(row)] += amplitude }
    }
    amplitudes[0] = .zero
    system.solve(amplitudes + 1)
    return SmallSignalPoint(
      frequency: frequency, amplitudes: UnsafePointer(amplitudes), evaluation: system.evaluation,
      temperature: system.equations.circuit.temperature)
  }

  /// Solves at each frequency in turn.
  ///
  /// - Parameter shouldStop: asked before every frequency; true ends the analysis there.
  /// - Returns: whether all frequencies were reached.
  /// - Throws: `AnalysisFailure`, and what the observer throws.
  public func run<Observer: SmallSignalObserver>(
    _ frequencies: [Double], _ observer: inout Observer, shouldStop: () -> Bool = { false }
  ) throws -> Bool {
    for frequency in frequencies {
      if shouldStop() { return false }
      try observer.output(try solve(at: frequency))
    }
    return true
  }
}
