public import Numerics

/// One device's unknowns and equations, numbered locally: terminals first, then its own unknowns.
///
/// A frame points into memory of the bank that evaluates; it is not kept.
public struct LocalFrame<Scalar: RealScalar> {
  let values: UnsafePointer<Scalar>
  let slopes: UnsafePointer<Scalar>
  let currents: UnsafeMutablePointer<Scalar>
  let charges: UnsafeMutablePointer<Scalar>
  public let moment: Moment

  @inline(__always)
  init(
    values: UnsafePointer<Scalar>, rates: UnsafePointer<Scalar>,
    currents: UnsafeMutablePointer<Scalar>, charges: UnsafeMutablePointer<Scalar>, moment: Moment
  ) {
    self.values = values
    self.slopes = rates
    self.currents = currents
    self.charges = charges
    self.moment = moment
  }

  /// The unknown number `index`.
  @inline(__always)
  public subscript(index: Int) -> Scalar { values[index] }

  /// Its rate of change.
  @inline(__always)
  public func rate(_ index: Int) -> Scalar { slopes[index] }

  /// What has been added to equation `row`.
  func current(_ row: Int) -> Scalar { currents[row] }

  /// Adds to equation `row`: at a terminal, a current that flows from it into the device.
  @inline(__always)
  public func add(_ row: Int, _ current: Scalar) {
    currents[row] = currents[row] + current
  }

  /// A current that flows from terminal `from` through the device to terminal `to`.
  @inline(__always)
  public func flow(from: Int, to: Int, _ current: Scalar) {
    currents[from] = currents[from] + current
    currents[to] = currents[to] - current
  }

  /// Adds to the charge of equation `row`.
  @inline(__always)
  public func addCharge(_ row: Int, _ charge: Scalar) {
    charges[row] = charges[row] + charge
  }

  /// A charge on terminal `from`, its opposite on terminal `to`.
  @inline(__always)
  public func store(from: Int, to: Int, _ charge: Scalar) {
    charges[from] = charges[from] + charge
    charges[to] = charges[to] - charge
  }
}
