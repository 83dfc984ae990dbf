import Schematic

/// Turns cards into evaluators and collects the expressions they need, each once.
struct MeasureBuilder {
  let analysis: AnalysisKind
  private(set) var expressions: [Expression] = []
  private var places: [Expression: Int] = [:]

  init(analysis: AnalysisKind) { self.analysis = analysis }

  /// The place of an expression among all; two that differ only in where they stand are one.
  mutating func place(of expression: Expression) -> Int {
    var key = expression
    for index in key.origins.indices { key.origins[index] = .none }
    for index in key.probes.indices { key.probes[index].origin = .none }
    if let place = places[key] { return place }
    expressions.append(expression)
    places[key] = expressions.count - 1
    return expressions.count - 1
  }

  mutating func combination(_ expression: Expression) -> MeasureCombination {
    MeasureCombination(
      expression: expression,
      quantities: expression.probes.map { probe in
        guard probe.function != "measure" else { return nil }
        var single = Expression()
        single.append(probe: probe)
        return place(of: single)
      })
  }

  mutating func evaluator(of card: MeasureCard) throws(Fault) -> any MeasureEvaluator {
    if card.crossings.contains(where: { $0.fraction != nil || $0.level?.namesMeasures == true }) {
      return try DeferredMeasure(card, in: &self)
    }
    let window = card.window
    switch card.kind {
    case .between(let first, let second):
      return DistanceMeasure(
        trigger: place(first, card, window), target: place(second, card, window))
    case .when(let crossing):
      return PlaceMeasure(place: place(crossing, card, window), wantsPlace: true)
    case .find(let quantity, let crossing):
      let value = MeasurePlace.Quantity.value(place(of: quantity))
      return PlaceMeasure(place: place(crossing, card, window, value), wantsPlace: false)
    case .derivative(let quantity, let crossing):
      let slope = MeasurePlace.Quantity.slope(place(of: quantity))
      return PlaceMeasure(place: place(crossing, card, window, slope), wantsPlace: false)
    case .statistic(let statistic, let quantity):
      return try self.statistic(statistic.rawValue, of: quantity, card, window)
    case .error(let quantity, let file, let norm, let abscissa, let ordinate):
      guard let norm = ErrorMeasure.Norm(rawValue: norm) else {
        preconditionFailure("a norm that no card can have")
      }
      let inOrder = analysis == .dc || analysis == .op
      return ErrorMeasure(
        of: place(of: quantity), norm: norm,
        rows: try ColumnFile.read(file, inOrder ? ordinate : abscissa, ordinate, for: card.origin),
        window: inOrder ? nil : window)
    case .difference(let first, let second, let comparison):
      let least = card.least ?? 1e-15
      return DifferenceMeasure(
        place(of: first), place(of: second), comparison,
        magnitudes: least...max(least, card.greatest ?? 1e15), floor: card.resolution ?? 1e-12,
        window: window)
    case .harmonics(let quantity, let frequency, let count, let samples):
      return HarmonicMeasure(
        place(of: quantity), label: card.name, frequency: frequency, count: count,
        samples: samples, window: window)
    case .expression: preconditionFailure("expressions are combinations")
    }
  }

  /// By the name the deck uses, so that the card may learn new ones that are already told here.
  mutating func statistic(
    _ name: String, of quantity: Expression, _ card: MeasureCard, _ window: ClosedRange<Double>
  ) throws(Fault) -> any MeasureEvaluator {
    let value = place(of: quantity)
    if let form = StatisticMeasure.Form(rawValue: name) {
      let placed: [StatisticMeasure.Form: StatisticMeasure.Form] = [
        .min: .minimumPlace, .max: .maximumPlace,
      ]
      let wanted = card.givesPlace ? placed[form] ?? form : form
      return limited(StatisticMeasure(wanted, of: value, in: window), of: value, card)
    }
    guard let form = CycleMeasure.Form(rawValue: name) else {
      throw Fault("unknown-measure", "'\(name)' cannot be measured", at: card.origin)
    }
    let on = card.on ?? card.off ?? 0
    let off = card.off ?? on
    let cycles = CycleMeasure(
      form, of: value, on: on, off: off, resolution: card.resolution ?? 0, in: window)
    return limited(cycles, of: value, card)
  }

  private func limited<Inner: WindowedEvaluator>(
    _ inner: Inner, of value: Int, _ card: MeasureCard
  ) -> any MeasureEvaluator {
    guard let stretch = card.stretch else { return inner }
    if stretch.level == nil, stretch.edge != .cross {
      return SlopeMeasure(inner, of: value, rises: stretch.edge == .rise, count: stretch.count)
    }
    return StretchMeasure(inner, of: value, stretch, resolution: card.resolution ?? 0)
  }

  private mutating func place(
    _ crossing: MeasureCard.Crossing, _ card: MeasureCard, _ window: ClosedRange<Double>,
    _ quantity: MeasurePlace.Quantity = .nothing
  ) -> MeasurePlace {
    guard let value = crossing.value else {
      guard let at = crossing.at else { preconditionFailure("a place is a crossing or given") }
      return MeasurePlace(
        window.contains(at) ? .at(at) : .outside(at), quantity: quantity)
    }
    let level = crossing.level ?? Expression(number: 0)
    // a delay of 0 is none: frequencies and swept values may lie below 0
    let low = crossing.delay > 0 ? max(window.lowerBound, crossing.delay) : window.lowerBound
    let counter = CrossingCounter(
      value: place(of: value),
      level: level.constant.map { .constant($0) } ?? .expression(place(of: level)),
      edge: crossing.edge, count: crossing.count,
      window: low...max(low, window.upperBound), resolution: card.resolution ?? 0,
      keepsAll: card.isContinuous)
    return MeasurePlace(.crossing(counter), quantity: quantity)
  }
}

extension MeasureCard {
  /// `from=`, `to=` and a statistic's `td=`; beyond all points where `to` lies below.
  var window: ClosedRange<Double> {
    let low = max(from ?? -.infinity, delay ?? -.infinity)
    let high = to ?? .infinity
    return low <= high ? low...high : .infinity ... .infinity
  }

  /// Whether the window is all there is.
  var isUnlimited: Bool { from == nil && to == nil && delay == nil }

  var crossings: [Crossing] {
    switch kind {
    case .between(let first, let second): [first, second]
    case .when(let crossing), .find(_, let crossing), .derivative(_, let crossing): [crossing]
    default: []
    }
  }
}
