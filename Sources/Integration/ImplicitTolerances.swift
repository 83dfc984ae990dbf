/// How small the local error of one step of a differential-algebraic system must be: in the
/// weighted maximum norm, at most 1, so that each unknown is accurate alone.
///
/// The weight of unknown i is 1 / (relative * m_i + absolute[i]), m_i the largest |x_i| of all
/// accepted states so far. A charge may be wrong by what these allow its unknowns: the largest of
/// |dq/dx_j| / weight_j.
public struct ImplicitTolerances: Hashable, Sendable {
  /// The tolerated error relative to an unknown's largest size; dimensionless.
  public var relative: Double
  /// The tolerated error of each unknown near zero, in its own unit.
  public var absolute: [Double]
  /// Which unknowns' local errors choose the step; nil for all. The others are still solved for to
  /// their tolerance.
  public var tested: [Bool]?
  /// The tolerated error of each quadrature in its own unit (and `relative` of its size); nil where
  /// quadratures do not choose the step.
  public var quadratures: [Double]?

  /// - Precondition: `relative >= 0`, all of `absolute` positive.
  public init(
    relative: Double, absolute: [Double], tested: [Bool]? = nil, quadratures: [Double]? = nil
  ) {
    precondition(relative >= 0, "a tolerance is not negative")
    precondition(absolute.allSatisfy { $0 > 0 }, "an unknown's absolute tolerance is positive")
    precondition(tested.map { $0.count == absolute.count } ?? true, "a mark an unknown")
    precondition(quadratures?.allSatisfy { $0 > 0 } ?? true, "absolute tolerances are positive")
    self.relative = relative
    self.absolute = absolute
    self.tested = tested
    self.quadratures = quadratures
  }
}
