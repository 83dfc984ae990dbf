import Sweep
import Synchronization

/// The progress line of a campaign: trials written, with the success rate of the point that was
/// worked on last.
final class SweepProgress: Sendable {
  private struct State {
    var done: Int
    var planned: Int
    /// When the store was last asked.
    var counted: ContinuousClock.Instant?
    /// Trials and successes by point; of this run.
    var points: [Int: (trials: Int, successes: Int)] = [:]
  }

  private let store: CampaignStore
  private let progress: Progress
  private let state: Mutex<State>

  init(_ store: CampaignStore, _ context: RunContext) throws {
    self.store = store
    let tally = try store.tally()
    progress = Progress(
      label: "sweep", unit: "trials", style: Progress.style(quiet: context.printer.quiet),
      earlier: Double(tally.done))
    state = Mutex(State(done: tally.done, planned: tally.planned))
  }

  func add(_ unit: CampaignUnit, _ rows: [TrialRecord]) {
    let now = ContinuousClock.now
    let isDue = state.withLock { state in
      state.done += rows.count
      var point = state.points[unit.point] ?? (0, 0)
      point.trials += rows.count
      point.successes += rows.count { $0.success == true }
      state.points[unit.point] = point
      // counting takes longer the longer the campaign
      guard state.counted.map({ now - $0 >= .seconds(1) }) ?? true else { return false }
      state.counted = now
      return true
    }
    // what is planned grows while a campaign refines, and others work on it, too
    let tally = isDue ? try? store.tally() : nil
    let (done, planned, point) = state.withLock { state in
      if let tally { (state.done, state.planned) = tally }
      return (state.done, state.planned, state.points[unit.point] ?? (1, 0))
    }
    let values = zip(store.campaign.axes, (try? store.values(of: unit.point)) ?? []).map {
      "\($0.name)=\($0.text($1))"
    }
    let rate = Quantity.percent(Double(point.successes) / Double(point.trials), digits: 3)
    progress.update(
      Double(done), of: Double(planned),
      figures: "success \(rate) at \(values.joined(separator: " "))")
  }

  func finish() { progress.finish() }
}
