import Numerics

/// The free layer of a magnetic junction as one moment of fixed length, direction m:
///
///     dm/dt = -gamma m x H + alpha m x dm/dt,   H = B_eff + b_J p + a_J p x m
///     B_eff = B + B_k (m.k) k - mu0 Ms N m
///     a_J   = hbar eta I / (2 e Ms V (1 + lambda m.p)),   b_J = beta a_J
///
/// solved for the rate: dm/dt = -gamma (m x H + alpha m x (m x H)) / (1 + alpha^2).
///
/// Source: J. C. Slonczewski, J. Magn. Magn. Mater. 159 (1996) L1; T. Taniguchi et al., Appl. Phys.
/// Express 6 (2013) 123003.
struct Macrospin: Sendable, Hashable {
  static let reducedPlanck = 1.054571817e-34
  static let charge = 1.602176634e-19
  static let boltzmann = 1.380649e-23
  static let permeability = 1.25663706212e-6

  /// rad/(s T).
  var gyromagneticRatio: Double
  var damping: Double
  /// A/m.
  var magnetisation: Double
  /// m^3.
  var volume: Double
  /// Tesla.
  var field: Vector3<Double>
  /// Tesla, along `easyAxis`.
  var anisotropy: Double
  var easyAxis: Vector3<Double>
  /// Demagnetising factors.
  var shape: Vector3<Double>
  var polariser: Vector3<Double>
  var polarisation: Double
  var asymmetry: Double
  /// Field-like over damping-like torque.
  var fieldLike: Double

  /// a_J (1 + lambda m.p) for one ampere, tesla.
  var torque: Double {
    Self.reducedPlanck * polarisation / (2 * Self.charge * magnetisation * volume)
  }

  /// dm/dt, 1/s, where |m| = 1.
  ///
  /// - Parameters:
  ///   - current: amperes through this junction; positive drives m away from p.
  ///   - extra: a field beside the applied one, tesla.
  @inline(__always)
  func rate<Scalar: RealScalar>(
    _ m: Vector3<Scalar>, current: Scalar, extra: Vector3<Scalar>
  ) -> Vector3<Scalar> {
    let (p, k) = (Vector3<Scalar>(polariser), Vector3<Scalar>(easyAxis))
    let strength = torque * current / (Scalar(1) + asymmetry * m.dot(p))
    let demagnetisation = Self.permeability * magnetisation
    var total = Vector3<Scalar>(field) + extra + (anisotropy * m.dot(k)) * k
    total.x = total.x - (demagnetisation * shape.x) * m.x
    total.y = total.y - (demagnetisation * shape.y) * m.y
    total.z = total.z - (demagnetisation * shape.z) * m.z
    total = total + (fieldLike * strength) * p + strength * p.cross(m)
    return response(m, to: total)
  }

  /// What a field, in tesla, adds to dm/dt: the rate is linear in it.
  @inline(__always)
  func response<Scalar: RealScalar>(
    _ m: Vector3<Scalar>, to field: Vector3<Scalar>
  ) -> Vector3<Scalar> {
    let turning = m.cross(field)
    let factor = Scalar(-gyromagneticRatio / (1 + damping * damping))
    return factor * (turning + Scalar(damping) * m.cross(turning))
  }

  /// Joules: -Ms V (B.m + B_k (m.k)^2 / 2 - mu0 Ms m.N m / 2).
  func energy(_ m: Vector3<Double>) -> Double {
    let along = m.dot(easyAxis)
    let squares = shape.x * m.x * m.x + shape.y * m.y * m.y + shape.z * m.z * m.z
    return -magnetisation * volume
      * (field.dot(m) + 0.5 * anisotropy * along * along
        - 0.5 * Self.permeability * magnetisation * squares)
  }

  /// One-sided density of each component of the thermal field at `temperature` kelvin, T^2/Hz.
  ///
  /// Source: W. F. Brown, Phys. Rev. 130 (1963) 1677.
  func thermalDensity(_ temperature: Double) -> Double {
    4 * damping * Self.boltzmann * temperature / (gyromagneticRatio * magnetisation * volume)
  }
}

extension Macrospin {
  /// Appends the three components of the thermal field, which turn m in the equations `first`...
  ///
  /// - Parameter speed: by how much time runs faster, so that the same temperature is a smaller
  ///   density.
  func thermalField(
    _ m: Vector3<Double>, _ temperature: Double, speed: Double = 1, _ first: Int,
    into sources: inout NoiseList
  ) {
    let density = thermalDensity(temperature) / speed
    for (label, axis) in [
      ("field x", Vector3<Double>(1, 0, 0)), ("field y", Vector3<Double>(0, 1, 0)),
      ("field z", Vector3<Double>(0, 0, 1)),
    ] {
      let response = -speed * self.response(m, to: axis)
      sources.append(
        label, rows: SIMD4(first, first + 1, first + 2, 0),
        weights: SIMD4(response.x, response.y, response.z, 0), white: density)
    }
  }

  /// m at the start: as the instance has it, missing components zero; else where the field points
  /// (or along the easy axis), a degree aside.
  func start(_ values: DeviceValues) -> Vector3<Double> {
    let given = Vector3<Double>(
      values.written("mx") ?? 0, values.written("my") ?? 0, values.written("mz") ?? 0)
    if given.length > 0 { return (1 / given.length) * given }
    let rest = field.direction(else: easyAxis)
    return (rest + (Double.pi / 180) * rest.across).direction(else: rest)
  }
}

/// What a designer asks of a layer first.
extension Macrospin {
  /// Where m rests at this current, found from its start by a strongly damped motion (torques that
  /// vanish do so at any damping), at last by Newton's method.
  func equilibrium(current: Double, from start: Vector3<Double>) -> Vector3<Double> {
    var still = self
    still.damping = 1
    let field = self.field.length + abs(anisotropy) + Self.permeability * magnetisation
    let step = 0.5 / (gyromagneticRatio * field)
    let zero = Vector3<Double>(0, 0, 0)
    var m = start
    for _ in 0..<20_000 {
      let half = m + (0.5 * step) * still.rate(m, current: current, extra: zero)
      let rate = still.rate(half.direction(else: m), current: current, extra: zero)
      m = (m + step * rate).direction(else: m)
      if step * rate.length < 1e-6 { break }
    }
    for _ in 0..<4 {
      let slope = Tangent(self, at: m, current: current)
      let next = (m - slope.inverse(rate(m, current: current, extra: zero))).direction(else: m)
      guard next.isFinite, (next - m).length < 0.01 else { break }
      m = next
    }
    return m
  }

  /// Trace and determinant of the linearised motion about m, across it: 1/s and 1/s^2.
  func linearised(
    about m: Vector3<Double>, current: Double
  ) -> (trace: Double, determinant: Double) {
    let slope = Tangent(self, at: m, current: current)
    return (slope.aa + slope.bb, slope.determinant)
  }

  /// The motion's derivative in two directions across m.
  private struct Tangent {
    let first: Vector3<Double>
    let second: Vector3<Double>
    let aa, ab, ba, bb: Double
    var determinant: Double { aa * bb - ab * ba }

    init(_ layer: Macrospin, at m: Vector3<Double>, current: Double) {
      let (first, second) = (m.across, m.cross(m.across))
      let step = 1e-6
      func slope(_ along: Vector3<Double>) -> Vector3<Double> {
        let zero = Vector3<Double>(0, 0, 0)
        func rate(_ step: Double) -> Vector3<Double> {
          layer.rate((m + step * along).direction(else: m), current: current, extra: zero)
        }
        return (0.5 / step) * (rate(step) - rate(-step))
      }
      let (a, b) = (slope(first), slope(second))
      (aa, ba, ab, bb) = (a.dot(first), a.dot(second), b.dot(first), b.dot(second))
      self.first = first
      self.second = second
    }

    /// The change of m, across it, that changes the rate by this.
    func inverse(_ rate: Vector3<Double>) -> Vector3<Double> {
      let (f, s) = (rate.dot(first), rate.dot(second))
      return ((bb * f - ab * s) / determinant) * first
        + ((aa * s - ba * f) / determinant) * second
    }
  }

  /// Hertz: of small oscillations without current about the rest near `start`.
  func smallAngleFrequency(from start: Vector3<Double>) -> Double {
    let (trace, determinant) = linearised(
      about: equilibrium(current: 0, from: start), current: 0)
    return max(0, determinant - 0.25 * trace * trace).squareRoot() / (2 * .pi)
  }

  /// Amperes: the smallest current of either sign at which the rest near `start` stops being
  /// stable; nil where none below `limit` does that.
  func criticalCurrent(from start: Vector3<Double>, limit: Double = 1) -> Double? {
    let rest = equilibrium(current: 0, from: start)
    func growth(_ current: Double) -> Double {
      linearised(about: equilibrium(current: current, from: rest), current: current).trace
    }
    // the torque equals the damping of the strongest field somewhere near here
    let scale =
      damping * (field.length + abs(anisotropy) + Self.permeability * magnetisation)
      / abs(torque)
    var least: Double?
    for sign in [1.0, -1.0] {
      var (low, high) = (0.0, 1e-3 * scale)
      while high < limit, growth(sign * high) < 0 { (low, high) = (high, 1.5 * high) }
      guard high < limit else { continue }
      for _ in 0..<50 {
        let middle = 0.5 * (low + high)
        if growth(sign * middle) < 0 { low = middle } else { high = middle }
      }
      if least.map({ high < abs($0) }) ?? true { least = sign * high }
    }
    return least
  }

  /// The barrier of the anisotropy alone over k T: Ms V |B_k - mu0 Ms (N_k - N_p)| / (2 k T), with
  /// N along the easy axis and, on average, across it.
  func stability(_ temperature: Double) -> Double {
    let along =
      shape.x * easyAxis.x * easyAxis.x + shape.y * easyAxis.y * easyAxis.y
      + shape.z * easyAxis.z * easyAxis.z
    let across = 0.5 * (shape.x + shape.y + shape.z - along)
    let effective = anisotropy - Self.permeability * magnetisation * (along - across)
    return magnetisation * volume * abs(effective) / (2 * Self.boltzmann * temperature)
  }
}
