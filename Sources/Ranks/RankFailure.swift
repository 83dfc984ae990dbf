/// Why processes that were started together cannot work together.
public struct RankFailure: Error, Hashable, CustomStringConvertible {
  public var description: String
  /// What to try.
  public var help: String?

  public init(_ description: String, help: String? = nil) {
    self.description = description
    self.help = help
  }
}
