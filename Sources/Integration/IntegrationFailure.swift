/// Why an integration could not go on.
public struct IntegrationFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The solver's raw return code (SUNDIALS: negative), or nil where this room itself refused.
  public let code: Int32?
  /// The solver's name of the code, such as `CV_TOO_MUCH_WORK`.
  public let name: String
  /// What the solver said, in its own words.
  public let message: String
  /// The last time that was reached; the state there is still readable.
  public let time: Double
  /// One thing to try.
  public let advice: String
  /// The components that resist, where the solver knows them.
  public let worst: WorstComponents

  public init(
    code: Int32?, name: String, message: String, time: Double, advice: String,
    worst: WorstComponents = WorstComponents()
  ) {
    self.code = code
    self.name = name
    self.message = message
    self.time = time
    self.advice = advice
    self.worst = worst
  }

  public var description: String {
    let number = code.map { " (\($0))" } ?? ""
    let said = message.isEmpty ? "" : ": \(message)"
    return "integration stopped at t = \(time), \(name)\(number)\(said)\(worst); try: \(advice)"
  }
}

/// Which equations and unknowns kept a solver from going on, by index.
public struct WorstComponents: Hashable, Sendable, CustomStringConvertible {
  /// The equation with the largest residual in units of what its unknowns' tolerances allow.
  public var equation: Int?
  /// That equation's residual in its own unit.
  public var residual: Double?
  /// The unknown whose local error is largest in units of its tolerance.
  public var unknown: Int?
  /// That error in units of the tolerance.
  public var error: Double?
  /// Where the last Jacobian was singular, if it was.
  public var singularity: SingularMatrix?

  public init(
    equation: Int? = nil, residual: Double? = nil, unknown: Int? = nil, error: Double? = nil,
    singularity: SingularMatrix? = nil
  ) {
    self.equation = equation
    self.residual = residual
    self.unknown = unknown
    self.error = error
    self.singularity = singularity
  }

  public var description: String {
    var text = ""
    if let equation { text += "; worst equation \(equation)" }
    if let residual { text += " (residual \(residual))" }
    if let unknown { text += "; worst unknown \(unknown)" }
    if let error { text += " (error \(error) tolerances)" }
    if let singularity { text += "; \(singularity)" }
    return text
  }
}
