import Devices
import Foundation
import Numerics
import Schematic
import TestSupport
import Testing

/// One memristor between node 1 and ground, driven by a voltage.
final class MemristorRig {
  let bank: any Bank
  private var buffers = [Double](repeating: 0, count: 64)

  init(
    level: Int, _ model: ParameterList, _ instance: ParameterList = [:], seed: UInt64 = 0
  ) throws {
    var parameters = model
    parameters["level"] = .number(Double(level))
    let circuit = Circuit(
      title: "", nodeNames: ["0", "1"],
      instances: [
        Instance(
          name: "m1", device: "YMEMRISTOR", model: 0, terminals: [1, 0], parameters: instance,
          origin: .none)
      ],
      models: [Model(name: "m", type: "memristor", parameters: parameters, origin: .none)])
    let device = try #require(Catalogue.devices.first { $0.description.letter == "YMEMRISTOR" })
    let layout = EquationLayout(nodeCount: 2)
    let input = BankInput(
      circuit: circuit, instances: [0], description: device.description, seed: seed)
    bank = try #require(try device.banks(input, layout).first)
    bank.declareEntries(layout)
    bank.bind((0..<Int32(layout.entryCount)).map { $0 })
  }

  private func with<Result>(
    _ voltage: Double, _ state: Double, _ moment: Moment, _ body: (Evaluation) -> Result
  ) -> Result {
    buffers.withUnsafeMutableBufferPointer { buffer in
      let x = buffer.baseAddress!
      for i in 0..<64 { x[i] = 0 }
      (x[1], x[2]) = (voltage, state)
      return body(
        Evaluation(
          moment: moment, values: x, rates: x + 3, currents: x + 6, charges: x + 9,
          conductances: x + 12, capacitances: x + 30, rateFactor: 0))
    }
  }

  /// dx/dt.
  func speed(_ voltage: Double, _ state: Double) -> Double {
    with(voltage, state, Moment()) {
      bank.evaluate($0)
      return -$0.currents[2]
    }
  }

  func current(_ voltage: Double, _ state: Double) -> Double {
    with(voltage, state, Moment()) {
      bank.evaluate($0)
      return $0.currents[1]
    }
  }

  /// The state at an operating point.
  func start(_ voltage: Double = 0) -> Double {
    with(voltage, 0, Moment(analysis: .operatingPoint)) {
      bank.evaluate($0)
      return -$0.currents[2]
    }
  }

  func quantity(_ name: String, _ voltage: Double, _ state: Double) -> Double? {
    with(voltage, state, Moment()) { bank.quantity(name, of: 0, $0) }
  }

  func dissipation(_ voltage: Double, _ state: Double) -> Double {
    with(voltage, state, Moment()) { bank.dissipation(0, $0) }
  }

  func settle(_ time: Double) -> Bool { with(0, 0, Moment(time: time)) { bank.settle($0) } }

  /// The state after a voltage in time, by the classical Runge-Kutta method.
  func integrate(
    from start: Double, at times: [Double], substeps: Int, _ voltage: (Double) -> Double
  ) -> [Double] {
    var x = start
    var result = [x]
    for (begin, end) in zip(times, times.dropFirst()) {
      let h = (end - begin) / Double(substeps)
      for k in 0..<substeps {
        let t = begin + Double(k) * h
        let k1 = speed(voltage(t), x)
        let k2 = speed(voltage(t + h / 2), x + h / 2 * k1)
        let k3 = speed(voltage(t + h / 2), x + h / 2 * k2)
        let k4 = speed(voltage(t + h), x + h * k3)
        x += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
      }
      result.append(x)
    }
    return result
  }
}

@Suite struct MemristorTests {
  struct Trajectory: Decodable {
    var parameters: [String: Double]
    var amplitude: Double
    var frequency: Double
    var initialState: Double
    var time: [Double]
    var state: [Double]
    var current: [Double]?
  }

  private func trajectory(_ name: String) throws -> Trajectory {
    let data = try Data(contentsOf: Repository.file("Tests/Reference/\(name).json"))
    return try JSONDecoder().decode(Trajectory.self, from: data)
  }

  private func compare(
    _ rig: MemristorRig, _ reference: Trajectory, substeps: Int, tolerance: Double
  ) {
    func voltage(_ t: Double) -> Double {
      reference.amplitude * sine(2 * .pi * reference.frequency * t)
    }
    let states = rig.integrate(
      from: rig.start(), at: reference.time, substeps: substeps, voltage)
    let worst = zip(states, reference.state).map { abs($0 - $1) }.max()!
    #expect(worst < tolerance)
    guard let currents = reference.current else { return }
    let scale = currents.map(abs).max()!
    for (k, t) in reference.time.enumerated() {
      #expect(abs(rig.current(voltage(t), states[k]) - currents[k]) < tolerance * scale)
    }
  }

  @Test func linearDriftFollowsTheReference() throws {
    let reference = try trajectory("memristor-linear-joglekar")
    let rig = try MemristorRig(
      level: 1,
      [
        "ron": .number(100), "roff": .number(16e3), "d": .number(1e-8), "mu": .number(1e-14),
        "wt": .number(1), "p": .number(2),
      ],
      ["xo": .number(reference.initialState)])
    compare(rig, reference, substeps: 10, tolerance: 1e-6)
  }

  @Test func yakopcicFollowsTheReference() throws {
    let reference = try trajectory("memristor-yakopcic")
    let p = reference.parameters
    var model: ParameterList = [:]
    for (name, value) in p { model[name.lowercased()] = .number(value) }
    let rig = try MemristorRig(level: 3, model, ["xo": .number(reference.initialState)])
    compare(rig, reference, substeps: 20, tolerance: 1e-5)
  }

  /// Levels 2, 5, 6 and 7 against docs/reference/memristor_levels.py.
  @Test(arguments: [
    ("team", 2, 1e-6), ("threshold", 5, 1e-5), ("vteam", 6, 1e-5), ("filament", 7, 1e-7),
  ])
  func otherLevelsFollowTheirReferences(name: String, level: Int, tolerance: Double) throws {
    let reference = try trajectory("memristor-\(name)")
    var model: ParameterList = [:]
    for (name, value) in reference.parameters { model[name] = .number(value) }
    if level == 2 {
      model["xscaling"] = .number(1e9)
      model["wt"] = .number(4)
    }
    let rig = try MemristorRig(level: level, model)
    #expect(abs(rig.start() - reference.initialState) < 1e-12)
    compare(rig, reference, substeps: 40, tolerance: tolerance)
  }

  /// Level 4, whose tables are files, against the same script.
  @Test func piecewiseEmpiricalFollowsItsReference() throws {
    let reference = try trajectory("memristor-pem")
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "memristor-tables-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["rise": "# state, speed\n-1, 2\n0.5, 0.5\n2 -1\n", "fall": "-1 -1\n2 2\n"]
    var model: ParameterList = [:]
    for (name, value) in reference.parameters { model[name] = .number(value) }
    for (name, parameter) in [("rise", "fxpdata"), ("fall", "fxmdata")] {
      let file = folder.appendingPathComponent(name)
      try files[name]!.write(to: file, atomically: true, encoding: .utf8)
      model[parameter] = .text(file.path)
    }
    let rig = try MemristorRig(level: 4, model, ["xo": .number(reference.initialState)])
    #expect(rig.start() == reference.initialState)
    compare(rig, reference, substeps: 60, tolerance: 1e-4)
    let free = try MemristorRig(level: 4, model)
    #expect(free.start(0.1) == 1 && free.start(0) == 0)
    #expect(free.speed(1, 3) == 0 && free.speed(-1, -2) == 0)
    try "0 1\n1 x\n".write(
      to: folder.appendingPathComponent("rise"), atomically: true, encoding: .utf8)
    #expect { try MemristorRig(level: 4, model) } throws: { error in
      (error as? Faults)?.list.map(\.identifier) == ["malformed-file"]
    }
    model["fxpdata"] = .text(folder.appendingPathComponent("absent").path)
    #expect { try MemristorRig(level: 4, model) } throws: { error in
      (error as? Faults)?.list.map(\.identifier) == ["no-such-file"]
    }
  }

  /// VTEAM does not move between its thresholds and rests at its bounds, whatever drives it.
  @Test func adaptiveVoltageThreshold() throws {
    let rig = try MemristorRig(level: 6, ["von": .number(-0.4), "voff": .number(0.3)])
    for v in [-0.4, -0.1, 0, 0.1, 0.3] { #expect(rig.speed(v, 0.5) == 0) }
    #expect(abs(rig.speed(0.6, 0.5) - 5e-4 / 3e-9) < 1e-6)
    #expect(abs(rig.speed(-0.8, 0.5) + 10 / 3e-9) < 1e-2)
    #expect(rig.speed(3, 1.0001 + 1e-9) < 0 && rig.speed(-3, -0.0001 - 1e-9) > 0)
    #expect(abs(rig.current(0.1, 0.5) - 0.1 / 525) < 1e-15)
    #expect { try MemristorRig(level: 6, ["von": .number(0.1)]) } throws: { error in
      (error as? Faults)?.list.map(\.identifier) == ["out-of-range"]
    }
  }

  /// Ohm's law of the gap, and a speed that reads at 0.1 V a thousand times slower than it writes.
  @Test func filament() throws {
    let rig = try MemristorRig(level: 7, [:])
    #expect(rig.start() == 0)
    for x in [0.2, 0.8] {
      let gap = 1.7e-9 - 1.5e-9 * x
      let current = 1e-3 * exp(-gap / 2.5e-10) * sinh(0.1 / 0.25)
      #expect(abs(rig.current(0.1, x) / current - 1) < 1e-12)
      #expect(rig.speed(0, x) == 0)
      #expect(rig.speed(0.1, x) < 1e-3 * rig.speed(1, x) && rig.speed(0.1, x) > 0)
      #expect(rig.speed(-1, x) < 0)
    }
    #expect(rig.speed(1, 1.0001 + 1e-9) < 0 && rig.speed(-1, -0.0001 - 1e-9) > 0)
    #expect(rig.speed(100, 0.5).isFinite && rig.current(1e4, 0.5).isFinite)
  }

  /// Window of the linear drift: dx/dt over mu ron / d^2 i.
  @Test func windows() throws {
    for (x, v, p) in [(0.1, 1.0, 1.0), (0.7, -0.5, 2), (0.95, 0.3, 3), (0.5, -1, 1.5)] {
      let joglekar = 1 - pow(pow(2 * x - 1, 2), p)
      let biolek = 1 - pow(pow(x - (v < 0 ? 1 : 0), 2), p)
      let prodromakis = 0.8 * (1 - pow((x - 0.5) * (x - 0.5) + 0.75, p))
      for (wt, expected) in [(0, 1), (1, joglekar), (2, biolek), (3, prodromakis)] {
        let rig = try MemristorRig(
          level: 1,
          ["wt": .number(Double(wt)), "p": .number(p), "j": .number(0.8)])
        let drift = 1e-14 * 100 / 1e-16 * rig.current(v, x)
        #expect(abs(rig.speed(v, x) / drift - expected) < 1e-12, "window \(wt) at \(x)")
      }
    }
  }

  /// Driven without a window for ever, the state rests just outside its bound and comes back.
  @Test func linearDriftStaysInBounds() throws {
    let rig = try MemristorRig(level: 1, ["wt": .number(0)])
    for v in [0.1, 1, 100] {
      #expect(rig.speed(v, 1.0001 + 1e-12) < 0)
      #expect(rig.speed(v, 1.00005) > 0)
      #expect(rig.speed(-v, 1.0001) < 0)
      #expect(rig.speed(-v, -0.0001 - 1e-12) > 0)
      #expect(rig.speed(v, -0.0001) > 0)
    }
    #expect(try #require(rig.quantity("r", 0, 2)) > 90)
    #expect(try #require(rig.quantity("r", 0, 0.25)) == 16e3 - 0.25 * 15.9e3)
    #expect(rig.dissipation(2, 0.5) == 2 * rig.current(2, 0.5))
  }

  @Test func startsHaveTheirOrder() throws {
    let own = try MemristorRig(level: 1, ["xo": .number(0.2)], ["xo": .number(0.3)])
    #expect(own.start() == 0.3)
    #expect(try MemristorRig(level: 1, ["xo": .number(0.2)]).start() == 0.2)
    #expect(try MemristorRig(level: 1, [:], ["ic": .number(0.4)]).start() == 0.4)
    #expect(try MemristorRig(level: 2, [:]).start() == 0)
    #expect(try MemristorRig(level: 3, [:]).start() == 0)
    #expect(abs(try MemristorRig(level: 5, [:]).start() - 6990 / 9990.0) < 1e-15)
  }

  /// R moves by the integral of v above the threshold, and stops at its bounds.
  @Test func voltageThreshold() throws {
    let rig = try MemristorRig(
      level: 5,
      [
        "rmin": .number(1e3), "rmax": .number(1e4), "rinit": .number(7e3), "alpha": .number(10),
        "beta": .number(2e6), "vt": .number(1.6),
      ])
    let range = 9e3
    #expect(abs(rig.speed(1, 0.5) * range - 10) < 1e-9)
    #expect(abs(rig.speed(2.6, 0.5) * range - (2e6 * 2.6 + 0.5 * (10 - 2e6) * 3.2)) < 1e-6)
    #expect(abs(rig.speed(-2.6, 0.5) + rig.speed(2.6, 0.5)) < 1e-9)
    #expect(rig.speed(2.6, 1.0001 + 1e-12) < 0)
    #expect(abs(rig.current(2, 0.5) - 2 / 5.5e3) < 1e-15)
  }

  private let team: ParameterList = [
    "koff": .number(1.46e-18), "kon": .number(-4.68e-22), "alphaoff": .number(10),
    "alphaon": .number(10), "wc": .number(1e-12), "ioff": .number(115e-6),
    "ion": .number(-8.9e-6), "xscaling": .number(1e9), "wt": .number(4),
  ]

  @Test func adaptiveThreshold() throws {
    let rig = try MemristorRig(level: 2, team)
    let x = 1.5
    let r = 50 + 950 * x / 3
    #expect(abs(rig.current(1, x) - 1 / r) < 1e-15)
    let up = 1.46e-9 * pow(1 / r / 115e-6 - 1, 10) * exp(-exp((x - 3) / 1e-3))
    #expect(abs(rig.speed(1, x) - up) < 1e-9 * abs(up))
    let down = -4.68e-13 * pow(-1 / r / -8.9e-6 - 1, 10) * exp(-exp(-x / 1e-3))
    #expect(abs(rig.speed(-1, x) - down) < 1e-9 * abs(down))
    #expect(rig.speed(0.01, x) == 0)
    #expect(rig.speed(-1, -0.05) == 0 && rig.speed(1, 1e3).isFinite)
    let exponential = try MemristorRig(level: 2, team, ["ivrelation": .number(1)])
    #expect(abs(exponential.current(1, x) - 1 / (50 * 20.0.squareRoot())) < 1e-12)
  }

  /// The default ion is positive: without current the state already moves.
  @Test func adaptiveThresholdKeepsItsTrap() throws {
    #expect(try MemristorRig(level: 2, [:]).speed(0, 1e-9) == 8e-13)
    #expect(try MemristorRig(level: 3, [:]).speed(-0.5, 0) == 0)
    #expect(try MemristorRig(level: 3, [:]).speed(0.5, 1.5) == 0)
  }

  @Test func telegraphNoiseTogglesTheResistance() throws {
    var model = team
    model["resnoise"] = .number(1)
    model["resdelta"] = .number(0.2)
    model["resdeltagrad"] = .number(0.5)
    model["reslambda"] = .number(2)
    model["restd"] = .number(1e-6)
    let rig = try MemristorRig(level: 2, model, seed: 7)
    rig.bank.resetDiscreteState()
    var time = 0.0
    var first: [Double] = []
    let quiet = 1 / rig.current(1, 1)
    for k in 0..<2000 {
      let next = rig.bank.nextBreakpoint(after: time)
      #expect(next > time)
      #expect(!rig.settle(next * (1 - 1e-12)))
      #expect(rig.settle(next))
      let ratio = 1 / rig.current(1, 1) / quiet
      #expect(abs(ratio - (k % 2 == 0 ? 1.05 : 0.95)) < 1e-12)
      time = next
      if k < 5 { first.append(next) }
    }
    // exponential waits: the mean of 2000 is within 5 standard errors of 2 us
    #expect(abs(time / 2000 / 2e-6 - 1) < 5 / 2000.0.squareRoot())
    rig.bank.resetDiscreteState()
    #expect(1 / rig.current(1, 1) == quiet)
    #expect(rig.bank.nextBreakpoint(after: 0) == first[0])
  }
}
