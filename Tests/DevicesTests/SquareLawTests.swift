import Foundation
import Numerics
import TestSupport
import Testing

@testable import Devices

@Suite struct SquareLawTests {
  static let model = [
    "vto": 0.7, "kp": 5e-5, "gamma": 0.45, "phi": 0.65, "lambda": 0.03, "tox": 2e-8,
    "cgso": 3e-10, "cgdo": 2e-10, "cgbo": 1e-10, "ld": 1e-7, "cj": 4e-4, "cjsw": 3e-10,
    "mj": 0.45, "mjsw": 0.3, "pb": 0.85, "is": 2e-15,
  ]
  static let size = [
    "l": 2e-6, "w": 1e-5, "ad": 2e-11, "as": 3e-11, "pd": 1.4e-5, "ps": 1.6e-5, "m": 2,
  ]

  static func harness(
    _ type: String = "nmos", celsius: Double = 27, _ extra: [String: Double] = [:]
  ) throws -> BankHarness {
    var model = model.merging(extra) { $1 }
    if type == "pmos" { model["vto"] = -model["vto"]! }
    return try BankHarness(
      Transistor.self, type: type, model: model, instance: size, nodes: 4, celsius: celsius)
  }

  /// The square law written anew, drain at or above the source, without junctions.
  static func drainCurrent(_ vgs: Double, _ vds: Double, _ vbs: Double) -> Double {
    let beta = 5e-5 * 2 * 1e-5 / (2e-6 - 2e-7)
    let root =
      vbs <= 0 ? (0.65 - vbs).squareRoot() : max(0, 0.65.squareRoot() - vbs / 2 / 0.65.squareRoot())
    let u = vgs - (0.7 + 0.45 * (root - 0.65.squareRoot()))
    if u <= 0 { return 0 }
    return beta * (1 + 0.03 * vds) * (vds < u ? vds * (u - vds / 2) : u * u / 2)
  }

  @Test func drainCurrentInAllRegions() throws {
    let harness = try Self.harness()
    for vgs in stride(from: 0.0, through: 3, by: 0.3) {
      for vds in stride(from: 0.0, through: 3, by: 0.25) {
        for vbs in [-2.0, -0.5, 0] {
          let own = harness.quantity("id", [vds, vgs, 0, vbs])
          let expected = Self.drainCurrent(vgs, vds, vbs)
          #expect(abs(own - expected) <= 1e-12 * expected)
          // drain and source change places
          let turned = harness.quantity("id", [0, vgs, vds, vbs])
          #expect(abs(turned + expected) <= 1e-12 * expected)
        }
      }
    }
  }

  /// A pmos at the mirrored voltages carries the mirrored current.
  @Test func polarityMirrors() throws {
    let n = try Self.harness("nmos")
    let p = try Self.harness("pmos")
    let rates = [1e6, -2e6, 3e5, 2e5]
    for (d, g, s, b) in [(2.0, 1.5, 0.0, -0.5), (0.2, 2, 0, 0), (0, 1.2, 1, -1), (1, 0.3, 0, 0.2)] {
      let x = [d, g, s, b]
      let one = n.result(x, rates: rates)
      let two = p.result(x.map { -$0 }, rates: rates.map { -$0 })
      for k in 1...4 {
        #expect(abs(one.currents[k] + two.currents[k]) < 1e-12 * 1e-3)
        #expect(abs(one.charges[k] + two.charges[k]) < 1e-24)
      }
    }
  }

  @Test(arguments: ["nmos", "pmos"])
  func matricesAreDerivatives(type: String) throws {
    let type1 = type == "nmos" ? 1.0 : -1.0
    let rates = [1e6, -2e6, 3e5, 2e5, 1e6, 3e5]
    for (extra, inner) in [([:], 0), (["rd": 50.0, "rs": 20], 2), (["capmod": 1], 0)] {
      let harness = try Self.harness(type, extra)
      for (d, g, s, b) in [
        (2.0, 1.5, 0.0, -0.5), (0.2, 2, 0, -0.1), (0.1, 1.2, 1, -1), (1, 0.33, 0, -0.2),
        (0.01, 0.5, 0, 0), (1, -1, 0, 0),
      ] {
        var x = [d, g, s, b].map { type1 * $0 }
        if inner > 0 { x += [x[0] * 0.99, x[2] * 1.01] }
        let error = harness.jacobianError(
          x, rates: Array(rates.prefix(x.count)), rateFactor: 1e8)
        #expect(error < 1e-5, "\(extra) at \(x)")
        let result = harness.result(x, rates: Array(rates.prefix(x.count)))
        let sum = result.currents[1...].reduce(0, +)
        #expect(abs(sum) < 1e-15)
        #expect(abs(result.charges[1...].reduce(0, +)) < 1e-26)
        #expect(harness.run(x) { harness.bank.dissipation(0, $0) } >= 0)
      }
    }
  }

  /// No jump of the capacitances where Meyer's formulas change.
  @Test func capacitancesAreContinuous() throws {
    let harness = try Self.harness()
    for vds in [0.0, 0.01, 0.5, 1.5] {
      for vgs in stride(from: -1.0, through: 3, by: 0.001) {
        for name in ["cgs", "cgd", "cgb"] {
          let a = harness.quantity(name, [vds, vgs, 0, 0])
          let b = harness.quantity(name, [vds, vgs + 1e-9, 0, 0])
          #expect(abs(a - b) < 1e-5 * 1e-13, "\(name) at \(vgs), \(vds)")
        }
      }
    }
  }

  @Test(
    .enabled(if: Ngspice.isInstalled, "ngspice is not installed"),
    arguments: [
      ("nmos", 27.0, [String: Double]()), ("nmos", 85, [:]), ("pmos", -20, [:]),
      ("nmos", 60, ["tnom": 40]),
    ])
  func agreesWithNgspice(type: String, celsius: Double, extra: [String: Double]) throws {
    let sign = type == "nmos" ? 1.0 : -1.0
    var model = Self.model.merging(extra) { $1 }
    model["vto"] = sign * 0.7
    try compare(type, model, celsius, sign)
  }

  /// Threshold, mobility and body effect from the process.
  @Test(
    .enabled(if: Ngspice.isInstalled, "ngspice is not installed"), arguments: ["nmos", "pmos"])
  func processAgreesWithNgspice(type: String) throws {
    let model = [
      "tox": 3e-8, "nsub": 2e16, "uo": 550, "nss": 1e10, "tpg": 1, "js": 1e-3, "cbd": 1e-14,
      "cbs": 2e-14,
    ]
    try compare(type, model, 50, type == "nmos" ? 1 : -1)
  }

  private func compare(
    _ type: String, _ model: [String: Double], _ celsius: Double, _ sign: Double
  ) throws {
    let harness = try BankHarness(
      Transistor.self, type: type, model: model, instance: Self.size, nodes: 4, celsius: celsius)
    let card = model.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    let size = Self.size.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    let body = """
      vd d 0 0
      vg g 0 0
      vs s 0 0
      vb b 0 0
      m1 d g s b mm \(size)
      .model mm \(type) level=1 \(card)
      .options temp=\(celsius) gmin=1e-12
      """
    var points: [[Double]] = []
    for vg in [0.2, 0.8, 1.5, 3] {
      for vd in [0.05, 0.5, 2, -1] { points.append([vd, vg, 0, -1].map { sign * $0 }) }
    }
    points.append([1, 2, 0, 0].map { sign * $0 })
    let names = ["gm", "gds", "gmbs", "von", "cgs", "cgd", "cgb", "cbd", "cbs"]
    let rows = try Ngspice.points(
      body, sources: ["vd", "vg", "vs", "vb"], rows: points,
      expressions: ["-i(vd)"] + names.map { "@m1[\($0)]" })
    try #require(rows.count == points.count)
    for (x, row) in zip(points, rows) {
      let own = harness.result(x, gmin: 1e-12).currents[1]
      #expect(abs(own - row[0]) <= 1e-6 * abs(row[0]) + 1e-14, "id at \(x): \(own), \(row[0])")
      for (name, theirs) in zip(names, row.dropFirst()) {
        let own = harness.quantity(name, x, gmin: 1e-12)
        #expect(
          abs(own - theirs) <= 1e-6 * abs(theirs) + 1e-21, "\(name) at \(x): \(own), \(theirs)")
      }
    }
  }
}
