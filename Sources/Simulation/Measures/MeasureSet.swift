public import Schematic

/// All measures of one analysis, evaluated as its points go by; no point is kept.
///
/// The caller evaluates `expressions` at each point (real; over ac analysis what vm, vp, vdb, vr
/// and vi make of the complex quantities) and hands their values to `record`. A set is a value:
/// copy an unused one for each step of `.step`.
public struct MeasureSet {
  /// What is to be evaluated at each point, in the order in which `record` takes the values.
  public let expressions: [Expression]
  /// The cards of the analysis, as they were given; results come in this order.
  public let cards: [MeasureCard]

  private var evaluators: [(any MeasureEvaluator)?]
  private var combinations: [Int: MeasureCombination]
  /// The last point within the window of a combination that has one.
  private var lastWithin: [Int: (values: [Double], x: Double?)] = [:]
  private let windows: [(index: Int, window: ClosedRange<Double>)]
  private var x: Double?
  /// The next point begins a stretch of its own.
  private var isInterrupted = false
  private var before: [Double]
  private var after: [Double]

  /// - Parameter cards: those of other analyses are left out.
  /// - Throws: `Fault` "unknown-measure" for a
  ///   statistic without a meaning here, "measure-cycle" for measures that wait for each other, and
  ///   the faults of the files that `error` names.
  public init(_ cards: [MeasureCard], analysis: AnalysisKind) throws(Fault) {
    self.cards = cards.filter { $0.analysis == analysis }
    var builder = MeasureBuilder(analysis: analysis)
    evaluators = []
    combinations = [:]
    for (index, card) in self.cards.enumerated() {
      if case .expression(let expression) = card.kind {
        evaluators.append(nil)
        combinations[index] = builder.combination(expression)
      } else {
        evaluators.append(try builder.evaluator(of: card))
      }
    }
    windows = combinations.keys.sorted().filter { [cards = self.cards] in !cards[$0].isUnlimited }
      .map { [cards = self.cards] in ($0, cards[$0].window) }
    expressions = builder.expressions
    before = [Double](repeating: 0, count: expressions.count)
    after = before
    _ = try order()
  }

  /// Takes the next point.
  ///
  /// - Parameters:
  ///   - abscissa: seconds, hertz or the swept value; sweeps may fall.
  ///   - values: of `expressions`, as many.
  ///   - dense: the solver's own interpolation since the point before. Then the step is also looked
  ///     at in between (at three places), and crossings, ends of windows and slopes are as accurate
  ///     as the solver; without it points are joined by straight lines.
  public mutating func record(
    abscissa: Double, values: Span<Double>, dense: DenseOutput? = nil
  ) {
    precondition(values.count == expressions.count, "a value an expression")
    for index in 0..<values.count { after[index] = values[index] }
    for (index, window) in windows where window.contains(abscissa) {
      lastWithin[index] = (after, abscissa)
    }
    guard let start = x, !isInterrupted else {
      x = abscissa
      isInterrupted = false
      for index in evaluators.indices { evaluators[index]?.begin(at: abscissa, values: after) }
      swap(&before, &after)
      return
    }
    guard let dense, abscissa != start else {
      step(from: start, to: abscissa, dense: nil)
      return
    }
    let last = after
    let pieces = 4
    var from = start
    for piece in 1..<pieces {
      let to = start + (abscissa - start) * Double(piece) / Double(pieces)
      for index in after.indices { after[index] = dense(index, to) }
      step(from: from, to: to, dense: dense)
      from = to
    }
    for index in after.indices { after[index] = last[index] }
    step(from: from, to: abscissa, dense: dense)
  }

  private mutating func step(from start: Double, to end: Double, dense: DenseOutput?) {
    before.withUnsafeBufferPointer { before in
      after.withUnsafeBufferPointer { after in
        // a set of param= measures has no values and no evaluator that reads them
        guard let before = before.baseAddress, let after = after.baseAddress else { return }
        let step = MeasureStep(
          start: start, end: end, before: before, after: after, dense: dense)
        for index in evaluators.indices { evaluators[index]?.advance(step) }
      }
    }
    swap(&before, &after)
    x = end
  }

  /// The next point does not follow on from the one before: the next inner sweep of a nested one.
  public mutating func interrupt() { isInterrupted = true }

  /// The results, in the order of `cards`. The set may go on recording.
  /// - Parameters:
  ///   - others: results of other analyses that `param=` measures name, by name.
  ///   - temperature: Celsius, for `temp` in `param=` expressions.
  public func finish(
    others: [String: Double] = [:], temperature: Double = 27
  ) -> [MeasureResult] {
    var outcomes = evaluators.map { $0?.needs.isEmpty == true ? $0?.finish() : nil }
    var known = others
    func publish(_ index: Int) {
      known[cards[index].name] = cards[index].fallback
      if case .found(let value, _, _, _, _) = outcomes[index], value.isFinite {
        known[cards[index].name] = value
      }
    }
    for index in evaluators.indices where evaluators[index]?.needs.isEmpty == true {
      publish(index)
    }
    // the initialiser has refused cycles
    for index in (try? order()) ?? [] {
      if let evaluator = evaluators[index] {
        outcomes[index] = evaluator.finish(knowing: known)
        publish(index)
        continue
      }
      let place = cards[index].isUnlimited ? (values: before, x: x) : lastWithin[index]
      guard let place else {
        outcomes[index] = .failed("no point of the result lies within the window")
        publish(index)
        continue
      }
      outcomes[index] = combinations[index]?.evaluate(
        measures: known, quantities: place.values, abscissa: place.x, temperature: temperature)
      publish(index)
    }
    return zip(cards, outcomes).map { Self.result(of: $0, $1 ?? .failed("nothing was recorded")) }
  }

  private static func result(of card: MeasureCard, _ outcome: MeasureOutcome) -> MeasureResult {
    switch outcome {
    case .found(let value, let abscissa, let details, let occurrences, let harmonics):
      guard value.isFinite else {
        return MeasureResult(
          name: card.name, value: card.fallback, failure: "the value is not a finite number",
          abscissa: abscissa, details: details)
      }
      return MeasureResult(
        name: card.name, value: value, abscissa: abscissa, details: details,
        occurrences: occurrences, harmonics: harmonics)
    case .failed(let reason):
      return MeasureResult(name: card.name, value: card.fallback, failure: reason)
    }
  }

  /// The names of the measures that measure `index` waits for; nil where it waits for none.
  private func needs(_ index: Int) -> [String]? {
    if let combination = combinations[index] { return combination.measures }
    let needs = evaluators[index]?.needs ?? []
    return needs.isEmpty ? nil : needs
  }

  /// The measures that are made of others, each behind those it names.
  private func order() throws(Fault) -> [Int] {
    var waiting = cards.indices.filter { needs($0) != nil }
    let names = Dictionary(
      waiting.map { (cards[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    var done: [Int] = []
    while !waiting.isEmpty {
      let ready = waiting.filter { index in
        needs(index)!.allSatisfy { name in names[name].map { done.contains($0) } ?? true }
      }
      guard !ready.isEmpty else {
        let card = cards[waiting[0]]
        throw Fault(
          "measure-cycle",
          "the measure '\(card.name)' waits for itself, directly or through others",
          at: card.origin)
      }
      done += ready
      waiting.removeAll { ready.contains($0) }
    }
    return done
  }
}
