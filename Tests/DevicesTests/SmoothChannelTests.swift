import Foundation
import Numerics
import Testing

@testable import Devices

/// The model of Enz, Krummenacher and Vittoz in its limits.
@Suite struct SmoothChannelTests {
  /// No short-channel effects, unless `extra` names some.
  static func harness(
    _ type: String = "nmos", celsius: Double = 27, _ extra: [String: Double] = [:],
    size: [String: Double] = ["l": 1e-5, "w": 2e-5]
  ) throws -> BankHarness {
    let sign = type == "nmos" ? 1.0 : -1.0
    let model = [
      "level": 260, "vto": sign * 0.5, "kp": 1e-4, "gamma": 0.6, "phi": 0.8, "lambda": 0,
      "ucrit": 1e12, "leta": 0, "weta": 0, "cox": 2e-3, "is": 0,
    ].merging(extra) { $1 }
    return try BankHarness(
      Transistor.self, type: type, model: model, instance: size, nodes: 4, celsius: celsius)
  }

  static let vt = JunctionPhysics.thermalVoltage(300.15)

  /// dv_p/dv_g of the published pinch-off voltage, by hand.
  static func pinchSlope(_ vg: Double) -> Double {
    let gamma = (0.6 + (0.36 + 0.1 * vt).squareRoot()) / 2
    let raised = vg - 0.5 + 0.8 + 0.6 * 0.8.squareRoot()
    return 1 - gamma / 2 / (raised + gamma * gamma / 4).squareRoot()
  }

  /// The current falls by a factor e in n Vt: below the threshold, in saturation.
  @Test func weakInversionSlope() throws {
    let harness = try Self.harness()
    for vg in [0.05, 0.1, 0.15] {
      let efficiency =
        harness.quantity("gm", [1, vg, 0, 0]) / harness.quantity("id", [1, vg, 0, 0])
      let expected = Self.pinchSlope(vg) / Self.vt
      #expect(abs(efficiency / expected - 1) < 0.02, "\(vg): \(efficiency), \(expected)")
    }
    // exponential in the source, and in the drain where it is near
    let low = harness.quantity("id", [1, 0.1, 0, 0])
    let raised = harness.quantity("id", [1, 0.1, Self.vt, 0])
    // F(v) = e^v (1 - e^(v/2) + ...)
    let next = harness.quantity("if", [1, 0.1, 0, 0]).squareRoot()
    #expect(abs(low / raised / exp(1) - 1) < next)
    #expect(next < 0.01)
    let near = harness.quantity("id", [Self.vt, 0.1, 0, 0])
    #expect(abs(near / low - (1 - exp(-1))) < 1e-3)
  }

  /// n beta/2 (v_p - v_s)^2 in saturation; the difference of two squares below it.
  @Test func strongInversionIsASquareLaw() throws {
    let harness = try Self.harness()
    for vg in [1.5, 2, 3] {
      for vs in [0, 0.3] {
        let x = [4, vg, vs, 0]
        let (n, vp) = (harness.quantity("n", x), harness.quantity("vp", x))
        let saturated = harness.quantity("id", x)
        #expect(abs(saturated / (n * 1e-4 * (vp - vs) * (vp - vs)) - 1) < 0.01)
        let vd = vs + 0.3 * (vp - vs)
        let y = [vd, vg, vs, 0]
        let square = (vp - vs) * (vp - vs) - (vp - vd) * (vp - vd)
        #expect(abs(harness.quantity("id", y) / (n * 1e-4 * square) - 1) < 0.02)
      }
    }
  }

  /// v_p = 0 at v_g = vto, to the smoothing of gamma; gm/id is between the limits and falls.
  @Test func pinchOffAndEfficiency() throws {
    let harness = try Self.harness()
    #expect(abs(harness.quantity("vp", [1, 0.5, 0, 0])) < 1e-3)
    var last = Double.infinity
    for vg in stride(from: 0.0, through: 2, by: 0.02) {
      let x = [2, vg, 0, 0]
      let (i, gm) = (harness.quantity("id", x), harness.quantity("gm", x))
      let ratio = gm / i * Self.vt
      #expect(i > 0 && ratio > 0 && ratio < 1)
      // gm/id of the interpolation: (1 - exp(-sqrt i_f)) / sqrt i_f of its weak limit
      let root = harness.quantity("if", x).squareRoot()
      let expected = Self.pinchSlope(vg) * (1 - exp(-root)) / root
      #expect(abs(ratio / expected - 1) < 0.12, "\(vg): \(ratio), \(expected)")
      #expect(ratio < last * 1.02)
      last = ratio
    }
  }

  /// Drain and source change places; all charges of the gate's side stay.
  @Test(arguments: [[:], ["lambda": 0.5, "ucrit": 2e6, "leta": 0.1, "weta": 0.25]])
  func isSymmetric(_ extra: [String: Double]) throws {
    let harness = try Self.harness("nmos", extra)
    for (d, g, s, b) in [(1.0, 0.3, 0.2, 0.0), (2, 1.5, 0.5, -0.5), (0.1, 1, 0, 0)] {
      let one = harness.result([d, g, s, b])
      let two = harness.result([s, g, d, b])
      #expect(abs(one.currents[1] - two.currents[3]) <= 1e-14 * abs(one.currents[1]))
      #expect(abs(one.charges[1] - two.charges[3]) <= 1e-12 * abs(one.charges[1]))
      #expect(abs(one.charges[2] - two.charges[2]) <= 1e-12 * abs(one.charges[2]))
    }
    // no kink of the current where they change places
    let h = 1e-6
    let up = harness.quantity("id", [h, 1, 0, 0])
    let down = harness.quantity("id", [-h, 1, 0, 0])
    #expect(abs(up + down) < 1e-4 * up && up > 0)
  }

  @Test func polarityMirrors() throws {
    let extra = ["lambda": 0.5, "ucrit": 2e6]
    let n = try Self.harness("nmos", extra)
    let p = try Self.harness("pmos", extra)
    let x = [1.2, 0.9, 0.1, -0.4]
    let one = n.result(x)
    let two = p.result(x.map { -$0 })
    for k in 1...4 {
      #expect(abs(one.currents[k] + two.currents[k]) <= 1e-4 * abs(one.currents[k]))
      #expect(abs(one.charges[k] + two.charges[k]) <= 1e-12 * abs(one.charges[k]))
    }
  }

  @Test(arguments: ["nmos", "pmos"])
  func matricesAreDerivatives(type: String) throws {
    let sign = type == "nmos" ? 1.0 : -1.0
    let short = [
      "lambda": 0.8, "ucrit": 3e6, "leta": 0.2, "weta": 0.2, "e0": 1e8, "theta": 0.1,
      "cgso": 2e-10, "cj": 1e-4, "is": 1e-15,
    ]
    for (extra, inner) in [([:], 0), (short, 0), (short.merging(["rsh": 20]) { $1 }, 2)] {
      let size = ["l": 5e-7, "w": 2e-6, "ad": 1e-11, "as": 1e-11, "m": 2]
      let harness = try Self.harness(type, celsius: 60, extra, size: size)
      for (d, g, s, b) in [
        (2.0, 1.5, 0.0, -0.5), (0.2, 2, 0, -0.1), (0.1, 1.2, 1, -1), (1, 0.33, 0, -0.2),
        (0.01, 0.5, 0, 0), (1, -3, 0, 0), (1, 0.1, 0.2, 0),
      ] {
        var x = [d, g, s, b].map { sign * $0 }
        if inner > 0 { x += [x[0] * 0.99, x[2] * 1.01] }
        let rates = Array([1e6, -2e6, 3e5, 2e5, 1e6, 3e5].prefix(x.count))
        #expect(
          harness.jacobianError(x, rates: rates, rateFactor: 1e8) < 1e-5, "\(extra) at \(x)")
        let result = harness.result(x, rates: rates)
        #expect(abs(result.charges[1...].reduce(0, +)) < 1e-26)
        #expect(abs(result.currents[1...].reduce(0, +)) < 1e-15)
        #expect(harness.run(x) { harness.bank.dissipation(0, $0) } >= 0)
      }
    }
  }

  /// Charges and current do not jump where the surface passes from depletion to accumulation.
  @Test func isContinuousInTheGate() throws {
    let harness = try Self.harness()
    var last = harness.result([1, -2, 0, 0])
    for step in 1...4000 {
      let next = harness.result([1, -2 + 1e-3 * Double(step), 0, 0])
      // no faster than the oxide itself: cox w l dv
      #expect(abs(next.charges[2] - last.charges[2]) <= 2e-3 * 2e-10 * 1e-3 * 1.001)
      #expect(next.charges[2] > last.charges[2])
      last = next
    }
  }

  @Test func shortChannelsSaturateEarlier() throws {
    let size = ["l": 5e-7, "w": 1e-6]
    let long = try Self.harness(size: size)
    let short = try Self.harness("nmos", ["ucrit": 3e6], size: size)
    let modulated = try Self.harness("nmos", ["ucrit": 3e6, "lambda": 1], size: size)
    let x = [2.5, 1.5, 0, 0]
    #expect(short.quantity("id", x) < 0.9 * long.quantity("id", x))
    #expect(modulated.quantity("gds", x) > 10 * short.quantity("gds", x))
    #expect(modulated.quantity("gds", x) > 0)
  }

  /// vto falls by tcv a kelvin.
  @Test func warms() throws {
    let cold = try Self.harness()
    let warm = try Self.harness(celsius: 77, ["tcv": 1e-3])
    let shift = warm.quantity("vth", [1, 0.5, 0, 0]) - cold.quantity("vth", [1, 0.5, 0, 0])
    #expect(abs(shift + 0.05) < 2e-3)
    // the mobility falls as T^-1.5
    let ratio = warm.quantity("id", [4, 3, 0, 0]) / cold.quantity("id", [4, 3, 0, 0])
    #expect(abs(ratio / (pow(350.15 / 300.15, -1.5) * pow(2.55 / 2.5, 2)) - 1) < 0.02)
  }

  /// In weak inversion and saturation, thermal noise of the channel is shot noise 2 q i.
  @Test func weakInversionNoiseIsShotNoise() throws {
    let harness = try Self.harness("nmos", ["kf": 1e-24, "af": 1.2])
    let x = [1, 0.1, 0, 0]
    let sources = harness.run(x) { harness.bank.noiseSources($0) }
    let i = harness.quantity("id", x)
    let gm = harness.quantity("gm", x)
    let thermal = try #require(sources.first { $0.label == "thermal" })
    #expect(abs(thermal.white / (2 * JunctionPhysics.charge * i) - 1) < 0.05)
    let flicker = try #require(sources.first { $0.label == "flicker" })
    #expect(abs(flicker.flicker / (1e-24 * gm * gm / (2e-3 * 2e-10)) - 1) < 1e-9)
    #expect(flicker.exponent == 1.2)
  }
}
