import Devices
import Numerics
import Schematic
import Testing

/// What every device with circuit equations keeps to.
@Suite struct ConformanceTests {
  /// A seeded random point: values, rates.
  private func point(
    _ bench: DeviceBench, _ sample: DeviceSample, _ seed: UInt64
  ) -> (x: [Double], rates: [Double]) {
    var stream = RandomStream(seed: seed, purpose: .initialState)
    func draw(_ scale: Double) -> Double { scale * (2 * stream.uniform() - 1) }
    let nodes = bench.circuit.nodeNames.count
    var x = (0..<bench.count).map { draw($0 < nodes ? sample.swing : sample.stateSwing) }
    var rates = (0..<bench.count).map { _ in draw(sample.rateSwing) }
    (x[0], rates[0]) = (0, 0)
    return (x, rates)
  }

  @Test func everyDeviceAndLevelHasASample() throws {
    for device in Catalogue.devices {
      let description = device.description
      let input = BankInput(circuit: Circuit(title: ""), instances: [], description: description)
      let hasEquations = (try? device.banks(input, EquationLayout(nodeCount: 1))) != nil
      let samples = DeviceSample.listed.filter { $0.letter == description.letter }
      #expect(hasEquations == !samples.isEmpty, "\(description.letter)")
      for model in description.models where hasEquations {
        #expect(
          samples.contains { $0.represents(model) },
          "\(description.letter) \(model.type) \(model.level ?? 0) has no sample")
      }
    }
  }

  @Test(arguments: DeviceSample.all) func terminalCurrentsSumToZero(_ sample: DeviceSample) throws {
    guard sample.conservesCurrent else { return }
    let bench = try DeviceBench([sample])
    for seed in 1...5 as ClosedRange<UInt64> {
      var (x, rates) = point(bench, sample, seed)
      // the solution below knows nothing of an inner node's charge
      if bench.hasInnerCharge { rates = rates.map { _ in 0 } }
      bench.satisfyOwnEquations(&x, &rates)
      let currents = try bench.terminalCurrents(of: 0, x, rates: rates)
      let scale = currents.reduce(1e-30) { $0 + abs($1) }
      #expect(abs(currents.reduce(0, +)) <= 1e-12 * scale + 1e-14)
    }
  }

  @Test(arguments: DeviceSample.all) func jacobianIsTheDerivative(_ sample: DeviceSample) throws {
    let bench = try DeviceBench([sample])
    let n = bench.count
    let rateFactor = 3e2
    for seed in 1...4 as ClosedRange<UInt64> {
      let (x, rates) = point(bench, sample, seed)
      let exact = bench.linearise(x, rates: rates, rateFactor: rateFactor)
      for column in 1..<n {
        let step = 1e-6 * max(1e-3, abs(x[column]))
        func moved(_ sign: Double) -> DeviceBench.Result {
          var (y, slopes) = (x, rates)
          y[column] += sign * step
          slopes[column] += sign * step * rateFactor
          return bench.evaluate(y, rates: slopes)
        }
        let (up, down, here) = (moved(1), moved(-1), bench.evaluate(x, rates: rates))
        for row in 1..<n {
          let places = [
            (up.currents, down.currents, here.currents, exact.conductances),
            (up.charges, down.charges, here.charges, exact.capacitances),
          ]
          for (above, below, middle, matrix) in places {
            let slope = (above[row] - below[row]) / (2 * step)
            let rounding = 1e-15 * (abs(middle[row]) + abs(above[row])) / step * 8
            let tolerance = 2e-5 * (abs(slope) + abs(matrix[row * n + column])) + rounding
            #expect(
              abs(slope - matrix[row * n + column]) <= tolerance + 1e-13,
              "row \(row), column \(column), seed \(seed)")
          }
        }
      }
    }
  }

  @Test(arguments: DeviceSample.all.filter(\.isPassive))
  func powerIsDissipatedOrStored(_ sample: DeviceSample) throws {
    let bench = try DeviceBench([sample])
    let (bank, k) = try bench.place(of: 0)
    let terminals = bench.circuit.instances[0].terminals
    for seed in 1...5 as ClosedRange<UInt64> {
      var (x, rates) = point(bench, sample, seed)
      bench.satisfyOwnEquations(&x, &rates)
      let currents = try bench.terminalCurrents(of: 0, x, rates: rates)
      let power = zip(terminals, currents).reduce(0) { $0 + x[Int($1.0)] * $1.1 }
      let dissipated = bench.ask(x, rates: rates) { bank.dissipation(k, $0) }
      let step = 1e-5 / sample.rateSwing
      func energy(_ sign: Double) -> Double {
        let y = zip(x, rates).map { $0 + sign * step * $1 }
        return bench.ask(y, rates: rates) { bank.storedEnergy(k, $0) }
      }
      let stored = (energy(1) - energy(-1)) / (2 * step)
      let scale = abs(power) + abs(dissipated) + abs(stored)
      #expect(abs(power - dissipated - stored) <= 1e-5 * scale, "seed \(seed)")
      #expect(dissipated >= 0)
    }
  }

  @Test(arguments: DeviceSample.all) func banksOfSeveralEqualSingleOnes(
    _ sample: DeviceSample
  ) throws {
    guard sample.companions.isEmpty else { return }
    let single = try DeviceBench([sample])
    let several = try DeviceBench([sample, sample, sample])
    let (x, rates) = point(several, sample, 7)
    let all = several.evaluate(x, rates: rates)
    let own = (single.count - 1 - sample.terminalCount)
    for copy in 0..<3 {
      let first = 1 + copy * sample.terminalCount
      let after = 1 + 3 * sample.terminalCount + copy * own
      let places = [0] + Array(first..<first + sample.terminalCount) + Array(after..<after + own)
      let alone = single.evaluate(places.map { x[$0] }, rates: places.map { rates[$0] })
      for (place, row) in zip(places, 0..<single.count) where row > 0 {
        #expect(all.currents[place] == alone.currents[row])
        #expect(all.charges[place] == alone.charges[row])
      }
    }
  }

  @Test(arguments: DeviceSample.all) func multiplicityIsParallelDevices(
    _ sample: DeviceSample
  ) throws {
    let device = try #require(Catalogue.device(letter: sample.letter))
    let takesIt = device.instanceParameters.contains { $0.name == "m" }
    guard takesIt, sample.letter != "V" else { return }
    let single = try DeviceBench([sample])
    var triple = sample
    triple.parameters["m"] = .number(3 * (sample.parameters["m"]?.number ?? 1))
    let together = try DeviceBench([triple])
    var (x, rates) = point(single, sample, 3)
    single.satisfyOwnEquations(&x, &rates)
    // the conductance across junctions is no part of a device
    let moment = Moment(junctionConductance: 0)
    let one = try single.terminalCurrents(of: 0, x, rates: rates, moment)
    // own currents are those of all three
    for index in x.indices where single.isOwnCurrent(index) {
      x[index] *= 3
      rates[index] *= 3
    }
    let three = try together.terminalCurrents(of: 0, x, rates: rates, moment)
    let size = three.reduce(1e-300) { max($0, abs($1)) }
    for (a, b) in zip(one, three) { #expect(abs(3 * a - b) <= 1e-12 * size) }
    let residual = together.evaluate(x, rates: rates).currents
    let reference = single.evaluate(
      x.enumerated().map { single.isOwnCurrent($0) ? $1 / 3 : $1 },
      rates: rates.enumerated().map { single.isOwnCurrent($0) ? $1 / 3 : $1 }
    ).currents
    for row in (1 + sample.terminalCount)..<max(single.count, 1 + sample.terminalCount) {
      let scale = abs(reference[row]) + sample.swing
      #expect(abs(residual[row] - reference[row]) <= 1e-9 * scale)
    }
  }

  /// The charge that flows in over a closed cycle of the voltage flows out again.
  @Test(arguments: DeviceSample.all.filter { $0.letter == "C" })
  func chargeReturns(_ sample: DeviceSample) throws {
    let bench = try DeviceBench([sample])
    let count = 256
    var (sum, size) = (0.0, 0.0)
    for step in 0..<count {
      let phase = 2 * Double.pi * Double(step) / Double(count)
      let v = [0, 0.3 + 1.5 * sine(phase), -0.2 * cosine(2 * phase)]
      let slope = [0, 1.5 * cosine(phase), 0.4 * sine(2 * phase)]
      let current = try bench.terminalCurrents(of: 0, v, rates: slope)[0]
      sum += current
      size += abs(current)
    }
    #expect(abs(sum) <= 1e-12 * size)
  }
}

extension DeviceBench {
  var hasInnerCharge: Bool { layout.hasCharge[circuit.nodeNames.count...].contains(true) }

  /// Whether an unknown is the current of the circuit's first instance.
  func isOwnCurrent(_ index: Int) -> Bool {
    guard layout.unknowns[index].instance == 0 else { return false }
    return switch layout.unknowns[index].kind {
    case .current, .inductorCurrent: true
    default: false
    }
  }

  /// Changes own unknowns, or the rates of those that have a rate, until the devices' own rows
  /// hold.
  func satisfyOwnEquations(_ x: inout [Double], _ rates: inout [Double]) {
    let own = Array(circuit.nodeNames.count..<count)
    guard !own.isEmpty else { return }
    for _ in 0..<100 {
      let still = linearise(x, rates: rates, rateFactor: 0).conductances
      let moving = linearise(x, rates: rates, rateFactor: 1).conductances
      let isState = own.map { column in
        own.contains { moving[$0 * count + column] != still[$0 * count + column] }
      }
      let residual = evaluate(x, rates: rates).currents
      var matrix = own.map { row in
        own.enumerated().map { place, column in
          isState[place]
            ? moving[row * count + column] - still[row * count + column]
            : still[row * count + column]
        } + [-residual[row]]
      }
      let change = Self.eliminate(&matrix)
      for (place, unknown) in own.enumerated() {
        if isState[place] { rates[unknown] += change[place] } else { x[unknown] += change[place] }
      }
    }
  }

  /// Gaussian elimination with row exchange on an augmented matrix.
  private static func eliminate(_ a: inout [[Double]]) -> [Double] {
    let n = a.count
    for k in 0..<n {
      let pivot = (k..<n).max { abs(a[$0][k]) < abs(a[$1][k]) } ?? k
      a.swapAt(k, pivot)
      guard a[k][k] != 0 else { continue }
      for row in 0..<n where row != k {
        let factor = a[row][k] / a[k][k]
        for column in k...n { a[row][column] -= factor * a[k][column] }
      }
    }
    return (0..<n).map { a[$0][$0] == 0 ? 0 : a[$0][n] / a[$0][$0] }
  }
}
