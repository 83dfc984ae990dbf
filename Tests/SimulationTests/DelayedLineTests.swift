import Devices
import Schematic
import Simulation
import Testing

/// Transmission lines between resistances, driven by a step: every step of the integration ends at
/// a breakpoint, between which all is constant. Solved by Newton's method on the banks' equations.
final class LineRig {
  let layout: EquationLayout
  let delays: DelayedSignals
  private let banks: [any Bank]
  private let loads: [(node: Int, resistance: Double)]
  private let source: (node: Int, resistance: Double)
  private let memory: UnsafeMutablePointer<Double>
  private let size: Int
  var drive = 0.0
  private var time = 0.0

  /// - Parameter lines: nodes, impedance and delay.
  init(
    nodes: Int, lines: [(a: Int, b: Int, impedance: Double, delay: Double)],
    source: (node: Int, resistance: Double), loads: [(node: Int, resistance: Double)]
  ) throws {
    let circuit = Circuit(
      title: "", nodeNames: (0...nodes).map { "\($0)" },
      instances: lines.enumerated().map { index, line in
        Instance(
          name: "t\(index)", device: "T", terminals: [Int32(line.a), 0, Int32(line.b), 0],
          parameters: ["z0": .number(line.impedance), "td": .number(line.delay)], origin: .none)
      }, models: [])
    let device = try #require(Catalogue.devices.first { $0.description.letter == "T" })
    layout = EquationLayout(nodeCount: nodes + 1)
    banks = try device.banks(
      BankInput(
        circuit: circuit, instances: lines.indices.map { Int32($0) },
        description: device.description), layout)
    delays = DelayedSignals(layout)
    for bank in banks { bank.declareEntries(layout) }
    delays.declareEntries(layout)
    size = layout.unknowns.count
    let slots = zip(layout.rows, layout.columns).map { [size] in $0 * Int32(size) + $1 }
    for bank in banks { bank.bind(slots) }
    delays.bind(slots)
    (self.source, self.loads) = (source, loads)
    memory = .allocate(capacity: 4 * size + 2 * size * size)
    memory.initialize(repeating: 0, count: 4 * size + 2 * size * size)
  }

  deinit { memory.deallocate() }

  var values: UnsafeMutablePointer<Double> { memory }
  var rates: UnsafeMutablePointer<Double> { memory + size }
  private var residuals: UnsafeMutablePointer<Double> { memory + 2 * size }
  private var matrix: UnsafeMutablePointer<Double> { memory + 4 * size }

  /// The unknowns at this moment, and the power that each bank's first instance absorbs.
  func solve(_ moment: Moment) {
    for i in size..<(4 * size + 2 * size * size) { memory[i] = 0 }
    let evaluation = Evaluation(
      moment: moment, values: values, rates: rates, currents: residuals,
      charges: memory + 3 * size, conductances: matrix, capacitances: matrix + size * size,
      rateFactor: 0)
    for bank in banks {
      bank.evaluate(evaluation)
      bank.linearise(evaluation)
    }
    delays.evaluate(evaluation)
    delays.linearise(evaluation)
    for (node, resistance) in loads + [source] {
      let level = node == source.node && resistance == source.resistance ? drive : 0
      residuals[node] += (values[node] - level) / resistance
      matrix[node * size + node] += 1 / resistance
    }
    eliminate()
  }

  /// Gauss's method with the largest pivots; row and column 0 are ground's.
  private func eliminate() {
    var rows = (1..<size).map { i in (1..<size).map { matrix[i * size + $0] } + [residuals[i]] }
    let n = size - 1
    for k in 0..<n {
      let pivot = (k..<n).max { abs(rows[$0][k]) < abs(rows[$1][k]) }!
      rows.swapAt(k, pivot)
      for i in 0..<n where i != k && rows[i][k] != 0 {
        let factor = rows[i][k] / rows[k][k]
        for j in k...n { rows[i][j] -= factor * rows[k][j] }
      }
    }
    for k in 0..<n { values[k + 1] -= rows[k][n] / rows[k][k] }
  }

  /// Steps to `stop` with steps of at most `step`; calls `visit` with each time and step.
  func run(to stop: Double, step: Double, visit: (Double, Double) -> Void = { _, _ in }) -> Int {
    var stops = 0
    while time < stop * (1 - 1e-12) {
      let corner = delays.nextBreakpoint(after: time)
      let next = min(time + step, corner, stop)
      var moment = Moment(time: next)
      moment.takesLeftLimit = true
      solve(moment)
      delays.accept(time: next, values: values, rates: rates)
      visit(next, next - time)
      time = next
      guard next == corner else { continue }
      stops += 1
      solve(Moment(time: next))
      delays.restart(time: next, values: values, rates: rates)
    }
    return stops
  }

  /// From rest, the source stepping to 1 V at time 0.
  func step() {
    drive = 0
    solve(Moment(analysis: .operatingPoint))
    delays.start(time: 0, values: values)
    drive = 1
    solve(Moment(time: 0))
    delays.restart(time: 0, values: values, rates: rates)
  }
}

@Suite struct DelayedLineTests {
  /// The lattice diagram: after n round trips the far end has a partial sum of a geometric series.
  @Test(arguments: [50, 1e9, 1e-3, 150], [0.1, 0.37, 3.0])
  func farEndsOfALine(load: Double, step: Double) throws {
    let (impedance, sourceResistance) = (50.0, 25.0)
    let rig = try LineRig(
      nodes: 2, lines: [(1, 2, impedance, 1)], source: (1, sourceResistance), loads: [(2, load)])
    rig.step()
    let sent = impedance / (impedance + sourceResistance)
    let far = (load - impedance) / (load + impedance)
    let near = (sourceResistance - impedance) / (sourceResistance + impedance)
    _ = rig.run(to: 9.5, step: step) { time, _ in
      // the left limit at an arrival is the value before it
      let trips = Int(((time + 1) / 2 - 1e-9).rounded(.down))
      var (wave, expected) = (sent * (1 + far), 0.0)
      for _ in 0..<trips {
        expected += wave
        wave *= far * near
      }
      #expect(abs(rig.values[2] - expected) < 1e-9, "at \(time)")
    }
  }

  @Test func matchedEndsStopTheEchoes() throws {
    let rig = try LineRig(
      nodes: 2, lines: [(1, 2, 50, 1)], source: (1, 50), loads: [(2, 50)])
    rig.step()
    #expect(rig.run(to: 100, step: 5) == 1)
  }

  /// Two mismatched lines of unrelated delays: arrivals fall on m + n sqrt(2), no more.
  @Test func echoesDoNotMultiply() throws {
    let rig = try LineRig(
      nodes: 3, lines: [(1, 2, 50, 1), (2, 3, 75, 2.0.squareRoot())], source: (1, 5),
      loads: [(3, 1e6)])
    rig.step()
    #expect(rig.run(to: 40, step: 5) < 40 * 29)
    // the settled line is a pair of wires
    _ = rig.run(to: 400, step: 0.4)
    #expect(abs(rig.values[3] - 1) < 1e-4)
  }

  /// What a line has absorbed is what its waves hold: emitted and absorbed energy agree in the end.
  @Test func energyIsKept() throws {
    let rig = try LineRig(
      nodes: 2, lines: [(1, 2, 50, 1)], source: (1, 25), loads: [(2, 150)])
    rig.step()
    var absorbed = 0.0
    let first = rig.layout.delayedSignals[0]
    let current = Int(try #require(first.terms.last).unknown)
    _ = rig.run(to: 60, step: 0.25) { _, step in
      absorbed +=
        step * (rig.values[1] * rig.values[current - 1] + rig.values[2] * rig.values[current])
    }
    let (voltage, through) = (150.0 / 175, 1.0 / 175)
    let held = (voltage * voltage / 50 + 50 * through * through) / 2
    #expect(abs(absorbed - held) < 1e-9)
  }

  /// A delay of a delay is the delay of both.
  @Test func linesInARowAddTheirDelays() throws {
    let rig = try LineRig(
      nodes: 3, lines: [(1, 2, 50, 0.3), (2, 3, 50, 0.4)], source: (1, 50), loads: [(3, 50)])
    rig.step()
    _ = rig.run(to: 2, step: 0.05) { time, _ in
      #expect(abs(rig.values[3] - (time > 0.7 + 1e-12 ? 0.5 : 0)) < 1e-12, "at \(time)")
    }
  }
}
