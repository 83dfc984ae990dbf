import Numerics

/// A vector of space.
struct Vector3<Scalar: RealScalar>: Sendable {
  var x: Scalar
  var y: Scalar
  var z: Scalar

  @inline(__always)
  init(_ x: Scalar, _ y: Scalar, _ z: Scalar) {
    self.x = x
    self.y = y
    self.z = z
  }

  @inline(__always)
  init(_ constant: Vector3<Double>) {
    self.init(Scalar(constant.x), Scalar(constant.y), Scalar(constant.z))
  }

  @inline(__always)
  static func + (a: Self, b: Self) -> Self { Self(a.x + b.x, a.y + b.y, a.z + b.z) }

  @inline(__always)
  static func - (a: Self, b: Self) -> Self { Self(a.x - b.x, a.y - b.y, a.z - b.z) }

  @inline(__always)
  static func * (factor: Scalar, a: Self) -> Self {
    Self(factor * a.x, factor * a.y, factor * a.z)
  }

  @inline(__always)
  func dot(_ other: Self) -> Scalar { x * other.x + y * other.y + z * other.z }

  @inline(__always)
  func cross(_ other: Self) -> Self {
    Self(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
  }

  @inline(__always)
  var length: Scalar { dot(self).squareRoot }
}

extension Vector3<Double> {
  static func * (factor: Double, a: Self) -> Self {
    Self(factor * a.x, factor * a.y, factor * a.z)
  }

  /// The direction; that of `fallback` where there is none.
  func direction(else fallback: Self) -> Self { length > 0 ? (1 / length) * self : fallback }

  /// Some direction across this one.
  var across: Self {
    let other: Self = abs(x) < 0.6 * length ? Self(1, 0, 0) : Self(0, 1, 0)
    return cross(other).cross(self).direction(else: other)
  }

  var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }
}

extension Vector3: Equatable where Scalar: Equatable {}
extension Vector3: Hashable where Scalar: Hashable {}
