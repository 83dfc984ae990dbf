// The measures that stand on crossings: when, find, deriv, trig ... targ.

/// One end of a measure: a crossing, or a given place.
struct MeasurePlace {
  enum Kind {
    case crossing(CrossingCounter)
    case at(Double)
    /// A given place that the window leaves out.
    case outside(Double)
  }

  /// What is kept beside the place.
  enum Quantity {
    case nothing
    case value(Int)
    case slope(Int)

    func take(_ step: MeasureStep, at x: Double) -> Double {
      switch self {
      case .nothing: 0
      case .value(let index): step.value(index, at: x)
      case .slope(let index): step.slope(index, at: x)
      }
    }
  }

  private var kind: Kind
  private let quantity: Quantity
  private var reached: (x: Double, found: Double)?

  init(_ kind: Kind, quantity: Quantity = .nothing) {
    self.kind = kind
    self.quantity = quantity
  }

  mutating func begin(at x: Double, values: UnsafePointer<Double>) {
    switch kind {
    case .crossing(var counter):
      counter.begin(values: values)
      kind = .crossing(counter)
    case .at(let place):
      guard reached == nil, place == x else { return }
      switch quantity {
      case .nothing: reached = (x, 0)
      case .value(let index): reached = (x, values[index])
      // waits for the first step
      case .slope: break
      }
    case .outside: break
    }
  }

  mutating func advance(_ step: MeasureStep) {
    switch kind {
    case .crossing(var counter):
      guard !counter.isSettled else { return }
      let quantity = self.quantity
      counter.advance(step) { quantity.take(step, at: $0) }
      kind = .crossing(counter)
    case .at(let place):
      guard reached == nil, step.start != step.end, step.holds(place) else { return }
      reached = (place, quantity.take(step, at: place))
    case .outside: break
    }
  }

  var found: (x: Double, found: Double)? {
    switch kind {
    case .crossing(let counter): return counter.found
    case .at: return reached
    case .outside: return nil
    }
  }

  /// All crossings, where the card wants every one.
  var all: [(x: Double, found: Double)] {
    if case .crossing(let counter) = kind { return counter.all }
    return []
  }

  var failure: String {
    switch kind {
    case .crossing(let counter): counter.shortage
    case .at(let place): "the result does not reach \(place)"
    case .outside(let place): "\(place) lies outside from and to"
    }
  }
}

/// `when`, `find ... when`, `find ... at`, `deriv ...`.
struct PlaceMeasure: MeasureEvaluator {
  var place: MeasurePlace
  /// The result is the place itself: `when`.
  let wantsPlace: Bool

  mutating func begin(at x: Double, values: UnsafePointer<Double>) {
    place.begin(at: x, values: values)
  }

  mutating func advance(_ step: MeasureStep) { place.advance(step) }

  func finish() -> MeasureOutcome {
    guard let found = place.found else { return .failed(place.failure) }
    return .found(
      wantsPlace ? found.x : found.found, abscissa: found.x,
      occurrences: place.all.map { wantsPlace ? $0.x : $0.found })
  }
}

/// `trig ... targ`: the target's abscissa minus the trigger's; the two are counted independently of
/// each other, so the distance may be negative.
struct DistanceMeasure: MeasureEvaluator {
  var trigger: MeasurePlace
  var target: MeasurePlace

  mutating func begin(at x: Double, values: UnsafePointer<Double>) {
    trigger.begin(at: x, values: values)
    target.begin(at: x, values: values)
  }

  mutating func advance(_ step: MeasureStep) {
    trigger.advance(step)
    target.advance(step)
  }

  func finish() -> MeasureOutcome {
    guard let from = trigger.found else { return .failed("trigger: " + trigger.failure) }
    guard let to = target.found else { return .failed("target: " + target.failure) }
    return .found(
      to.x - from.x, abscissa: to.x,
      details: [MeasureResult.Detail("targ", to.x), MeasureResult.Detail("trig", from.x)],
      occurrences: zip(trigger.all, target.all).map { $1.x - $0.x })
  }
}
