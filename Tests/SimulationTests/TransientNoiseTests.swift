// Noise in time against closed forms. Tolerances are three standard deviations of the estimate
// (of a
// density averaged over n independent bins 1/sqrt(n), of a variance sqrt(2 tau / T)) plus what is
// known to be missing at the band's edge.

import Devices
import Netlist
import Numerics
import Schematic
import Testing

@testable import Simulation

struct TransientNoiseTests {
  static let boltzmann = 1.380649e-23
  static let charge = 1.602176634e-19

  /// Printed values on the card's grid.
  static func run(_ text: String, seed: UInt64 = 1) throws -> TransientTests.Keeper {
    let reading = DeckReader.read(
      text: Array(("noise\n" + text + "\n.end\n").utf8), path: "test.cir", devices: Catalogue.all)
    let circuit = try #require(reading.circuit)
    var card: TransientCard?
    var outputs: [Expression] = []
    for one in circuit.cards {
      if case .tran(let tran) = one { card = tran }
      if case .print(let print) = one { outputs += print.outputs.map(\.value) }
    }
    let tran = try #require(card)
    let options = SolverOptions(circuit.options)
    let equations = try CircuitEquations(
      circuit, printStep: tran.printStep, stopTime: tran.stopTime)
    let x = try OperatingPoint(equations, options).solve().x
    if let noise = try TransientNoiseOptions(circuit.options, at: .none) {
      _ = equations.restingPoint(x)
      equations.noise = TransientNoise(equations, noise, stopTime: tran.stopTime, seed: seed)
    }
    var keeper = TransientTests.Keeper(evaluator: try OutputEvaluator(outputs, equations))
    _ = try TransientAnalysis(equations, tran, options).run(from: x, &keeper)
    return keeper
  }

  /// One-sided density of each column by Hann's window, averaged over the columns; bins of 1/T.
  static func density(_ rows: [[Double]], step: Double) -> [Double] {
    let count = rows.count - 1
    var sum = [Double](repeating: 0, count: count / 2 + 1)
    let transform = RealFourierTransform(shape: [count])
    for column in rows[0].indices {
      let mean = rows[..<count].reduce(0) { $0 + $1[column] } / Double(count)
      let tapered = (0..<count).map {
        (rows[$0][column] - mean) * (1 - cosine(2 * .pi * Double($0) / Double(count)))
      }
      for (k, amplitude) in transform.forward(tapered).enumerated() {
        // the mean square of the window is 3/2
        sum[k] += 2 * amplitude.squaredModulus * step / (1.5 * Double(count))
      }
    }
    return sum.map { $0 / Double(rows[0].count) }
  }

  static func mean(_ values: ArraySlice<Double>) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// `count` copies of a deck's lines with nodes and names numbered.
  static func copies(_ count: Int, _ line: (Int) -> String, _ rest: String) -> String {
    let probes = (0..<count).map { "v(n\($0))" }.joined(separator: " ")
    return (0..<count).map(line).joined(separator: "\n") + "\n" + rest + "\n.print tran " + probes
  }

  /// The interpolated process is flat to fmax and gone from 3 fmax on.
  @Test func bandOfTheProcess() {
    for k in 0...25 { #expect(abs(square(NoiseClock.transform(0.01 * Double(k))) - 1) < 0.011) }
    #expect(abs(square(NoiseClock.transform(0.5)) - 0.25) < 1e-3)
    for k in 70...150 { #expect(square(NoiseClock.transform(0.01 * Double(k))) < 1e-3) }
  }

  private func square(_ x: Double) -> Double { x * x }

  /// The noise of a capacitor behind a resistor has the variance k T / C, whatever the resistance.
  @Test(arguments: [1e3, 3e3]) func capacitorsHoldTheirShare(resistance: Double) throws {
    let rows = try Self.run(
      Self.copies(
        16, { "r\($0) n\($0) 0 \(resistance)\nc\($0) n\($0) 0 1p" },
        ".options noise noisefmax=2g reltol=1e-2\n.tran 0.25n 300n 5n")
    ).values
    let variance =
      rows.joined().reduce(0) { $0 + $1 * $1 } / Double(rows.count * 16)
    let tau = resistance * 1e-12
    let expected = Self.boltzmann * 300.15 / 1e-12
    let deviation = (2 * tau / (16 * 295e-9)).squareRoot()
    // what lies beyond the band's half-power frequency of about 3.3 GHz is missing
    let lost = 2 / (.pi * 2 * .pi * 3.3e9 * tau)
    #expect(abs(variance / (expected * (1 - lost)) - 1) < 3 * deviation + 0.01)
  }

  @Test func resistorsMakeJohnsonNoise() throws {
    let rows = try Self.run(
      Self.copies(
        8, { "r\($0) n\($0) 0 1k" }, ".options noise noisefmax=1g\n.tran 0.1n 409.6n")
    ).values
    let density = Self.density(rows, step: 0.1e-9)
    // bins of 2.44 MHz; neighbours share half, by the window
    let expected = 4 * Self.boltzmann * 300.15 * 1e3
    #expect(abs(Self.mean(density[2..<402]) / expected - 1) < 3 * (2 / 3200.0).squareRoot() + 0.01)
    #expect(Self.mean(density[1280..<1920]) < 1e-3 * expected)
  }

  /// A junction's own current sets its shot noise: 2 q I across the slope resistance V_t / I.
  @Test(arguments: [1e-6, 1e-4]) func junctionsMakeShotNoise(current: Double) throws {
    let rows = try Self.run(
      Self.copies(
        8, { "i\($0) 0 n\($0) \(current)\nd\($0) n\($0) 0 d" },
        ".model d d(is=1e-15)\n.options noise noisefmax=10meg\n.tran 10n 40.96u")
    ).values
    let density = Self.density(rows, step: 10e-9)
    let slope = Self.boltzmann * 300.15 / Self.charge / current
    let expected = 2 * Self.charge * current * slope * slope
    #expect(abs(Self.mean(density[2..<402]) / expected - 1) < 3 * (2 / 3200.0).squareRoot() + 0.01)
  }

  /// kf i^2 / f over three decades: level and slope.
  @Test func flickerNoiseFallsWithTheFrequency() throws {
    let rows = try Self.run(
      Self.copies(
        8, { "i\($0) 0 n\($0) 1m\nr\($0) n\($0) 0 film r=1k noisy=0" },
        ".model film r(kf=1e-10 af=2)\n.options noise noisefmax=1g\n.tran 0.2n 819.2n")
    ).values
    let density = Self.density(rows, step: 0.2e-9)
    let bin = 1 / 819.2e-9
    var logarithms: [(Double, Double)] = []
    var (low, high) = (2, 4)
    while high <= 800 {
      let expected = (low..<high).map { 1e-10 * 1e-6 * 1e6 / (Double($0) * bin) }
      let ratio = (low..<high).reduce(0) { $0 + density[$1] / expected[$1 - low] }
      let level = ratio / Double(high - low)
      // the sum over octaves has a ripple; it is flat below 3 %
      let deviation = (2 / Double(8 * (high - low))).squareRoot()
      #expect(abs(level - 1) < 3.5 * deviation + 0.03)
      logarithms.append((naturalLogarithm(Double(low)), naturalLogarithm(level)))
      (low, high) = (high, 2 * high)
    }
    let ends = (logarithms[2], logarithms[logarithms.count - 1])
    #expect(abs((ends.1.1 - ends.0.1) / (ends.1.0 - ends.0.0)) < 0.1)
  }

  /// The same seed makes the same noise, whatever the steps, the printed grid and other devices.
  @Test func noiseBelongsToTheDeviceAlone() throws {
    func voltages(_ more: String, tran: String = "0.2n 20n", seed: UInt64 = 7) throws -> [Double] {
      try Self.run(
        """
        r1 n1 0 1k
        c1 n1 0 1p
        \(more)
        .options noise noisefmax=0.5g reltol=1e-4
        .tran \(tran)
        .print tran v(n1)
        """, seed: seed
      ).values.map { $0[0] }
    }
    let plain = try voltages("")
    let rms = (plain.reduce(0) { $0 + $1 * $1 } / Double(plain.count)).squareRoot()
    #expect(rms > 2e-5)
    let others = [
      try voltages("", tran: "0.2n 20n 0 20p"), try voltages("r2 x 0 10\nd1 x 0 d\n.model d d"),
      try voltages(".options vntol=1e-7"),
    ]
    for other in others {
      try #require(other.count == plain.count)
      for (a, b) in zip(plain, other) { #expect(abs(a - b) < 0.05 * rms) }
    }
    let fine = try voltages("", tran: "0.1n 20n")
    try #require(fine.count == 2 * plain.count - 1)
    for k in plain.indices { #expect(abs(fine[2 * k] - plain[k]) < 0.05 * rms) }
    #expect(try voltages("") == plain)
    let another = try voltages("", seed: 8)
    #expect(zip(plain, another).contains { abs($0 - $1) > rms })
  }

  /// Without noise nothing of it is felt, to the last bit.
  @Test func noNoiseChangesNothing() throws {
    let deck = """
      v1 a 0 sin(0 1 1meg)
      r1 a b 1k
      d1 b 0 d
      c1 b 0 1n
      .model d d(is=1e-14 kf=1e-12)
      .tran 10n 2u
      .print tran v(b)
      """
    let plain = try Self.run(deck).values
    #expect(try Self.run(deck + "\n.options noise=0 noisefmax=1g").values == plain)
  }

  @Test func bandwidthIsNotGuessed() throws {
    #expect(throws: Fault.self) {
      _ = try Self.run("r1 a 0 1k\n.options noise\n.tran 1n 10n\n.print tran v(a)")
    }
  }
}
