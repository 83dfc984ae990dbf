import Devices
import Energy
import Numerics
import Simulation

/// Follows a memory's transient analysis: the phase of each output's fundamental in window after
/// window of one reference period, and what is taken from the supply.
struct PhaseWatch: TransientObserver {
  /// Seconds: the windows' middles.
  private(set) var times: [Double] = []
  /// Window after window, radians against the reference.
  private(set) var phases: [Double] = []
  /// The windows' ends, and joules by term from the start to them.
  private(set) var ends: [Double] = []
  private(set) var energies: [Double] = []

  private let outputs: [Int]
  private let frequency: Double
  private var draw: SupplyDraw
  private let progress: (Double) -> Void
  private var sums: [Complex]
  private var before: [Double]
  private var totals: [Double]
  private var powersBefore: [Double]
  private var powers: [Double]
  private var window = 0

  /// - Parameter outputs: nodes, ground 0.
  init(
    _ outputs: [Int], frequency: Double, _ draw: SupplyDraw, progress: @escaping (Double) -> Void
  ) {
    self.outputs = outputs
    self.frequency = frequency
    self.draw = draw
    self.progress = progress
    sums = Array(repeating: .zero, count: outputs.count)
    before = Array(repeating: 0, count: outputs.count)
    totals = Array(repeating: 0, count: draw.termCount)
    powersBefore = totals
    powers = totals
  }

  var wantsSteps: Bool { true }
  mutating func output(_ point: SolutionPoint) {}

  mutating func step(
    from start: Double, to end: Double, point: (_ time: Double) -> SolutionPoint
  ) throws {
    guard end > start else {
      take(point(end).evaluation)
      powersBefore = powers
      return
    }
    var from = start
    while true {
      let edge = Double(window + 1) / frequency
      let to = min(end, edge)
      if to > from { advance(from, to, point(to).evaluation) }
      if to < edge { return }
      close(at: edge)
      from = edge
    }
  }

  private mutating func take(_ evaluation: Evaluation) {
    for (k, node) in outputs.enumerated() { before[k] = evaluation.values[node] }
    powers.withUnsafeMutableBufferPointer { draw.powers(evaluation, into: $0.baseAddress!) }
  }

  /// Trapezoids: the steps follow every edge of the waves.
  private mutating func advance(_ from: Double, _ to: Double, _ evaluation: Evaluation) {
    let half = 0.5 * (to - from)
    let angular = 2 * Double.pi * frequency
    let first = Complex(modulus: half, argument: -angular * from)
    let last = Complex(modulus: half, argument: -angular * to)
    for k in outputs.indices { sums[k] += before[k] * first }
    take(evaluation)
    for k in outputs.indices { sums[k] += before[k] * last }
    for term in totals.indices { totals[term] += half * (powersBefore[term] + powers[term]) }
    swap(&powersBefore, &powers)
  }

  private mutating func close(at time: Double) {
    times.append(time - 0.5 / frequency)
    phases += sums.map(\.argument)
    ends.append(time)
    energies += totals
    for k in sums.indices { sums[k] = .zero }
    window += 1
    progress(time)
  }

  /// Joules by term from the start to `time`, along straight lines between the windows' ends.
  func energies(until time: Double) -> [Double] {
    let count = totals.count
    guard let last = ends.last else { return totals }
    let place = min(time, last) * frequency
    let below = min(Int(place), ends.count - 1)
    let part = place - Double(below)
    return (0..<count).map { term in
      let low = below == 0 ? 0 : energies[(below - 1) * count + term]
      return low + part * (energies[below * count + term] - low)
    }
  }
}
