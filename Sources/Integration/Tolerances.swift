/// How small the local error of one step must be: in the weighted root-mean-square norm with the
/// weights 1 / (relative * |y_i| + absolute), at most 1.
public struct Tolerances: Hashable, Sendable {
  /// The tolerated error of a component relative to its size; dimensionless.
  public var relative: Double
  /// The tolerated error of a component near zero, in the component's own unit.
  public var absolute: Double
  /// The number of equally long blocks (trials) a state consists of. The norm of a state is the
  /// largest of its blocks' norms, so that each trial is as accurate as if it ran alone.
  public var blockCount: Int

  /// - Precondition: `relative >= 0`, `absolute >= 0`, not both zero, `blockCount >= 1`.
  public init(relative: Double = 1e-6, absolute: Double = 1e-9, blockCount: Int = 1) {
    precondition(relative >= 0 && absolute >= 0, "tolerances are not negative")
    precondition(relative + absolute > 0, "one of the tolerances must be positive")
    precondition(blockCount >= 1, "a state consists of at least one block")
    self.relative = relative
    self.absolute = absolute
    self.blockCount = blockCount
  }
}

/// The multistep formula, and how its implicit equation is solved.
///
/// Rule of thumb: `adams` unless `CVODE.Statistics.isStabilityLimited` says otherwise after some
/// hundred steps; then `bdfKrylov`. Networks whose fastest rate is not far from the rate of
/// interest are not stiff.
public enum IntegrationMethod: String, Hashable, Sendable, CaseIterable {
  /// Adams-Moulton, orders 1 to 12, with functional iteration: for systems that are not stiff.
  case adams
  /// Backward differentiation, orders 1 to 5, with Newton's method and GMRES on Jacobian
  /// products: for stiff systems.
  case bdfKrylov

  /// The highest order of the method.
  public var orderLimit: Int { self == .adams ? 12 : 5 }
}
