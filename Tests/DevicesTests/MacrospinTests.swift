import Numerics
import Testing

@testable import Devices

/// The layer against closed forms of T. Taniguchi et al., Appl. Phys. Express 6 (2013) 123003: easy
/// axis and field along z, polariser along x.
@Suite struct MacrospinTests {
  static let volume = Double.pi * 60e-9 * 60e-9 * 2e-9

  static func layer(anisotropy: Double, field: Double) -> Macrospin {
    Macrospin(
      gyromagneticRatio: 1.764e11, damping: 0.005, magnetisation: 1448e3, volume: volume,
      field: Vector3(0, 0, field), anisotropy: anisotropy, easyAxis: Vector3(0, 0, 1),
      shape: Vector3(0, 0, 1), polariser: Vector3(1, 0, 0), polarisation: 0.537,
      asymmetry: 0.537 * 0.537, fieldLike: 0)
  }

  static let demagnetisation = Macrospin.permeability * 1448e3
  static let start = Vector3<Double>(0.01, 0, 1).direction(else: Vector3(0, 0, 1))

  @Test(arguments: [(1.8616, 0.2, 1.555e-3), (1.8197104649592083, 17.9e-3, 115.68e-6)])
  func criticalCurrent(_ anisotropy: Double, _ field: Double, _ published: Double) throws {
    let layer = Self.layer(anisotropy: anisotropy, field: field)
    let found = try #require(layer.criticalCurrent(from: Self.start))
    let stiffness = field + anisotropy - Self.demagnetisation
    let formula =
      4 * 0.005 * Macrospin.charge * 1448e3 * Self.volume * stiffness
      / (Macrospin.reducedPlanck * 0.537 * 0.537 * 0.537)
    #expect(abs(formula / published - 1) < 5e-4)
    // the formula leaves out that m tilts with the current, by alpha / lambda
    #expect(abs(found / formula - 1) < 1e-3)
  }

  @Test func smallAngleFrequency() {
    let layer = Self.layer(anisotropy: 1.8616, field: 0.2)
    let formula = 1.764e11 / (2 * .pi) * (0.2 + 1.8616 - Self.demagnetisation)
    // Gilbert's damping slows by alpha^2
    #expect(abs(layer.smallAngleFrequency(from: Self.start) / formula - 1) < 1e-4)
  }

  /// dm/dt stands across m, and without damping and current energy is kept.
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func motionIsAcross(_ seed: UInt64) {
    var stream = RandomStream(seed: seed, sample: 0, instance: 0, purpose: .parameter)
    func number() -> Double { 2 * stream.uniform() - 1 }
    func vector() -> Vector3<Double> { Vector3(number(), number(), number()) }
    var layer = Self.layer(anisotropy: 1 + number(), field: number())
    layer.field = vector()
    layer.easyAxis = vector().direction(else: Vector3(0, 0, 1))
    layer.polariser = vector().direction(else: Vector3(0, 0, 1))
    layer.shape = Vector3(abs(number()), abs(number()), abs(number()))
    layer.fieldLike = number()
    let m = vector().direction(else: Vector3(1, 0, 0))
    let extra = vector()
    let rate = layer.rate(m, current: 1e-3 * number(), extra: extra)
    #expect(abs(rate.dot(m)) < 1e-12 * rate.length)

    // power of the damping: dE/dt = -alpha Ms V |dm/dt|^2 / gamma
    let still = Vector3<Double>(0, 0, 0)
    let free = layer.rate(m, current: 0, extra: still)
    let step = 1e-5 / free.length
    let slope =
      (layer.energy((m + step * free).direction(else: m))
        - layer.energy((m - step * free).direction(else: m))) / (2 * step)
    let loss =
      layer.damping * layer.magnetisation * layer.volume * free.dot(free)
      / layer.gyromagneticRatio
    let scale = layer.magnetisation * layer.volume * free.length
    #expect(abs(slope + loss) < 1e-8 * scale)
  }

  /// Positive current drives m away from the polariser.
  @Test func signOfTheTorque() {
    var layer = Self.layer(anisotropy: 0, field: 0)
    layer.shape = Vector3(0, 0, 0)
    let m = Vector3<Double>(1, 0.1, 0).direction(else: Vector3(1, 0, 0))
    let still = Vector3<Double>(0, 0, 0)
    #expect(layer.rate(m, current: 1e-3, extra: still).x < 0)
    #expect(layer.rate(m, current: -1e-3, extra: still).x > 0)
  }

  /// The thermal field keeps the moment at the energy kT: in a field B the equipartition of the two
  /// small angles asks for density 4 alpha k T / (gamma Ms V).
  @Test func thermalDensity() {
    let layer = Self.layer(anisotropy: 0, field: 0.2)
    // <theta_x^2> = S |chi|^2 integrated = kT / (Ms V B), with the linear response's integral
    // gamma / (4 alpha B) for a one-sided density S of two components
    let variance = layer.thermalDensity(300) * 1.764e11 / (4 * 0.005 * 0.2)
    let equipartition = Macrospin.boltzmann * 300 / (1448e3 * Self.volume * 0.2)
    #expect(abs(variance / equipartition - 1) < 1e-12)
  }
}
