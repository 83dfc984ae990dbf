public import Schematic

/// What `.options` say to the solvers, with SPICE's names and their defaults.
public struct SolverOptions: Sendable, Hashable {
  /// The formulas that integrate in time.
  public enum Integrator: String, Sendable, Hashable {
    /// Backward differentiation: any circuit.
    case implicit
    /// Runge-Kutta's: oscillators without charges, delays and switches, several times faster.
    case explicit
  }

  public var integrator = Integrator.implicit
  /// Relative tolerance of results.
  public var reltol = 1e-3
  /// Volts that count as nothing; more where results are asked to be coarser than usual.
  public var voltageTolerance = 1e-6
  /// Amperes that count as nothing.
  public var currentTolerance = 1e-12
  /// Siemens across every junction.
  public var gmin = 1e-12
  /// Newton iterations of an operating point.
  public var iterationsMaximum = 200
  /// Highest order of the integration formula.
  public var orderMaximum = 5
  /// The local error of one step relative to `reltol`: errors of steps add up over a run, so each
  /// is held this much smaller than what is asked of the result.
  public var stepErrorFactor = 0.006
  /// Whether the operating point of a transient analysis holds capacitors and inductors at their
  /// `ic=`, as Xyce does; in ngspice they count with UIC alone.
  public var imposesInitialValues = true

  /// Seconds.
  public var stepMaximum = Double.infinity
  /// Times that steps end at, ascending, seconds.
  public var breakpoints: [Double] = []
  /// Step of the kept results, then times and their steps, seconds; empty for those of `.tran`.
  public var keptIntervals: [Double] = []
  /// Whether results are kept at the print step only.
  public var keepsPrintStep = false

  public init() {}

  /// From `.options`, whose ranges the reader has checked.
  public init(_ options: [String: Circuit.Option]) {
    func read(_ name: String, _ set: (Double) -> Void) {
      if let value = options[name]?.value.number { set(value) }
    }
    read("reltol") {
      reltol = min($0, 0.1)
      voltageTolerance = max(1e-6, 1e-3 * reltol)
    }
    read("vntol") { voltageTolerance = $0 }
    read("abstol") { currentTolerance = $0 }
    read("gmin") { gmin = $0 }
    read("itl1") { iterationsMaximum = Int($0) }
    read("delmax") { stepMaximum = $0 }
    read("interp") { keepsPrintStep = $0 != 0 }
    breakpoints = Self.list(options["breakpoints"]?.value).sorted()
    keptIntervals = Self.list(options["initial_interval"]?.value)
    read("maxord") { orderMaximum = max(1, min(5, Int($0))) }
    integrator = options["integrator"]?.value.text.flatMap(Integrator.init) ?? .implicit
    imposesInitialValues = options["dialect"]?.value.text != "ngspice"
  }

  private static func list(_ value: ParameterValue?) -> [Double] {
    value?.numbers ?? value?.number.map { [$0] } ?? []
  }

  /// The relative tolerance of one step's local error.
  var stepTolerance: Double { reltol * stepErrorFactor }
}
