import Foundation
import Numerics
import Schematic
import TestSupport
import Testing

@testable import Simulation

/// Measures and harmonics beside those of ngspice, live, on the same analytic waveforms: its
/// sources play them, we evaluate the same formulas. Left out, with a message, where the program is
/// absent.
@Suite(.enabled(if: Ngspice.path != nil, "ngspice is not installed"))
struct MeasureNgspiceTests {
  typealias Feed = MeasureFeed

  static let frequency = 1e6
  static func a(_ t: Double) -> Double { 0.2 + sine(2 * .pi * 1e6 * t + .pi / 6) }
  static func b(_ t: Double) -> Double {
    0.1 + 1.5 * sine(2 * .pi * 1e6 * t + 0.4) + 0.3 * cosine(4 * .pi * 1e6 * t + 0.2)
  }
  static let deck = """
    measures
    V1 a 0 SIN(0.2 1 1meg 0 0 30)
    B1 b 0 V = 0.1 + 1.5*sin(2*pi*1e6*time + 0.4) + 0.3*cos(4*pi*1e6*time + 0.2)
    R1 a 0 1k
    R2 b 0 1k
    .tran 1n 5u 0 1n

    """
  static let points = (0...5000).map { Double($0) * 1e-9 }
  static var nodes: [String: (Double) -> Double] { ["a": a, "b": b] }

  @Test func measuresAgree() throws {
    let window = "from=0.55u to=2.3u"
    func statistic(_ name: String, _ which: MeasureCard.Statistic) -> MeasureCard {
      Feed.card(name, .statistic(which, Feed.v("b")), from: 0.55e-6, to: 2.3e-6)
    }
    let meeting = MeasureCard.Crossing(
      value: Feed.v("b"), level: Feed.v("a"), edge: .cross, count: 3)
    let fall = Feed.crossing("b", 0.5, .fall, 2)
    let cases: [(String, MeasureCard)] = [
      ("avg v(b) \(window)", statistic("avg1", .average)),
      ("rms v(b) \(window)", statistic("rms1", .rootMeanSquare)),
      ("integ v(b) \(window)", statistic("int1", .integral)),
      ("max v(b) \(window)", statistic("max1", .maximum)),
      ("min v(b) \(window)", statistic("min1", .minimum)),
      ("pp v(b) \(window)", statistic("pp1", .peakToPeak)),
      (
        "trig v(b) val=0.5 rise=1 targ v(b) val=0.5 rise=last",
        Feed.card(
          "tt1", .between(Feed.crossing("b", 0.5, .rise), Feed.crossing("b", 0.5, .rise, -1)))
      ),
      (
        "trig v(b) val=0.5 td=1u fall=2 targ v(a) val=0.6 rise=2",
        Feed.card(
          "tt2",
          .between(
            Feed.crossing("b", 0.5, .fall, 2, delay: 1e-6), Feed.crossing("a", 0.6, .rise, 2)))
      ),
      (
        "trig at=1u targ v(b) val=0.5 rise=2",
        Feed.card(
          "tt3",
          .between(MeasureCard.Crossing(at: 1e-6), Feed.crossing("b", 0.5, .rise, 2)))
      ),
      ("when v(b)=v(a) cross=3", Feed.card("when1", .when(meeting))),
      (
        "when v(b)=0.5 rise=last",
        Feed.card("when2", .when(Feed.crossing("b", 0.5, .rise, -1)))
      ),
      ("find v(a) when v(b)=0.5 fall=2", Feed.card("find1", .find(Feed.v("a"), fall))),
      (
        "find v(a) at=1.23u",
        Feed.card("find2", .find(Feed.v("a"), MeasureCard.Crossing(at: 1.23e-6)))
      ),
    ]
    let cards = cases.map { ".meas tran \($0.1.name) \($0.0)\n" }.joined()
    let text = try Ngspice.run(Self.deck + cards + ".end\n")
    let results = try Feed.results(
      cases.map(\.1), at: Self.points, dense: true, Self.nodes)
    for result in results {
      let theirs = try #require(Ngspice.measure(result.name, in: text), "\(text)")
      let ours = try #require(result.value)
      // their averages end at the next point behind the window, their crossings are straight lines
      let scale = max(abs(theirs), result.name == "int1" ? 1e-7 : 0)
      let tolerance = result.name == "avg1" ? 0.02 : 2e-4
      #expect(abs(ours - theirs) <= tolerance * scale, "\(result.name): \(ours) for \(theirs)")
    }
  }

  @Test func harmonicsAgree() throws {
    let text = try Ngspice.run(Self.deck + ".four 1meg v(a) v(b)\n.end\n")
    var analysis = FourierAnalysis(
      FourierCard(
        frequency: 1e6,
        quantities: ["a", "b"].map {
          Output(label: "v(\($0))", value: Feed.v($0), origin: .none)
        }, origin: .none))
    for t in Self.points {
      analysis.record(time: t, values: [Self.a(t), Self.b(t)].span)
    }
    for table in analysis.finish() {
      let (rows, distortion) = try Ngspice.harmonics(of: table.label, in: text)
      #expect(rows.count == 10)
      for (row, ours) in zip(rows, table.harmonics) {
        #expect(row[0] == Double(ours.number) && abs(row[1] - ours.frequency) < 1)
        #expect(abs(row[2] - ours.magnitude) < 2e-4, "\(row) \(ours)")
        // phases of nothing say nothing
        guard ours.magnitude > 0.01 else { continue }
        #expect(abs(row[3] - ours.phase) < 0.05, "\(row) \(ours)")
        #expect(abs(row[4] - ours.normalizedMagnitude) < 2e-4, "\(row) \(ours)")
        #expect(abs(row[5] - ours.normalizedPhase) < 0.05, "\(row) \(ours)")
      }
      #expect(abs(distortion - table.totalHarmonicDistortion) < 0.01)
    }
  }
}

/// Debian's ngspice in batch mode.
enum Ngspice {
  static let path: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin")
    .split(separator: ":").map { "\($0)/ngspice" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static func run(_ deck: String) throws -> String {
    try Scratch.with { folder in
      let file = folder.appendingPathComponent("deck.cir")
      try deck.write(to: file, atomically: true, encoding: .utf8)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try #require(path))
      process.arguments = ["-b", file.path]
      process.currentDirectoryURL = folder
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardError = FileHandle.nullDevice
      process.standardInput = FileHandle.nullDevice
      try process.run()
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return String(decoding: data, as: UTF8.self)
    }
  }

  /// `name = 1.2e-3 from= ...`
  static func measure(_ name: String, in text: String) -> Double? {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count >= 3, words[0] == name, words[1] == "=" { return Double(words[2]) }
    }
    return nil
  }

  /// The rows below `Fourier analysis for v(a):`, and the distortion in per cent.
  static func harmonics(
    of label: String, in text: String
  ) throws -> (rows: [[Double]], distortion: Double) {
    let start = try #require(text.range(of: "Fourier analysis for \(label):"))
    let lines = text[start.upperBound...].split(separator: "\n")
    let words = lines[0].split { $0 == " " || $0 == "," }
    let place = try #require(words.firstIndex(of: "THD:"))
    let rows = lines.dropFirst().lazy.map { $0.split(separator: " ").compactMap { Double($0) } }
      .filter { $0.count == 6 }
    return (Array(rows.prefix(10)), try #require(Double(words[place + 1])))
  }
}
