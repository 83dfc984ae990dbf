/// How a long run talks to whoever started it.
public struct RunControl: Sendable {
  /// Tasks at a time; results do not depend on it.
  public var jobs: Int
  /// Asked often; once true, the run ends soon and keeps what is done.
  public var shouldStop: @Sendable () -> Bool
  /// Told the part done, 0 to 1, from any thread.
  public var progress: @Sendable (Double) -> Void

  public init(
    jobs: Int = 1, shouldStop: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) {
    self.jobs = max(1, jobs)
    self.shouldStop = shouldStop
    self.progress = progress
  }
}
