// Progress on standard error: on a terminal one line redrawn about ten times a second with rate and
// estimate; elsewhere a plain line now and then; nothing with --quiet.

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The progress of one piece of long work; may be updated from any thread.
final class Progress: Sendable {
  enum Style: Sendable { case silent, terminal, plain }

  private struct State {
    var drawn: ContinuousClock.Instant?
    var widest = 0
    var finished = false
  }

  let label: String
  let unit: String
  private let style: Style
  /// What was done before this began: no part of its rate.
  private let earlier: Double
  private let start = ContinuousClock.now
  private let state = Mutex(State())
  private let sink: @Sendable (String) -> Void

  /// - Parameters:
  ///   - label: What is done: "recall".
  ///   - unit: What is counted: "trials".
  init(
    label: String, unit: String, style: Style, earlier: Double = 0,
    sink: @escaping @Sendable (String) -> Void = Progress.standardError
  ) {
    self.label = label
    self.unit = unit
    self.style = style
    self.earlier = earlier
    self.sink = sink
  }

  /// The style that suits standard error.
  static func style(quiet: Bool) -> Style {
    if quiet { return .silent }
    return isatty(STDERR_FILENO) != 0 ? .terminal : .plain
  }

  static let standardError: @Sendable (String) -> Void = { text in
    try? Printer.write(text, to: STDERR_FILENO)
  }

  /// Tells how much is done; draws when the last drawing is old enough.
  ///
  /// - Parameter figures: what is known so far, behind the rest.
  func update(_ done: Double, of total: Double, figures: String = "") {
    guard style != .silent else { return }
    let now = ContinuousClock.now
    let interval: Duration = style == .terminal ? .milliseconds(100) : .seconds(10)
    state.withLock { state in
      // Short work elsewhere than on a terminal stays without a line.
      let last = state.drawn ?? (style == .plain ? start : now - interval)
      guard !state.finished, now - last >= interval else { return }
      state.drawn = now
      let line = Self.line(
        label: label, unit: unit, done: done, total: total, seconds: (now - start).seconds,
        earlier: earlier, figures: figures)
      if style == .terminal {
        state.widest = max(state.widest, line.count)
        sink("\r" + HelpText.padded(line, state.widest))
      } else {
        sink(line + "\n")
      }
    }
  }

  func update(_ done: Int, of total: Int) { update(Double(done), of: Double(total)) }

  /// Clears the line; later updates draw nothing.
  func finish() {
    state.withLock { state in
      if style == .terminal, state.drawn != nil, !state.finished {
        sink("\r" + String(repeating: " ", count: state.widest) + "\r")
      }
      state.finished = true
    }
  }

  /// "recall  45/240 trials  19 %  12.3 trials/s  0:16 left"
  static func line(
    label: String, unit: String, done: Double, total: Double, seconds: Double,
    earlier: Double = 0, figures: String = ""
  ) -> String {
    var parts = [label, "\(whole(done))/\(whole(total)) \(unit)"]
    if total > 0 { parts.append("\(whole(100 * done / total)) %") }
    if done > earlier, seconds > 0 {
      let rate = (done - earlier) / seconds
      parts.append("\(Quantity.text(rate, digits: 3)) \(unit)/s")
      if total > done { parts.append("\(clock((total - done) / rate)) left") }
    }
    if !figures.isEmpty { parts.append(figures) }
    return parts.joined(separator: "  ")
  }

  private static func whole(_ value: Double) -> String {
    value.isFinite && abs(value) < 1e15 ? "\(Int(value.rounded(.down)))" : "?"
  }

  /// "1:02:03" or "2:03".
  static func clock(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e7 else { return "long" }
    let all = Int(seconds.rounded(.up))
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let (hours, minutes, rest) = (all / 3600, all / 60 % 60, all % 60)
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
