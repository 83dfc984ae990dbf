import Numerics

/// The instances of one set of local equations: constants, unknowns and matrix places, each an
/// array over the instances; and the loops over them.
///
/// The arrays are memory of its own: a loop over them counts no references, which in circuits of a
/// few devices would cost as much as the equations.
final class LocalStore<Equations: LocalEquations> {
  /// Indices into `Circuit.instances`.
  private(set) var instances: [Int32] = []
  /// Each instance's constants.
  private(set) var equations = UnsafeMutableBufferPointer<Equations>(start: nil, count: 0)
  /// `Equations.unknownCount` an instance.
  private var unknowns = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
  /// `unknownCount` squared an instance, row-major; uncoupled entries are not read.
  private var slots = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
  private var firstEntry = 0
  private var capacity = 0

  deinit {
    equations.deinitialize()
    equations.deallocate()
    unknowns.deallocate()
    slots.deallocate()
  }

  /// - Parameter unknowns: terminals first; an own node that a zero resistance joins to a terminal
  ///   repeats the terminal's.
  func append(instance: Int32, unknowns new: [Int32], _ equations: Equations) {
    let n = Equations.unknownCount
    precondition(new.count == n, "as many as the equations have")
    precondition(Equations.Partials.scalarCount >= n, "a lane an unknown")
    let count = instances.count
    if count == capacity { grow(to: max(4, 2 * capacity)) }
    (self.equations.baseAddress.unsafelyUnwrapped + count).initialize(to: equations)
    self.equations = UnsafeMutableBufferPointer(
      start: self.equations.baseAddress, count: count + 1)
    (unknowns + n * count).initialize(from: new, count: n)
    instances.append(instance)
  }

  private func grow(to capacity: Int) {
    let (count, n) = (instances.count, Equations.unknownCount)
    let larger = UnsafeMutablePointer<Equations>.allocate(capacity: capacity)
    if let old = equations.baseAddress { larger.moveInitialize(from: old, count: count) }
    equations.deallocate()
    equations = UnsafeMutableBufferPointer(start: larger, count: count)
    let more = UnsafeMutablePointer<Int32>.allocate(capacity: n * capacity)
    more.initialize(from: unknowns, count: n * count)
    unknowns.deallocate()
    unknowns = more
    self.capacity = capacity
  }

  /// Names an unknown that was not yet known at `append`: a controlling current. Before the entries
  /// are declared.
  func setUnknown(_ local: Int, of k: Int, to unknown: Int32) {
    unknowns[k * Equations.unknownCount + local] = unknown
  }

  /// The unknowns of instance `k`, `Equations.unknownCount` of them.
  @inline(__always)
  func unknowns(of k: Int) -> UnsafeBufferPointer<Int32> {
    let n = Equations.unknownCount
    return UnsafeBufferPointer(start: unknowns + k * n, count: n)
  }

  /// The unknown that is local number `index` of instance `k`.
  func unknown(_ index: Int, of k: Int) -> Int32 { unknowns[k * Equations.unknownCount + index] }

  func declareEntries(_ layout: EquationLayout) {
    let n = Equations.unknownCount
    firstEntry = layout.entryCount
    for k in equations.indices {
      for row in 0..<n {
        if Equations.hasCharges { layout.declareCharge(row: unknowns[k * n + row]) }
        for column in 0..<n where Equations.couples(row, column) {
          layout.declare(row: unknowns[k * n + row], column: unknowns[k * n + column])
        }
      }
    }
  }

  func bind(_ all: [Int32]) {
    let n = Equations.unknownCount
    slots.deallocate()
    slots = .allocate(capacity: n * n * equations.count)
    slots.initialize(repeating: 0, count: n * n * equations.count)
    var next = firstEntry
    for k in equations.indices {
      for row in 0..<n {
        for column in 0..<n where Equations.couples(row, column) {
          slots[(k * n + row) * n + column] = all[next]
          next += 1
        }
      }
    }
  }

  @inline(__always)
  func evaluate(_ evaluation: Evaluation) {
    let n = Equations.unknownCount
    let (values, rates) = (evaluation.values, evaluation.rates)
    let (currents, charges) = (evaluation.currents, evaluation.charges)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 4 * n) { scratch in
      let x = scratch.baseAddress.unsafelyUnwrapped
      let frame = LocalFrame<Double>(
        values: x, rates: x + n, currents: x + 2 * n, charges: x + 3 * n,
        moment: evaluation.moment)
      let (equations, unknowns) = (equations, unknowns)
      for k in 0..<equations.count {
        let place = unknowns + n * k
        for i in 0..<n {
          x[i] = values[Int(place[i])]
          x[n + i] = rates[Int(place[i])]
          x[2 * n + i] = 0
          if Equations.hasCharges { x[3 * n + i] = 0 }
        }
        equations[k].evaluate(frame)
        for i in 0..<n {
          currents[Int(place[i])] += x[2 * n + i]
          if Equations.hasCharges { charges[Int(place[i])] += x[3 * n + i] }
        }
      }
    }
  }

  @inline(__always)
  func linearise(_ evaluation: Evaluation) {
    let n = Equations.unknownCount
    let (conductances, capacitances) = (evaluation.conductances, evaluation.capacitances)
    withUnsafeTemporaryAllocation(of: Dual<Equations.Partials>.self, capacity: 4 * n) { scratch in
      let x = scratch.baseAddress.unsafelyUnwrapped
      for k in 0..<equations.count {
        linearise(k, evaluation, x)
        let place = slots + n * n * k
        for row in 0..<n {
          for column in 0..<n where Equations.couples(row, column) {
            let slot = Int(place[row * n + column])
            conductances[slot] += x[2 * n + row].partials[column]
            if Equations.hasCharges { capacitances[slot] += x[3 * n + row].partials[column] }
          }
        }
      }
    }
  }

  /// Leaves the equations of instance `k` with their derivatives in `x[2n...]` and `x[3n...]`.
  @inline(__always)
  private func linearise(
    _ k: Int, _ evaluation: Evaluation, _ x: UnsafeMutablePointer<Dual<Equations.Partials>>
  ) {
    typealias Scalar = Dual<Equations.Partials>
    let n = Equations.unknownCount
    let place = unknowns + n * k
    for i in 0..<n {
      x[i] = Scalar(evaluation.values[Int(place[i])], variable: i)
      x[n + i] = Scalar(evaluation.rates[Int(place[i])])
      x[n + i].partials[i] = evaluation.rateFactor
      x[2 * n + i] = Scalar(0)
      x[3 * n + i] = Scalar(0)
    }
    let frame = LocalFrame<Scalar>(
      values: x, rates: x + n, currents: x + 2 * n, charges: x + 3 * n, moment: evaluation.moment)
    equations[k].evaluate(frame)
  }
}

extension LocalStore {
  /// Writes `Equations.noiseCount` sources an instance.
  @inline(__always)
  func noise(_ evaluation: Evaluation, into sources: UnsafeMutablePointer<NoiseSource>) {
    let n = Equations.unknownCount
    if Equations.noiseCount == 0 { return }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 4 * n) { scratch in
      scratch.initialize(repeating: 0)
      let x = scratch.baseAddress.unsafelyUnwrapped
      let frame = LocalFrame<Double>(
        values: x, rates: x + n, currents: x + 2 * n, charges: x + 3 * n,
        moment: evaluation.moment)
      for k in 0..<equations.count {
        let place = unknowns + n * k
        for i in 0..<n {
          x[i] = evaluation.values[Int(place[i])]
          x[n + i] = evaluation.rates[Int(place[i])]
        }
        var list = NoiseList(sources + Equations.noiseCount * k, place, instance: instances[k])
        equations[k].noise(frame, into: &list)
      }
    }
  }
}

/// Questions about one instance; not in the inner loop.
extension LocalStore {
  /// Runs `body` on a frame of instance `k`, its equations evaluated.
  func withFrame<Result>(
    _ k: Int, _ evaluation: Evaluation,
    _ body: (Equations, LocalFrame<Double>) -> Result
  ) -> Result {
    let n = Equations.unknownCount
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 4 * n) { scratch in
      scratch.initialize(repeating: 0)
      let x = scratch.baseAddress.unsafelyUnwrapped
      for (i, unknown) in unknowns(of: k).enumerated() {
        x[i] = evaluation.values[Int(unknown)]
        x[n + i] = evaluation.rates[Int(unknown)]
      }
      let frame = LocalFrame<Double>(
        values: x, rates: x + n, currents: x + 2 * n, charges: x + 3 * n,
        moment: evaluation.moment)
      return body(equations[k], frame)
    }
  }

  /// The equations that make up the current of a terminal: its own, and those of own nodes that a
  /// zero resistance joins to it.
  private func rows(of terminal: Int, _ k: Int) -> [Int] {
    let own = Array(unknowns(of: k))
    return [terminal]
      + (min(Equations.terminalCount, Equations.unknownCount)..<Equations.unknownCount).filter {
        Equations.terminal(behind: $0) == terminal && own[$0] == own[terminal]
      }
  }

  /// f + dq/dt at the terminals; the charge's rate is its derivative in the direction of x'.
  func terminalCurrents(
    _ k: Int, _ evaluation: Evaluation, into currents: UnsafeMutablePointer<Double>
  ) {
    typealias Scalar = Dual<SIMD2<Double>>
    let n = Equations.unknownCount
    let terminals = Equations.terminalCount
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 4 * n) { scratch in
      scratch.initialize(repeating: Scalar(0))
      let x = scratch.baseAddress.unsafelyUnwrapped
      let own = unknowns(of: k)
      for i in 0..<n {
        let unknown = Int(own[i])
        let rate = evaluation.rates[unknown]
        x[i] = Scalar(evaluation.values[unknown], partials: SIMD2(rate, 0))
        x[n + i] = Scalar(rate)
      }
      equations[k].evaluate(
        LocalFrame<Scalar>(
          values: x, rates: x + n, currents: x + 2 * n, charges: x + 3 * n,
          moment: evaluation.moment))
      func current(_ row: Int) -> Double { x[2 * n + row].value + x[3 * n + row].partials[0] }
      for i in 0..<terminals { currents[i] = current(i) }
      // own nodes that a zero resistance joins to a terminal: as `rows`, without a list
      for i in min(terminals, n)..<n {
        guard let terminal = Equations.terminal(behind: i), terminal < terminals,
          own[i] == own[terminal]
        else { continue }
        currents[terminal] += current(i)
      }
    }
  }

  func terminalAdmittance(
    _ k: Int, _ terminal: Int, _ evaluation: Evaluation
  ) -> [AdmittanceTerm] {
    let n = Equations.unknownCount
    var still = evaluation
    still.rateFactor = 0
    var moving = evaluation
    moving.rateFactor = Evaluation.probingRate
    let zero = Dual<Equations.Partials>(0)
    var scratch = [[Dual<Equations.Partials>]](
      repeating: Array(repeating: zero, count: 4 * n), count: 2)
    scratch[0].withUnsafeMutableBufferPointer { linearise(k, still, $0.baseAddress!) }
    scratch[1].withUnsafeMutableBufferPointer { linearise(k, moving, $0.baseAddress!) }
    let rows = rows(of: terminal, k)
    return unknowns(of: k).enumerated().map { column, unknown in
      let conductance = rows.reduce(0) { $0 + scratch[0][2 * n + $1].partials[column] }
      let both = rows.reduce(0) { $0 + scratch[1][2 * n + $1].partials[column] }
      let charge = rows.reduce(0) { $0 + scratch[0][3 * n + $1].partials[column] }
      return AdmittanceTerm(
        unknown: unknown, conductance: conductance,
        capacitance: (both - conductance) / Evaluation.probingRate + charge)
    }
  }
}
