import Schematic

/// A measure with a level relative to a maximum (`frac_max=`) or made of other measures, which is
/// known only at the end: the one kind that keeps its points, those of its own quantities. They are
/// then joined by straight lines.
struct DeferredMeasure: MeasureEvaluator {
  private let card: MeasureCard
  private let analysis: AnalysisKind
  /// The card's own expressions among those of the set.
  private let places: [Int]
  private var points: [Double] = []
  /// Point by point, one value a place.
  private var values: [Double] = []
  /// Points that begin a stretch.
  private var beginnings: [Int] = []

  init(_ card: MeasureCard, in builder: inout MeasureBuilder) throws(Fault) {
    self.card = card
    analysis = builder.analysis
    var own = MeasureBuilder(analysis: builder.analysis)
    _ = try own.evaluator(of: Self.resolved(card, [:]) { _ in 0 })
    places = own.expressions.map { builder.place(of: $0) }
  }

  /// The card with numbers for its levels.
  private static func resolved(
    _ card: MeasureCard, _ measures: [String: Double], maximum: (Expression) -> Double
  ) -> MeasureCard {
    func settle(_ crossing: MeasureCard.Crossing) -> MeasureCard.Crossing {
      if let level = Self.combination(crossing) {
        var settled = crossing
        let outcome = level.evaluate(measures: measures, quantities: [], abscissa: nil)
        if case .found(let value, _, _, _, _) = outcome {
          settled.level = Expression(number: value)
        } else {
          settled.level = Expression(number: 0)
        }
        return settled
      }
      guard let fraction = crossing.fraction, let value = crossing.value else { return crossing }
      var settled = crossing
      settled.fraction = nil
      settled.level = Expression(number: fraction * maximum(value))
      return settled
    }
    var card = card
    switch card.kind {
    case .between(let first, let second): card.kind = .between(settle(first), settle(second))
    case .when(let crossing): card.kind = .when(settle(crossing))
    case .find(let quantity, let crossing): card.kind = .find(quantity, settle(crossing))
    case .derivative(let quantity, let crossing):
      card.kind = .derivative(quantity, settle(crossing))
    default: break
    }
    return card
  }

  mutating func begin(at x: Double, values: UnsafePointer<Double>) {
    beginnings.append(points.count)
    keep(x, values)
  }

  mutating func advance(_ step: MeasureStep) {
    if let dense = step.dense {
      // straight lines in between cost a sixteenth of what they would from end to end
      for piece in 1..<4 {
        let x = step.start + (step.end - step.start) * Double(piece) / 4
        points.append(x)
        for place in places { values.append(dense(place, x)) }
      }
    }
    keep(step.end, step.after)
  }

  private mutating func keep(_ x: Double, _ values: UnsafePointer<Double>) {
    points.append(x)
    for place in places { self.values.append(values[place]) }
  }

  /// The level of a crossing as an expression of other measures; nil where it is none.
  private static func combination(_ crossing: MeasureCard.Crossing) -> MeasureCombination? {
    guard let level = crossing.level, level.namesMeasures else { return nil }
    return MeasureCombination(expression: level, quantities: level.probes.map { _ in nil })
  }

  var needs: [String] { card.crossings.compactMap(Self.combination).flatMap(\.measures) }

  func finish() -> MeasureOutcome { finish(knowing: [:]) }

  func finish(knowing measures: [String: Double]) -> MeasureOutcome {
    if let missing = needs.first(where: { measures[$0] == nil }) {
      return .failed("it needs the measure '\(missing)', which has no value")
    }
    let width = places.count
    guard !points.isEmpty else { return .failed("nothing was recorded") }
    var own = MeasureBuilder(analysis: analysis)
    _ = try? own.evaluator(of: Self.resolved(card, [:]) { _ in 0 })
    let settled = Self.resolved(card, measures) { expression in
      let index = own.place(of: expression)
      return points.indices.reduce(-Double.infinity) { max($0, values[$1 * width + index]) }
    }
    // the same expressions in the same order, and no file, as when it was made
    var fresh = MeasureBuilder(analysis: analysis)
    guard var evaluator = try? fresh.evaluator(of: settled) else {
      return .failed("the level cannot be told")
    }
    values.withUnsafeBufferPointer { all in
      guard let all = all.baseAddress else { return }
      for index in points.indices {
        let after = all + index * width
        if beginnings.contains(index) {
          evaluator.begin(at: points[index], values: after)
        } else {
          evaluator.advance(
            MeasureStep(
              start: points[index - 1], end: points[index], before: after - width, after: after,
              dense: nil))
        }
      }
    }
    return evaluator.finish()
  }
}
