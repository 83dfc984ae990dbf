import Devices
import Numerics
import Schematic
import Testing

/// Controlled and behavioural sources at the level of their banks.
@Suite struct BehaviouralTests {
  private func instance(
    _ name: String, _ device: String, _ terminals: [Int32], _ parameters: ParameterList
  ) -> Instance {
    Instance(
      name: name, device: device, terminals: terminals, parameters: parameters, origin: .none)
  }

  private func bench(_ nodes: Int, _ instances: [Instance]) throws -> DeviceBench {
    try DeviceBench(
      Circuit(
        title: "", nodeNames: (0...nodes).map(String.init), instances: instances))
  }

  /// SPICE2's order of the coefficients of two and of three controls.
  @Test func polynomials() throws {
    let p = (0..<20).map { 0.3 + 0.1 * Double($0 * $0 % 7) }
    let bench = try bench(
      4, [instance("g1", "G", [1, 0, 2, 0, 3, 0, 4, 0], ["poly": .numbers(p)])])
    let (a, b, c) = (0.7, -1.3, 2.1)
    let current = bench.evaluate([0, 0, a, b, c]).currents[1]
    let first = p[0] + p[1] * a + p[2] * b + p[3] * c
    let second =
      p[4] * a * a + p[5] * a * b + p[6] * a * c + p[7] * b * b + p[8] * b * c + p[9] * c * c
    let cubes = p[10] * a * a * a + p[11] * a * a * b + p[12] * a * a * c + p[13] * a * b * b
    let rest =
      p[14] * a * b * c + p[15] * a * c * c + p[16] * b * b * b + p[17] * b * b * c
      + p[18] * b * c * c + p[19] * c * c * c
    #expect(abs(current - first - second - cubes - rest) < 1e-12)
  }

  @Test func tableHasStraightLinesAndEnds() throws {
    let bench = try bench(
      2,
      [
        instance(
          "g1", "G", [1, 0],
          [
            "table.input": .expression(.voltage(2, 0)),
            "table.points": .numbers([-1, 2, 1, 4, 2, 0]),
          ])
      ])
    for (input, output) in [(-5.0, 2.0), (-1, 2), (0, 3), (1.5, 2), (2, 0), (9, 0)] {
      #expect(abs(bench.evaluate([0, 0, input]).currents[1] - output) < 1e-12)
    }
  }

  /// More inputs than any vector has lanes.
  @Test func gradientOfManyVoltages() throws {
    let count = 30
    let product = (1...count).reduce(Expression(number: 1)) {
      .binary(.multiply, $0, .voltage(Int32($1), 0))
    }
    let bench = try bench(
      count, [instance("b1", "B", [1, 0], ["i": .expression(product)])])
    let x = [0] + (1...count).map { 1 + 0.01 * Double($0) }
    let matrix = bench.linearise(
      x, rates: [Double](repeating: 0, count: count + 1), rateFactor: 1
    ).conductances
    let whole = x.dropFirst().reduce(1, *)
    for k in 1...count {
      #expect(abs(matrix[bench.count + k] - whole / x[k]) < 1e-12 * whole)
    }
  }

  @Test func comparisonsAreHeldUntilSettled() throws {
    let step = Expression.binary(.greater, .voltage(2, 0), Expression(number: 1))
    let bench = try bench(2, [instance("b1", "B", [1, 0], ["i": .expression(step)])])
    let bank = bench.banks[0]
    bank.resetDiscreteState()
    #expect(bench.evaluate([0, 0, 2]).currents[1] == 1)
    #expect(bench.ask([0, 0, 0]) { bank.settle($0) } == false)
    // held, whatever the voltage does; the event function tells the change
    #expect(bench.evaluate([0, 0, 2]).currents[1] == 0)
    var margin = 0.0
    bench.ask([0, 0, 2.5]) { bank.events($0, into: &margin) }
    #expect(margin == 1.5)
    #expect(bench.ask([0, 0, 2]) { bank.settle($0) })
    #expect(bench.evaluate([0, 0, 0.5]).currents[1] == 1)
    // a decision that keeps contradicting itself is left to the operands
    for round in 0..<60 { _ = bench.ask([0, 0, round % 2 == 0 ? 0 : 2]) { bank.settle($0) } }
    #expect(bench.evaluate([0, 0, 2]).currents[1] == 1)
    #expect(bench.evaluate([0, 0, 0]).currents[1] == 0)
  }

  @Test func comparedTimesAreBreakpoints() throws {
    let step = Expression.binary(.less, Expression(number: 2e-6), .time)
    let bench = try bench(1, [instance("b1", "B", [1, 0], ["i": .expression(step)])])
    let bank = bench.banks[0]
    #expect(bank.nextBreakpoint(after: 0) == 2e-6)
    #expect(bank.nextBreakpoint(after: 2e-6) == .infinity)
    _ = bench.ask([0, 0], Moment(time: 1e-6)) { bank.settle($0) }
    #expect(bench.ask([0, 0], Moment(time: 2e-6)) { bank.settle($0) })
    #expect(bench.evaluate([0, 0], Moment(time: 2e-6)).currents[1] == 1)
  }

  @Test func growthWithoutBoundIsNoTrap() throws {
    let overflow = Expression.unary(.exp, .unary(.exp, .voltage(2, 0)))
    let bench = try bench(2, [instance("b1", "B", [1, 0], ["i": .expression(overflow)])])
    #expect(bench.evaluate([0, 0, 1000]).currents[1] == .infinity)
    _ = bench.linearise([0, 0, 1000], rates: [0, 0, 0], rateFactor: 0)
  }

  /// A resistor's current controls a source through a sensor in series.
  @Test func currentOfAResistor() throws {
    var probe = Expression()
    probe.append(probe: .init(function: "i", names: ["r1"], origin: .none))
    let plain = Circuit(
      title: "", nodeNames: ["0", "a", "b"],
      instances: [
        instance("r1", "R", [1, 0], ["r": .number(10)]),
        instance("b1", "B", [2, 0], ["i": .expression(probe)]),
      ])
    #expect(throws: Faults.self) { try DeviceBench(plain) }
    let bench = try DeviceBench(plain.withCurrentSensors())
    #expect(bench.circuit.nodeNames.count == 4)
    // unknowns: a, b, the inner node, the sensor's current
    let f = bench.evaluate([0, 5, 0, 5, 0.5]).currents
    #expect(f[1] == 0.5 && f[2] == 0.5 && f[3] == 0 && f[4] == 0)
  }

  @Test func unknownControlsAreFaults() throws {
    #expect(throws: Faults.self) {
      try bench(
        1, [instance("f1", "F", [1, 0], ["gain": .number(1), "control": .text("vx")])])
    }
    #expect(throws: Faults.self) {
      try bench(
        1, [instance("k1", "K", [], ["k": .number(1), "inductors": .text("la lb")])])
    }
  }
}
