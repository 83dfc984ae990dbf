/// A system of ordinary differential equations dy/dt = f(t, y).
///
/// An object, so that the solver makes one dynamic call for each right-hand side; the loops inside
/// are the system's own. A state is often a batch of independent trials, one after the other.
public protocol OrdinarySystem: AnyObject {
  /// The number of doubles in a state.
  var count: Int { get }

  /// Writes f(t, y) into `result` (`count` doubles, not overlapping `state`).
  ///
  /// A value that is not finite asks the solver for a smaller step; a thrown error stops it and
  /// reaches the solver's caller unchanged.
  func derivative(
    at time: Double, of state: UnsafePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) throws

  /// Writes the Jacobian's product with `v`, (df/dy) v at (t, y), into `result`.
  ///
  /// Only the stiff method asks for it, several times for each step.
  func jacobianProduct(
    at time: Double, state: UnsafePointer<Double>, with v: UnsafePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) throws
}
