import Numerics
import Testing

@testable import Devices

/// The free layer on a heavy-metal strip, at rest along the spins, against closed forms.
@Suite struct SpinHallTests {
  static func layer(_ damping: Double, field: Double) -> Macrospin {
    Macrospin(
      gyromagneticRatio: 1.764e11, damping: damping, magnetisation: 1100e3,
      volume: 7.07e-15 * 1.5e-9, field: Vector3(0, field, 0), anisotropy: 0.6,
      easyAxis: Vector3(0, 0, 1), shape: Vector3(0.05, 0.01, 0.94), polariser: Vector3(0, 1, 0),
      polarisation: 0.15, asymmetry: 0, fieldLike: 0)
  }

  /// In the plane, and out of it less the anisotropy.
  static let across = [
    Macrospin.permeability * 1100e3 * 0.04, Macrospin.permeability * 1100e3 * 0.93 - 0.6,
  ]
  static let start = Vector3<Double>(0.01, 1, 0).direction(else: Vector3(0, 1, 0))
  /// Area of the layer over the strip's cross-section.
  static let areaRatio = 7.07e-15 / (1.2e-6 * 6e-9)

  @Test(arguments: [0.005, 0.021], [0.02, 0.04])
  func criticalCurrent(_ damping: Double, _ field: Double) throws {
    let layer = Self.layer(damping, field: field)
    let found = try #require(layer.criticalCurrent(from: Self.start)) / Self.areaRatio
    let torque =
      Macrospin.reducedPlanck * 0.15
      / (2 * Macrospin.charge * 1100e3 * 1.5e-9 * 1.2e-6 * 6e-9)
    let formula = damping * (field + 0.5 * (Self.across[0] + Self.across[1])) / torque
    #expect(abs(found / formula - 1) < 1e-5, "\(found), not \(formula)")
  }

  @Test func smallAngleFrequency() {
    let layer = Self.layer(0.001, field: 0.04)
    let formula =
      1.764e11 / (2 * .pi) * ((0.04 + Self.across[0]) * (0.04 + Self.across[1])).squareRoot()
    #expect(abs(layer.smallAngleFrequency(from: Self.start) / formula - 1) < 1e-4)
  }
}
