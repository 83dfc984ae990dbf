public import Experiments
public import Schematic
import Synchronization

/// A deck as it was read for one trial.
public struct TrialDeck {
  public var circuit: Circuit
  /// Makes the memory's circuit, where the fidelity is `circuit`.
  public var maker: MemoryCircuit.Maker?

  public init(circuit: Circuit, maker: MemoryCircuit.Maker? = nil) {
    self.circuit = circuit
    self.maker = maker
  }
}

/// Runs batches of trials: reads the deck for the point and for each sample, builds the networks,
/// integrates, and makes rows of the results. Any number of tasks share it.
public final class TrialBench: Sendable {
  /// Reads the deck with every axis set, and random functions drawn for a sample.
  public typealias Elaborate =
    @Sendable (_ settings: [(name: String, value: Double)], _ sample: Int) throws -> TrialDeck

  private let axes: [CampaignAxis]
  private let seed: UInt64
  private let elaborate: Elaborate
  private let inputs = RecallInputs()
  /// The plan of the point that was worked on last, where all its trials share one network.
  private let shared = Mutex<(point: Int, plan: RecallPlan)?>(nil)

  public init(axes: [CampaignAxis], seed: UInt64, elaborate: @escaping Elaborate) {
    self.axes = axes
    self.seed = seed
    self.elaborate = elaborate
  }

  /// Trials that fail become rows that say why.
  /// - Returns: the rows, by number; nil when told to stop before the end.
  public func run(
    _ unit: CampaignUnit, at values: [Double], shouldStop: @escaping @Sendable () -> Bool
  ) -> [TrialRecord]? {
    if let plan = shared.withLock({ $0?.point == unit.point ? $0?.plan : nil }) {
      return together(plan, unit, shouldStop)
    }
    let first = Outcome { try network(values, sample: unit.trials.lowerBound) }
    if case .success(let made) = first, !made.isDrawn {
      shared.withLock { $0 = (unit.point, made.plan) }
      return together(made.plan, unit, shouldStop)
    }
    var rows: [TrialRecord] = []
    for number in unit.trials {
      if shouldStop() { return nil }
      let made =
        number == unit.trials.lowerBound
        ? first : Outcome { try network(values, sample: number) }
      switch made {
      case .failure(let reason): rows.append(failed(unit.point, number, reason))
      case .success(let made):
        guard let row = alone(made.plan, unit.point, number, shouldStop) else { return nil }
        rows.append(row)
      }
    }
    return rows
  }

  /// Runs a trial again, with the batch that it ran with where they share a network, and keeps
  /// many states of it.
  ///
  /// - Returns: nil when told to stop before the end.
  /// - Throws: `Fault` and `Faults` of the deck; `IntegrationFailure`, `AnalysisFailure`.
  /// - Precondition: the trial is in the batch.
  public func film(
    of number: Int, in batch: Range<Int>, at values: [Double], frames: Int,
    shouldStop: @escaping @Sendable () -> Bool
  ) throws -> RecallFilm? {
    let first = try network(values, sample: batch.lowerBound)
    func alone(_ plan: RecallPlan) throws -> RecallFilm? {
      try plan.film(
        of: number, among: number..<(number + 1), frames: frames, shouldStop: shouldStop)
    }
    if first.isDrawn {
      return try alone(
        number == batch.lowerBound
          ? first.plan : try network(values, sample: number).plan)
    }
    do {
      return try first.plan.film(
        of: number, among: batch, frames: frames, shouldStop: shouldStop)
    } catch {
      // another trial of the batch failed: this one ran alone in the campaign, too
      return try alone(first.plan)
    }
  }

  private struct Network {
    var plan: RecallPlan
    /// Whether another sample gives another network.
    var isDrawn: Bool
  }

  private func network(_ values: [Double], sample: Int) throws -> Network {
    let deck = try elaborate(
      zip(axes, values).map { (name: $0.name, value: $1) }, sample)
    let plan = try RecallPlan(
      deck.circuit, seed: seed, sample: sample, inputs: inputs, maker: deck.maker)
    return Network(plan: plan, isDrawn: deck.circuit.dependsOnSample || plan.drawsSynapses)
  }

  /// All trials of a batch in one integration; each alone where that fails, so that one bad trial
  /// does not take the others with it.
  private func together(
    _ plan: RecallPlan, _ unit: CampaignUnit, _ shouldStop: @escaping @Sendable () -> Bool
  ) -> [TrialRecord]? {
    if unit.trials.count > 1,
      let trials = try? plan.run(trials: unit.trials, shouldStop: shouldStop)
    {
      return zip(unit.trials, trials).map { TrialRecord($1, unit.point, number: $0, plan) }
    }
    var rows: [TrialRecord] = []
    for number in unit.trials {
      guard !shouldStop(), let row = alone(plan, unit.point, number, shouldStop) else {
        return nil
      }
      rows.append(row)
    }
    return rows
  }

  private func alone(
    _ plan: RecallPlan, _ point: Int, _ number: Int, _ shouldStop: @escaping @Sendable () -> Bool
  ) -> TrialRecord? {
    do {
      let trials = try plan.run(trials: number..<(number + 1), shouldStop: shouldStop)
      return trials?.first.map { TrialRecord($0, point, number: number, plan) }
    } catch {
      return failed(point, number, Self.reason(error))
    }
  }

  private func failed(_ point: Int, _ number: Int, _ reason: String) -> TrialRecord {
    var row = TrialRecord(point: point, number: number)
    row.failure = reason
    return row
  }

  /// A value, or why there is none.
  private enum Outcome {
    case success(Network)
    case failure(String)

    init(_ make: () throws -> Network) {
      do { self = .success(try make()) } catch { self = .failure(TrialBench.reason(error)) }
    }
  }

  /// One line.
  static func reason(_ error: any Error) -> String {
    switch error {
    case let fault as Fault: "\(fault.identifier): \(fault.message)"
    case let faults as Faults:
      faults.list.map { "\($0.identifier): \($0.message)" }.joined(separator: "; ")
    default: "\(error)".split(whereSeparator: \.isNewline).joined(separator: "; ")
    }
  }
}

extension TrialRecord {
  init(_ trial: RecallTrial, _ point: Int, number: Int, _ plan: RecallPlan) {
    self.init(point: point, number: number)
    image = plan.image(ofTrial: number)
    success = plan.targetError == nil ? nil : trial.success
    errorInitial = trial.errorInitial
    errorFinal = trial.errorFinal
    timeToTarget = trial.timeToTarget
    overlap = trial.overlaps[trial.pattern]
    overlapOther = trial.overlaps.enumerated().filter { $0.offset != trial.pattern }
      .map(\.element).max()
    orderParameter = trial.orderParameter
    let figures = plan.figures
    relaxationRate = figures.relaxationRate
    frequencySpread = figures.frequencySpread
    phaseDiffusion = figures.phaseDiffusion
    energies = plan.energyTerms.enumerated().map { index, term in
      Energy(
        term: term, whole: trial.energy[index], toTarget: trial.energyToTarget?[index])
    }
    if !trial.errorFinal.isFinite { failure = "the final error is no finite number" }
  }
}
