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

  public init(code: Int32?, name: String, message: String, time: Double, advice: String) {
    self.code = code
    self.name = name
    self.message = message
    self.time = time
    self.advice = advice
  }

  public var description: String {
    let number = code.map { " (\($0))" } ?? ""
    let said = message.isEmpty ? "" : ": \(message)"
    return "integration stopped at t = \(time), \(name)\(number)\(said); try: \(advice)"
  }
}
