/// Mean power and energy by term over the trials of a run.
public struct EnergyTable: Equatable, Sendable {
  public struct Row: Equatable, Sendable {
    public var term: String
    public var summary: String
    /// Watts: energy of all trials over their duration.
    public var meanPower: Double
    /// Joules a trial, mean.
    public var energy: Double
    /// Of the total energy; 0 where nothing was spent.
    public var share: Double
  }

  public var rows: [Row]
  /// Joules a trial, mean.
  public var energy: Double { rows.reduce(0) { $0 + $1.energy } }
  /// Watts.
  public var meanPower: Double { rows.reduce(0) { $0 + $1.meanPower } }
  /// Each once, in the order of the terms that read them.
  public var standIns: [StandIn]

  /// The table of trials with the same terms.
  /// - Parameter times: where each trial's account ends; nil for its last sample.
  public init(_ meters: [EnergyMeter], until times: [Double?]? = nil) {
    precondition(times.map { $0.count == meters.count } ?? true, "each trial has its end")
    let terms = meters.first?.terms ?? []
    var totals = [Double](repeating: 0, count: terms.count)
    var duration = 0.0
    for (trial, meter) in meters.enumerated() {
      let end = times.flatMap { $0[trial] }
      for (term, energy) in meter.energies(until: end).enumerated() { totals[term] += energy }
      let (first, last) = (meter.times.first ?? 0, meter.times.last ?? 0)
      duration += min(max(end ?? last, first), last) - first
    }
    let sum = totals.reduce(0, +)
    rows = terms.indices.map { term in
      Row(
        term: terms[term].name, summary: terms[term].summary,
        meanPower: duration > 0 ? totals[term] / duration : 0,
        energy: totals[term] / Double(max(meters.count, 1)),
        share: sum > 0 ? totals[term] / sum : 0)
    }
    var seen = Set<StandIn>()
    standIns = terms.flatMap(\.standIns).filter { seen.insert($0).inserted }
  }
}
