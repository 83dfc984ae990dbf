import Numerics
import Schematic
import Testing

@testable import Devices

/// What the oscillators' pages say of their defaults, against closed forms.
@Suite struct DerivedQuantityTests {
  static func values(
    _ letter: String, instance: [String: Double] = [:], model: [String: Double] = [:]
  ) throws -> [String: Double] {
    let device = try #require(Catalogue.device(letter: letter))
    let derived = try DerivedQuantities(of: device, instance: instance, model: model)
    #expect(derived.missing.isEmpty)
    return Dictionary(uniqueKeysWithValues: zip(device.derived.map(\.name), derived.values))
  }

  static func isNear(_ value: Double?, _ expected: Double, _ tolerance: Double) -> Bool {
    value.map { abs($0 / expected - 1) < tolerance } ?? false
  }

  @Test func oscillatorsDeclareSome() throws {
    for letter in ["YSTO", "YSHO", "YVORTEX", "YIMT", "YOSC"] {
      #expect(try #require(Catalogue.device(letter: letter)).derived.count >= 3)
    }
    let resistor = try #require(Catalogue.device(letter: "R"))
    #expect(try DerivedQuantities(of: resistor).values.isEmpty)
  }

  /// T. Taniguchi et al., Appl. Phys. Express 6 (2013) 123003; B_k Ms V / (2 k T).
  @Test func spinTorque() throws {
    let found = try Self.values("YSTO")
    #expect(Self.isNear(found["ic"], 1.555e-3, 1e-3))
    let stiffness = 1.8616 - Macrospin.permeability * 1448e3
    #expect(Self.isNear(found["f0"], 1.764e11 / (2 * .pi) * (0.2 + stiffness), 1e-4))
    let moment = 1448e3 * Double.pi * 60e-9 * 60e-9 * 2e-9
    let barrier = moment * stiffness / (2 * Macrospin.boltzmann * 300.15)
    #expect(Self.isNear(found["stability"], barrier, 1e-12))
  }

  /// Of several in parallel the current adds up; detuning moves the frequency alone.
  @Test func instancesCount() throws {
    let one = try Self.values("YSTO")
    let three = try Self.values("YSTO", instance: ["m": 3, "detuning": 0.01])
    #expect(Self.isNear(three["ic"], 3 * (one["ic"] ?? 0), 1e-12))
    #expect(Self.isNear(three["f0"], 1.01 * (one["f0"] ?? 0), 1e-12))
    let core = try Self.values("YVORTEX")
    let cores = try Self.values("YVORTEX", instance: ["m": 3, "detuning": 0.01])
    #expect(Self.isNear(cores["ic"], 3 * (core["ic"] ?? 0), 1e-12))
    #expect(Self.isNear(cores["f0"], 1.01 * (core["f0"] ?? 0), 1e-12))
  }

  /// The forms on the device's page.
  @Test func spinHall() throws {
    let found = try Self.values("YSHO", model: ["alpha": 0.001])
    let scale = Macrospin.permeability * 1100e3
    let (first, second) = (0.04 * scale, 0.93 * scale - 0.6)
    let frequency = 1.764e11 / (2 * .pi) * ((0.04 + first) * (0.04 + second)).squareRoot()
    #expect(Self.isNear(found["f0"], frequency, 1e-4))
    let current =
      2 * Macrospin.charge * 1100e3 * 1.5e-9 * 1.2e-6 * 6e-9 / (Macrospin.reducedPlanck * 0.15)
      * 0.001 * (0.04 + 0.5 * (first + second))
    #expect(Self.isNear(found["ic"], current, 1e-5))
  }

  /// Spin Hall angle and direction of the spins count as their product.
  @Test func signOfTheSpinHallAngle() throws {
    let plus = try Self.values("YSHO")
    let turned = try Self.values("YSHO", model: ["theta": -0.15, "sy": -1])
    #expect(Self.isNear(turned["ic"], plus["ic"] ?? 0, 1e-9))
    let minus = try Self.values("YSHO", model: ["theta": -0.15])
    #expect(Self.isNear(minus["ic"], -(plus["ic"] ?? 0), 1e-9))
  }

  /// K. Yu. Guslienko's gyrotropic frequency, and the damping as it stands on the page.
  @Test func vortex() throws {
    let found = try Self.values("YVORTEX")
    let scale = 1.764e11 * Macrospin.permeability * 800e3 * 5e-9 / 150e-9
    #expect(Self.isNear(found["f0"], 5 / (9 * Double.pi) * scale / (2 * .pi), 1e-12))
    #expect(Self.isNear(found["etad"], 0.5 * naturalLogarithm(15) + 0.375, 1e-12))
    #expect(try Self.values("YVORTEX", model: ["etad": 2])["etad"] == 2)
    // rest is unstable where P f = alpha etad k
    let core = VortexTests.core()
    let current = try #require(found["ic"])
    let spring = core.stiffness + core.oerstedStiffness * current
    #expect(abs(core.torque * current / (core.damping * spring) - 1) < 1e-12)
  }

  /// Currents at the folds, which a scan of the curve of steady states finds.
  @Test(arguments: [0.002, 0.02, 0.1]) func transition(_ width: Double) throws {
    let found = try Self.values(
      "YIMT", instance: ["detuning": 0.1, "m": 2], model: ["width": width])
    #expect(Self.isNear(found["vimt"], 2.2, 1e-9) && Self.isNear(found["vmit"], 1.1, 1e-9))
    let span = PhaseTransition.span(distance: 1.1, width: width)
    let curve = (1..<200_000).map { k -> (voltage: Double, current: Double) in
      let x = Double(k) / 200_000
      let voltage = 1.65 + (0.5 - x) * span + width * areaTangent(2 * x - 1)
      return (voltage, 2 * voltage / 100e3 * power(50, x))
    }
    let upper = curve[..<100_000].max { $0.voltage < $1.voltage }
    let lower = curve[100_000...].min { $0.voltage < $1.voltage }
    let (first, second) = (try #require(upper), try #require(lower))
    #expect(Self.isNear(found["imin"], first.current, 1e-4))
    #expect(Self.isNear(found["imax"], second.current, 1e-4))
    let line = (first.voltage - second.voltage) / (second.current - first.current)
    #expect(Self.isNear(found["rmin"], line, 1e-3))
  }

  /// A. Slavin and V. Tiberkevich; and what it says where frequency and damping are not given.
  @Test func autoOscillator() throws {
    let found = try Self.values(
      "YOSC",
      model: [
        "f0": 10e6, "gammag": 1e6, "zeta": 1.5, "q": 0.5, "shift": 4e6, "gain": 4e6, "noise": 1e3,
      ])
    #expect(Self.isNear(found["p0"], 0.25, 1e-12) && Self.isNear(found["nu"], 2, 1e-12))
    #expect(Self.isNear(found["f"], 10e6 + 1e6 / (2 * .pi), 1e-12))
    #expect(Self.isNear(found["linewidth"], 1e3 * 5 / (4 * .pi * 0.25), 1e-12))
    #expect(Self.isNear(found["range"], 2e6 * 5.squareRoot() / (0.5 * 2 * .pi), 1e-12))

    let device = try #require(Catalogue.device(letter: "YOSC"))
    let bare = try DerivedQuantities(of: device)
    #expect(bare.missing == ["f0", "gammag"])
    #expect(abs(bare.values[0] - 0.3 / 1.3) < 1e-12 && bare.values[1].isNaN)
    let text = DevicePage.text(for: device, derived: bare)
    #expect(text.contains("needs f0 and gammag: -p f0=<value> -p gammag=<value>"))
  }

  @Test func contradictionsAreFaults() throws {
    let device = try #require(Catalogue.device(letter: "YIMT"))
    #expect(throws: Faults.self) { try DerivedQuantities(of: device, model: ["vimt": 0.5]) }
  }
}
