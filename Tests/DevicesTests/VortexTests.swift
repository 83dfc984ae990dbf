import Numerics
import Testing

@testable import Devices

/// The vortex core against closed forms.
@Suite struct VortexTests {
  static func core(polarity: Double = 1, oersted: Double = 0.85) -> VortexCore {
    VortexCore(
      gyromagneticRatio: 1.764e11, magnetisation: 800e3, radius: 150e-9, thickness: 5e-9,
      damping: 0.01 * (0.5 * naturalLogarithm(15) + 0.375), nonlinearDamping: 0.5, quartic: 0.25,
      oersted: oersted, polarity: polarity, polarisation: 0.2)
  }

  /// At rest the frequency is (5 / 9 pi) gamma mu0 Ms L / R over 2 pi (Guslienko et al., where it
  /// reads (20/9) gamma Ms L / R in Gaussian units).
  @Test func gyrotropicFrequency() {
    let expected =
      5 / (9 * Double.pi) * 1.764e11 * Macrospin.permeability * 800e3 * 5e-9 / 150e-9 / (2 * .pi)
    #expect(abs(Self.core().frequency(0, current: 0) / expected - 1) < 1e-12)
  }

  /// Below the critical current the core spirals inwards, above it outwards, at either polarity and
  /// chirality.
  @Test(arguments: [1.0, -1.0], [0.85, -0.85])
  func criticalCurrent(_ polarity: Double, _ oersted: Double) throws {
    let core = Self.core(polarity: polarity, oersted: oersted)
    let critical = try #require(core.criticalCurrent)
    #expect(polarity * critical > 0)
    let below = core.rate(1e-6, 0.0, current: 0.999 * critical)
    let above = core.rate(1e-6, 0.0, current: 1.001 * critical)
    #expect(below.x < 0 && above.x > 0)
    // P = 1 turns counterclockwise
    #expect(polarity * above.y > 0)
  }

  /// On the orbit of the closed form nothing moves outwards, and the core turns at its frequency.
  @Test(arguments: [1.05, 1.2, 1.5]) func orbit(_ ratio: Double) throws {
    let core = Self.core()
    let current = ratio * (try #require(core.criticalCurrent))
    let radius = core.orbitRadius(current: current)
    #expect(radius > 0 && radius < 1)
    let rate = core.rate(0.6 * radius, 0.8 * radius, current: current)
    let size = (rate.x * rate.x + rate.y * rate.y).squareRoot()
    #expect(abs(0.6 * rate.x + 0.8 * rate.y) < 1e-9 * size)
    #expect(abs(size / radius / (2 * .pi * core.frequency(radius, current: current)) - 1) < 1e-12)
  }

  /// Below the critical current the core rests where the forces do: z = q I / (R (k - i f)); the
  /// force is that of the layer's mean magnetisation in the torque's field.
  @Test func fieldLikeTorque() throws {
    var core = Self.core()
    core.pull = (x: 0.3e-9, y: -0.2e-9)
    let current = 0.4 * (try #require(core.criticalCurrent))
    let spring = Complex(core.stiffness + core.oerstedStiffness * current, -core.torque * current)
    let rest = Complex(core.pull.x, core.pull.y) * Complex(current / core.radius) / spring
    // no larger than what leaves k' s^2 out of it
    #expect(rest.modulus < 1e-2)
    let scale = 2 * Double.pi * core.frequency(0, current: current) * rest.modulus
    let rate = core.rate(rest.real, rest.imaginary, current: current)
    #expect((rate.x * rate.x + rate.y * rate.y).squareRoot() < 1e-3 * scale)
  }

  /// Equipartition: a spring of stiffness k holds <X^2> = k T / k in each direction.
  @Test func thermalForce() {
    let core = Self.core()
    let (k, gyro) = (core.stiffness, core.gyroconstant)
    let friction = core.damping * gyro
    // a mode that fades at rate a and is driven with density S of |dz/dt|: <|z|^2> = S / (2 a) for
    // the two-sided sum of both directions
    let (real, imaginary) = core.response(0)
    let density = core.thermalDensity(300, 0) * (real * real + imaginary * imaginary)
    let fading = k * friction / (gyro * gyro + friction * friction)
    let variance = density / (2 * fading) * core.radius * core.radius
    #expect(abs(variance / (2 * Macrospin.boltzmann * 300 / k) - 1) < 1e-12)
  }
}
