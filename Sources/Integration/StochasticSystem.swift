/// A system of stochastic differential equations in Stratonovich's sense,
/// dX_i = f_i(t, X) dt + g_i(t, X) o dW_i, with an independent Wiener process for each component.
///
/// `derivative` gives f. A state is a batch of trials, one block of equal length after the other.
public protocol StochasticSystem: OrdinarySystem {
  /// The amplitudes g_i of one trial's block where they are constant (the same for all trials),
  /// else nil. Unit: the component's unit over the square root of a second.
  var additiveNoise: [Double]? { get }

  /// Writes the amplitudes g(t, X) of the whole batch (`count` doubles) into `result`. Asked for
  /// only where `additiveNoise` is nil.
  func noise(
    at time: Double, of state: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) throws
}

extension StochasticSystem {
  public var additiveNoise: [Double]? { nil }

  public func noise(
    at time: Double, of state: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) throws {
    guard let block = additiveNoise, !block.isEmpty else {
      preconditionFailure("a system without additive noise must implement noise(at:of:into:)")
    }
    for k in 0..<count { result[k] = block[k % block.count] }
  }
}
