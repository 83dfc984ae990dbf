import Foundation
import Numerics
import TestSupport
import Testing

@testable import Pictures

@Suite struct PlotTests {
  static func errorPlot() -> Plot {
    var stream = RandomStream(seed: 2, purpose: .patterns)
    let time = (0...200).map { Double($0) * 5e-9 }
    let curves = (0..<60).map { _ -> [Double] in
      let rate = 3e6 * (1 + 0.5 * stream.normal())
      return time.map { 0.28 * exponential(-max(rate, 8e5) * $0) + 0.012 }
    }
    let median = time.indices.map { index in curves.map { $0[index] }.sorted()[30] }
    return Plot(
      title: "Recall of chelsea_1 `date` {x}^2", x: PlotAxis("time after release", unit: "s"),
      y: PlotAxis("rms phase error / range", minimum: 0),
      layers: [
        .bundle(x: time, ys: curves, title: "60 trials"),
        .line(x: time, y: median, title: "median", emphasis: true),
        .horizontalReference(0.05, label: "target 5 %"),
        .verticalReference(4e-7, label: "median time"),
        .points(x: [5e-7], y: [0.05], labels: ["Prasad et al. 2022"], title: "published"),
      ])
  }

  private func energyPlot() -> Plot {
    let time = (0...50).map { Double($0) * 1e-7 }
    let names = ["oscillator bias", "read-out amplifier", "delay stages", "weights", "feedback"]
    return Plot(
      x: PlotAxis("time after release", unit: "s"), y: PlotAxis("energy", unit: "J", minimum: 0),
      layers: [
        .stack(
          x: time,
          areas: names.enumerated().map { number, name in
            (name, time.map { $0 * 5e-3 * Double(number + 1) })
          })
      ], legend: .topLeft)
  }

  private func spreadPlot() -> Plot {
    let x = (0...40).map { power(10, -5 + Double($0) / 10) }
    return Plot(
      x: PlotAxis("frequency spread", unit: "Hz", scale: .logarithmic),
      y: PlotAxis("error", scale: .logarithmic),
      layers: [
        .band(x: x, low: x.map { 0.7 * $0 }, high: x.map { 1.4 * $0 }, title: "5 to 95 %"),
        .line(x: x, y: x, title: "median"),
        .line(x: x, y: x.map { 1.19 * $0 }, title: "theory", dashed: true),
        .line(x: [1, 2], y: [.nan, .infinity], title: nil),
      ], legend: .bottomRight)
  }

  private func logarithmicBundle() -> Plot {
    let x = (1...20).map { Double($0) * 1e-9 }
    return Plot(
      x: PlotAxis("time", unit: "s", scale: .logarithmic, minimum: 1e-10),
      y: PlotAxis("error", unit: "%", scale: .logarithmic, minimum: 0.1, maximum: 100),
      layers: [
        .bundle(x: x, ys: [x.map { 1e9 * $0 }, x.map { _ in 0 }], title: "trials"),
        .horizontalReference(5, label: "target"), .verticalReference(2e-9),
      ], legend: .outside)
  }

  private func onePoint() -> Plot {
    Plot(
      x: PlotAxis("kappa", unit: "1/s"), y: PlotAxis("energy", unit: "J"),
      layers: [.points(x: [7e6], y: [1.3e-7], title: "only")], legend: .hidden)
  }

  private func size(_ url: URL) throws -> (Int, Int) {
    let image = try GreyImage.read(png: url.path)
    return (image.width, image.height)
  }

  @Test func plotsAndTheirScripts() throws {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    for (stem, plot) in [
      ("error", Self.errorPlot()), ("energy's", energyPlot()), ("spread", spreadPlot()),
      ("log", logarithmicBundle()), ("point", onePoint()),
      ("empty", Plot(x: PlotAxis("x"), y: PlotAxis("y"))),
    ] {
      if stem == "empty" {
        #expect(throws: PictureError.self) { try plot.draw(stem: stem, in: directory.path) }
        #expect(
          !FileManager.default.fileExists(
            atPath: directory.appendingPathComponent("empty.png").path))
        continue
      }
      try plot.draw(stem: stem, in: directory.path)
      let picture = directory.appendingPathComponent("\(stem).png")
      #expect(try size(picture) == (1400, 900))
      // The script alone draws the same picture again.
      let first = try Data(contentsOf: picture)
      try FileManager.default.removeItem(at: picture)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["gnuplot", "\(stem).gp"]
      process.currentDirectoryURL = directory
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      #expect(try Data(contentsOf: picture) == first)
      let drawing = try String(
        contentsOf: directory.appendingPathComponent("\(stem).svg"), encoding: .utf8)
      #expect(drawing.contains("</svg>"))
      if stem == "error" { #expect(drawing.contains("time after release (µs)")) }
      if stem == "error" { #expect(drawing.contains("Recall of chelsea_1 `date` {x}^2")) }
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    #expect(!names.contains { $0.contains(".part") })
  }

  @Test func filmstrip() throws {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    var rows: [Filmstrip.Row] = []
    for name in ["chelsea", "astronaut"] {
      let image = try GreyImage.read(png: Repository.file("netlists/images/\(name).png").path)
        .centreCropped(width: 4, height: 3).resampled(width: 16, height: 12)
      let target = try #require(image.stretched())
      var stream = RandomStream(seed: 3, purpose: .corruption)
      var probe = target
      for index in probe.levels.indices where stream.uniform() < 0.25 {
        probe.levels[index] = stream.uniform()
      }
      rows.append(
        Filmstrip.Row(
          name: name,
          [
            Filmstrip.Frame("target", target), Filmstrip.Frame("probe, 25 % random", probe),
            Filmstrip.Frame("t = 20 ns", probe),
            Filmstrip.Frame("recalled\nerror 2.1 %", target),
          ]))
    }
    let strip = Filmstrip(rows: rows)
    try strip.draw(stem: "strip", in: directory.path)
    let picture = try GreyImage.read(png: directory.appendingPathComponent("strip.png").path)
    #expect(picture.width > 4 * 240 && picture.height > 2 * 180)
    #expect(picture[0, 0] == 1)
    if let folder = ProcessInfo.processInfo.environment["OSCINE_KEEP_PICTURES"] {
      try strip.draw(stem: "strip", in: folder)
      try Self.errorPlot().draw(stem: "error", in: folder)
      try energyPlot().draw(stem: "energy", in: folder)
      try spreadPlot().draw(stem: "spread", in: folder)
      try logarithmicBundle().draw(stem: "log", in: folder)
      try onePoint().draw(stem: "point", in: folder)
    }
  }

  @Test func failures() throws {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let plot = Self.errorPlot()
    let drawing = { (program: String, folder: String) -> PictureError? in
      do {
        try plot.draw(stem: "x", in: folder, with: Gnuplot(program: program))
        return nil
      } catch let error as PictureError { return error } catch { return nil }
    }
    #expect(drawing("no-such-gnuplot", directory.path)?.problem == .plotterMissing)
    #expect(drawing("/no/such/gnuplot", directory.path)?.problem == .plotterMissing)
    #expect(drawing("false", directory.path)?.problem == .plotterFailed)
    #expect(drawing("true", directory.path)?.reason == "gnuplot drew nothing")
    #expect(drawing("gnuplot", directory.path + "/none")?.problem == .unwritable)
    let script = "foo bar baz\n"
    #expect {
      try Gnuplot().draw(
        script: script, data: "", stem: "y", in: directory.path, extensions: ["png"])
    } throws: { error in
      guard let error = error as? PictureError else { return false }
      return error.problem == .plotterFailed && error.reason.contains("invalid command")
    }
  }

  @Test func prefixes() {
    #expect(SIPrefix(for: 2e-8).symbol == "n" && SIPrefix(for: 1e-6).symbol == "µ")
    #expect(SIPrefix(for: 1000).symbol == "k" && SIPrefix(for: 999).symbol == "")
    #expect(SIPrefix(for: 0) == .none && SIPrefix(for: .infinity) == .none)
    #expect(SIPrefix(for: 1e-30).symbol == "a" && SIPrefix(for: -5e13).symbol == "T")
    #expect(SIPrefix.text(1.3e-7, unit: "J") == "130 nJ")
    #expect(SIPrefix.text(5.04676e8, unit: "Hz", digits: 6) == "504.676 MHz")
    #expect(SIPrefix.text(9.9999e-7, unit: "s") == "1 µs")
    #expect(SIPrefix.text(-0.0123, unit: "V") == "-12.3 mV")
    #expect(SIPrefix.text(0, unit: "s") == "0 s")
  }
}
