/// What a transient analysis asks of an integrator, whatever its formula.
///
/// Arrays hold n unknowns; the state and its rates are those of `time`, its own polynomial those of
/// `lastStep`.
public protocol TimeStepper: AnyObject {
  /// Seconds.
  var time: Double { get }
  /// The last internal step: where `interpolate` is valid. Empty (both ends equal) before a step.
  var lastStep: ClosedRange<Double> { get }
  var statistics: IDA.Statistics { get }

  /// Takes one internal step, not beyond the stop time.
  /// - Throws: what the system threw, or `IntegrationFailure`; the state is then that of `time`.
  func step() throws -> IDA.Outcome

  /// Starts again from a consistent state, after a jump of the equations or the state.
  func restart(
    at start: Double, x: UnsafePointer<Double>, rates: UnsafePointer<Double>,
    chargeRates: UnsafePointer<Double>?, stepInitial: Double?
  ) throws

  /// - Precondition: the time lies ahead.
  func setStopTime(_ stop: Double) throws

  /// Changes the largest step, in seconds; nil for no limit.
  func setStepMaximum(_ step: Double?) throws

  /// Lends x and x' at `time`, and the charges' rates where the integrator keeps charges.
  func withState<Result, Failure: Error>(
    _ body: (
      _ x: UnsafePointer<Double>, _ rates: UnsafePointer<Double>,
      _ chargeRates: UnsafePointer<Double>
    ) throws(Failure) -> Result
  ) throws(Failure) -> Result

  /// Writes x (or its rates, with `derivative` 1) at a time of `lastStep` into `result`.
  func interpolate(at time: Double, derivative: Int, into result: UnsafeMutablePointer<Double>)
}

extension TimeStepper {
  public func interpolate(at time: Double, into result: UnsafeMutablePointer<Double>) {
    interpolate(at: time, derivative: 0, into: result)
  }
}

extension IDA: TimeStepper {}
