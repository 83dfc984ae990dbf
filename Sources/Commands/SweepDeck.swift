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
    let axes = options.axes.isEmpty ? stored?.axes ?? swept.axes : swept.axes
    for axis in axes where settings.contains(where: { $0.name == axis.name }) {
      throw UsageError("'\(axis.name)' is an axis of the campaign and set by -p")
    }
    if case .text(let fidelity)? = circuit.options["fidelity"]?.value,
      fidelity.lowercased() == NetworkFidelity.circuit.rawValue
    {
      throw Fault(
        "not-simulated", "campaigns run at envelope or phase fidelity",
        at: circuit.options["fidelity"]?.origin ?? .none,
        help: "fidelity=envelope; oscine compare tells how far it agrees with the circuit")
    }
    let plan = try RecallPlan(circuit, seed: seed)
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
      standIns: plan.standIns.map {
        .init(name: $0.name, value: $0.value, unit: $0.unit, source: $0.source)
      }, targetError: plan.targetError, stopTime: plan.stopTime,
      thermal: plan.thermal, share: options.share ?? stored?.share)
    elaborate = Self.elaboration(path, overrides, plan.seed, reading.texts)
  }

  /// `spread=log(1e-5, 1e-1, 13)` as the card that says the same.
  private static func card(_ axis: String) -> String {
    let parts = axis.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return ".sweep \(parts[0]) \(parts.dropFirst().joined())"
  }

  /// Reads the deck at `path`, its texts as they were first read, for a point and a sample.
  static func elaboration(
    _ path: String, _ overrides: [(name: String, value: String)], _ seed: UInt64,
    _ texts: [String: [UInt8]]
  ) -> TrialBench.Elaborate {
    { settings, sample in
      var values = overrides
      var temperature: Double?
      for setting in settings {
        if setting.name == CampaignAxis.temperature {
          temperature = setting.value
        } else {
          values.append((name: setting.name, value: "\(setting.value)"))
        }
      }
      func read(_ cells: CellDepth) -> DeckReader.Reading {
        DeckReader.read(
          path: path, overrides: values, seed: seed, sample: sample, temperature: temperature,
          texts: texts, cells: cells, devices: Catalogue.all)
      }
      // views stand for what is inside the cells; all of it is read where a card speaks of it
      if let circuit = read(.nothing).circuit { return circuit }
      let reading = read(.everything)
      guard let circuit = reading.circuit else {
        throw Faults(reading.faults.filter { $0.severity == .error })
      }
      return circuit
    }
  }
}

/// The axes that a deck's cards ask for.
struct SweepAxes {
  var axes: [CampaignAxis] = []
  var trials: Int?

  /// - Parameter counts: whether the card at a place counts.
  /// - Throws: `Faults` for axes that a campaign cannot vary, or varies already.
  init(_ circuit: Circuit, _ counts: (Origin) -> Bool) throws(Faults) {
    var faults: [Fault] = []
    func add(_ axis: CampaignAxis, _ origin: Origin) {
      if axes.contains(where: { $0.name == axis.name }) {
        faults.append(Fault("given-twice", "'\(axis.name)' is swept twice", at: origin))
      }
      axes.append(axis)
    }
    for case .sweep(let card) in circuit.cards {
      trials = trials ?? card.trials
      guard counts(card.origin) else { continue }
      for axis in card.axes {
        add(
          CampaignAxis(name: axis.parameter, spacing: axis.spacing, values: axis.values),
          axis.origin)
      }
    }
    for case .step(let card) in circuit.cards where counts(card.origin) {
      for axis in card.axes {
        switch axis.target {
        case .parameter(let name):
          add(
            CampaignAxis(name: name, spacing: axis.spacing, values: axis.points.values),
            axis.origin)
        case .temperature:
          add(
            CampaignAxis(
              name: CampaignAxis.temperature, unit: "degC", spacing: axis.spacing,
              values: axis.points.values), axis.origin)
        case .instance, .model, .data:
          faults.append(
            Fault(
              "not-simulated", "a campaign varies parameters and the temperature",
              at: axis.origin, help: "give the value a .param, and sweep that"))
        }
      }
    }
    if !faults.isEmpty { throw Faults(faults) }
  }
}

extension SweepAxis {
  /// What lies between two of its values.
  fileprivate var spacing: SweepCard.Spacing {
    switch points {
    case .linear: .linear
    case .decade, .octave: .logarithmic
    case .list, .rows: .list
    }
  }
}
