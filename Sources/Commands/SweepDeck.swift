import Devices
import Experiments
import Foundation
import Netlist
import Schematic
import Sweep

/// A deck as a campaign reads it: once for what the campaign is, then for every point and sample,
/// from the same text.
struct SweepDeck {
  let campaign: CampaignRecord
  let elaborate: TrialBench.Elaborate

  var bench: TrialBench {
    TrialBench(axes: campaign.axes, seed: campaign.seed, elaborate: elaborate)
  }

  /// Where axes of the command line stand in messages.
  static let axisSource = "--axis"

  /// - Parameter stored: the campaign that is resumed; gives what the command line leaves open.
  /// - Throws: `UsageError`, `Fault` and `Faults`, as a recall of the deck.
  init(
    _ context: RunContext, _ options: SweepOptions, going stored: CampaignRecord?
  ) throws {
    let path = context.argument
    try InputFile.check(path, what: "deck")
    let given = context.invocation.parameters
    let settings =
      given.isEmpty
      ? stored?.settings ?? []
      : given.map { CampaignRecord.Setting(name: $0.name, value: $0.value) }
        .sorted { $0.name < $1.name }
    let overrides = settings.map { (name: $0.name, value: $0.value) }
    let seed = context.seed.map(UInt64.init) ?? stored?.seed
    let reading = DeckReader.read(
      path: path, overrides: overrides, seed: seed,
      cards: options.axes.map { (text: Self.card($0), name: Self.axisSource) },
      devices: Catalogue.all)
    context.faultRenderer = DeckFaultRenderer(sources: reading.sources)
    for warning in reading.faults where warning.severity == .warning {
      context.printer.complain(context.faultRenderer.text(warning))
    }
    guard let circuit = reading.circuit else {
      throw Faults(reading.faults.filter { $0.severity == .error })
    }
    let swept = try SweepAxes(circuit) { origin in
      options.axes.isEmpty || reading.sources.file(origin)?.path == Self.axisSource
    }
    var axes =
      options.axes.isEmpty ? stored?.axes ?? swept.axes.map(\.axis) : swept.axes.map(\.axis)
    for axis in axes where settings.contains(where: { $0.name == axis.name }) {
      throw UsageError("'\(axis.name)' is an axis of the campaign and set by -p")
    }
    var text = DeckText(path: path, overrides: overrides, seed: seed, texts: reading.texts)
    let plan = try RecallPlan(
      circuit, seed: seed,
      maker: MemoryDeck(circuit, text) { context.faultRenderer = $0 }?.make)
    let blind = swept.faults(plan)
    guard blind.isEmpty else { throw Faults(blind) }
    text.seed = plan.seed
    let elaborate = Self.elaboration(text, SweepTargets(axes, circuit), plan.fidelity)
    self.elaborate = elaborate
    if stored == nil { axes = AxisUnits(axes, elaborate, plan).named }
    for warning in plan.warnings { context.printer.complain(context.faultRenderer.text(warning)) }
    // trials with networks of their own gain nothing by running together
    let isDrawn = circuit.dependsOnSample || plan.drawsSynapses
    campaign = CampaignRecord(
      title: plan.title, deckPath: path, program: "oscine \(Version.number)",
      command: (["oscine", "sweep"] + CommandLine.arguments.dropFirst(2)).joined(separator: " "),
      fidelity: plan.fidelity.rawValue, seed: plan.seed,
      plan: try options.plan(
        stored: stored?.plan, axes: axes, trials: swept.trials ?? plan.trialCount,
        batch: isDrawn ? min(8, plan.batchSize) : plan.batchSize),
      axes: axes, sources: try SweepSources.all(reading, circuit), settings: settings,
      standIns: plan.standIns, targetError: plan.targetError, stopTime: plan.stopTime,
      thermal: plan.thermal, share: options.share ?? stored?.share)
  }

  /// `spread=log(1e-5, 1e-1, 13)` as the card that says the same.
  private static func card(_ axis: String) -> String {
    let parts = axis.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return ".sweep \(parts[0]) \(parts.dropFirst().joined())"
  }

  /// Reads the deck for a point and a sample.
  ///
  /// - Parameter fidelity: what is inside the cells is read where it is `circuit`.
  static func elaboration(
    _ text: DeckText, _ targets: SweepTargets, _ fidelity: NetworkFidelity
  ) -> TrialBench.Elaborate {
    { values, sample in
      var text = text
      text.sample = sample
      for (target, value) in targets.settings(values) {
        switch target {
        case .parameter(let name): text.overrides.append((name: name, value: "\(value)"))
        case .temperature: text.temperature = value
        case .instance, .model, .data: text.settings.append((target, value))
        }
      }
      // views stand for what is inside the cells; all of it is read where a card speaks of it
      if fidelity != .circuit, let circuit = text.read(cells: .nothing).circuit {
        return TrialDeck(circuit: circuit)
      }
      let reading = text.read()
      guard let circuit = reading.circuit else {
        throw Faults(reading.faults.filter { $0.severity == .error })
      }
      return TrialDeck(circuit: circuit, maker: MemoryDeck(circuit, text)?.make)
    }
  }
}
