/// Frequency, duty cycle and times of a quantity that is on above one level and off below another.
///
/// Xyce's definitions: the frequency is half the number of passages of the two levels over the
/// window's length; the duty cycle is the share of time from rising above `on` to falling below
/// `off`; the on time is that above `on`, the off time that below `off`, each over the number of
/// times it began within the window (undivided when it never began). The resolution widens both
/// ranges. Unlike Xyce, passages are interpolated, so that the times do not depend on the steps.
struct CycleMeasure: WindowedEvaluator {
  enum Form: String {
    case freq, duty
    case onTime = "on_time"
    case offTime = "off_time"
  }

  let form: Form
  let value: Int
  let on: Double
  let off: Double
  var window: ClosedRange<Double>

  private var isOn = false
  private var switchedOn = 0
  private var switchedOff = 0
  private var firstOn: Double?
  private var lastOn = 0.0
  private var onSpan = CompensatedSum()
  private var above = CompensatedSum()
  private var below = CompensatedSum()
  private var span = CompensatedSum()

  init(
    _ form: Form, of value: Int, on: Double, off: Double, resolution: Double,
    in window: ClosedRange<Double>
  ) {
    self.form = form
    self.value = value
    self.on = on - resolution
    self.off = off + resolution
    self.window = window
  }

  mutating func begin(at x: Double, values: UnsafePointer<Double>) { isOn = values[value] > on }

  mutating func advance(_ step: MeasureStep) {
    let y0 = step.before[value]
    let y1 = step.after[value]
    let rise = passage(step, on, y0 <= on && y1 > on)
    let fall = passage(step, off, y0 >= off && y1 < off)
    let clip = step.clipped(window)
    if let (a, b) = clip {
      span.add(b - a)
      above.add(part(rise ?? passage(step, on, y0 > on && y1 <= on), y0 > on, y1 > on, a, b))
      below.add(part(fall ?? passage(step, off, y0 < off && y1 >= off), y0 < off, y1 < off, a, b))
    }
    let was = isOn
    isOn = y1 > on || (was && y1 >= off)
    let change = isOn == was ? nil : isOn ? (rise ?? step.end) : (fall ?? step.end)
    if let (a, b) = clip { onSpan.add(part(change, was, isOn, a, b)) }
    if let rise, window.contains(rise) {
      switchedOn += 1
      if firstOn == nil { firstOn = rise }
      lastOn = rise
    }
    if let fall, window.contains(fall) { switchedOff += 1 }
  }

  private func passage(_ step: MeasureStep, _ level: Double, _ passed: Bool) -> Double? {
    guard passed else { return nil }
    return step.root(step.before[value] - level, step.after[value] - level) {
      step.value(value, at: $0) - level
    }
  }

  /// How much of a...b a condition holds that held at the step's start or end and changes at `x`.
  private func part(
    _ x: Double?, _ before: Bool, _ after: Bool, _ a: Double, _ b: Double
  ) -> Double {
    guard let x, before != after else { return before ? b - a : 0 }
    let middle = Swift.min(Swift.max(x, Swift.min(a, b)), Swift.max(a, b))
    return before ? middle - a : b - middle
  }

  func finish() -> MeasureOutcome {
    guard span.value != 0 else {
      return .failed("no stretch of the result lies within the window")
    }
    var details = [
      MeasureResult.Detail("rises", Double(switchedOn)),
      MeasureResult.Detail("falls", Double(switchedOff)),
    ]
    switch form {
    case .freq:
      if let firstOn, switchedOn > 1 {
        details.append(MeasureResult.Detail("period", (lastOn - firstOn) / Double(switchedOn - 1)))
      }
      return .found(0.5 * Double(switchedOn + switchedOff) / abs(span.value), details: details)
    case .duty: return .found(onSpan.value / span.value, details: details)
    case .onTime: return .found(above.value / Double(max(switchedOn, 1)), details: details)
    case .offTime: return .found(below.value / Double(max(switchedOff, 1)), details: details)
    }
  }
}
