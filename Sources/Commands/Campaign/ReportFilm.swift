import Experiments
import Foundation
import Sweep

/// A trial of a campaign, run again to be watched on a page.
struct ReportFilm {
  /// Frames of a film, at most.
  static let frameLimit = 121

  let point: PointStatistics
  let number: Int
  private let film: RecallFilm
  private let stored: TrialRecord
  private let axes: [CampaignAxis]

  /// `POINT` or `POINT:TRIAL`, as `--film` takes it.
  struct Place: Equatable {
    var point: Int
    var trial = 0

    /// - Throws: `UsageError` where the text says no such thing.
    init(_ text: String) throws(UsageError) {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
      guard (1...2).contains(parts.count), let point = parts[0],
        let trial = parts.count == 2 ? parts[1] : 0
      else {
        throw UsageError(
          "option '--film' needs POINT or POINT:TRIAL, not '\(text)'",
          help: "numbers as in the tables of the page: points from 1, trials from 0")
      }
      (self.point, self.trial) = (point, trial)
    }

    init(point: Int) { self.point = point }
  }

  /// - Throws: `UsageError` where the store has no such trial or it cannot be run again,
  ///   `Interrupted`, and what its equations bring.
  init(_ place: Place, _ results: CampaignResults, _ store: CampaignStore) throws {
    let campaign = results.campaign
    guard let point = results.points.first(where: { $0.point == place.point }) else {
      throw UsageError(
        "the campaign has no point \(place.point)",
        help: "it has \(results.points.count), from 1 on")
    }
    guard let stored = try store.trials(of: point.point).first(where: { $0.number == place.trial })
    else { throw UsageError("point \(place.point) has no trial \(place.trial) so far") }
    if let failure = stored.failure {
      throw UsageError("trial \(place.trial) of point \(place.point) failed: \(failure)")
    }
    let bench = try StoredDeck(campaign).bench()
    Interrupt.willBePolled()
    let film = try bench.film(
      of: place.trial, in: campaign.plan.unit(ofTrial: place.trial), at: point.values,
      frames: Self.frameLimit, shouldStop: { Interrupt.isRequested })
    guard let film else { throw Interrupted() }
    (self.point, number, self.film, self.stored) = (point, place.trial, film, stored)
    axes = campaign.axes
  }

  /// Whether the trial came out as in the campaign, to a thousandth of the range: other processors
  /// and libraries round differently.
  var isFaithful: Bool {
    guard let error = stored.errorFinal else { return false }
    return abs(error - film.trial.errorFinal) < 1e-3
  }

  var title: String {
    let place = zip(axes, point.values).map { "\($0.name) = \($0.text($1))" }
    return "'\(film.image)', "
      + (place + ["point \(point.point)", "trial \(number)"]).joined(separator: ", ")
  }

  func html(_ index: Int) -> String {
    let name = "film-\(index)"
    let states = ["stored image", "probe", "oscillators"].map { label in
      "<figure><canvas role=\"img\" aria-label=\"\(label)\"></canvas>"
        + "<figcaption>\(label)</figcaption></figure>"
    }
    return """
      <section class="film" aria-labelledby="\(name)">
      <h3 id="\(name)">\(HTML.escaped(title))</h3>
      <p>\(HTML.escaped(summary))</p>
      <div class="states">\(states.joined())</div>
      <div class="controls">
      <button type="button" class="play">Play</button>
      <button type="button" class="back" aria-label="one frame back">&#9664;</button>
      <button type="button" class="forth" aria-label="one frame on">&#9654;</button>
      <input type="range" min="0" max="0" value="0" step="1" aria-label="time">
      <output></output>
      </div>
      \(curve)
      \(HTML.data(data))</section>

      """
  }

  private var summary: String {
    let time = Quantity.text(film.trial.timeToTarget, unit: "s", digits: 3)
    let energy = Quantity.text(
      film.trial.energyToTarget?.reduce(0, +), unit: "J", digits: 3)
    let end = "final error \(Quantity.percent(film.trial.errorFinal))"
    let reached = film.trial.success ? "target after \(time) and \(energy), " : ""
    let note =
      isFaithful
      ? "" : "; in the campaign it was \(Quantity.percent(stored.errorFinal))"
    return "error \(Quantity.percent(film.trial.errorInitial)) at the release, "
      + reached + end + note
  }

  /// The error against time, from 0 to its largest.
  private var curve: String {
    let errors = film.frames.map(\.error)
    let largest = max(errors.max() ?? 1, 1e-12)
    let last = Double(max(1, errors.count - 1))
    let points = errors.enumerated().map { index, error in
      let x = 1000 * Double(index) / last
      return String(format: "%.1f,%.2f", x, 96 - 92 * error / largest)
    }
    let label = "error against time, at most \(Quantity.percent(largest))"
    return """
      <svg class="curve" viewBox="0 0 1000 100" preserveAspectRatio="none" role="img"
      aria-label="\(label)"><title>\(label)</title>
      <polyline points="\(points.joined(separator: " "))"/>
      <line x1="0" x2="0" y1="0" y2="100"/></svg>
      """
  }

  private var data: JSON {
    .object([
      "width": .integer(film.width), "height": .integer(film.height),
      "cyclic": .bool(film.isCyclic), "stored": .text(Self.bytes(film.stored)),
      "probe": .text(Self.bytes(film.probe)),
      "frames": .array(film.frames.map { .text(Self.bytes($0.levels)) }),
      "captions": .array(
        film.frames.map { frame in
          let time = Quantity.text(frame.time, unit: "s", digits: 3)
          return .text("\(time), error \(Quantity.percent(frame.error))")
        }),
    ])
  }

  /// A byte a pixel, as base 64.
  private static func bytes(_ levels: [Double]) -> String {
    Data(levels.map { UInt8(clamping: Int((255 * $0).rounded())) }).base64EncodedString()
  }
}
