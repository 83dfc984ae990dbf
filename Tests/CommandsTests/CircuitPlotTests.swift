import Foundation
import Numerics
import TestSupport
import Testing
import Waveforms

@testable import Commands
@testable import Pictures

/// `oscine plot` of circuit results in all formats.
@Suite struct CircuitPlotTests {
  static let gnuplot = FileManager.default.isExecutableFile(atPath: "/usr/bin/gnuplot")

  /// A ring of three inverters, and the current of its supply, for two loads.
  static let ring = ResultSchema(
    title: "ring oscillator of three inverters", analysis: .tran, abscissa: .time,
    columns: [
      .voltage("V(a)"), .voltage("V(b)"), .current("I(VDD)"),
      ResultColumn("N(X1:W)", unit: nil, kind: .other),
    ], steps: [ResultStep("CL", unit: "F", values: [1e-14, 2e-14])])

  static func write(_ format: ResultFormat, _ schema: ResultSchema, to path: String) throws {
    let stream = try format.open(schema, at: path)
    for step in 0..<schema.stepCount {
      try stream.begin(step: step)
      for point in 0..<600 {
        let place = Double(point) / 599
        switch schema.analysis {
        case .op, .dc, .tran, .pss:
          if schema.analysis == .op, point > 0 { continue }
          let angle = 2 * Double.pi * place * 6 / Double(1 + step)
          let values = [
            0.5 + 0.5 * tanh(3 * sin(angle)), 0.5 + 0.5 * tanh(3 * sin(angle - 2)),
            -3e-5 * (1 + 0.3 * cos(2 * angle)), place * place,
          ]
          try stream.append(
            (schema.abscissa?.unit == "s" ? 4e-9 : 1.2) * place,
            Array(values.prefix(schema.columns.count)).span)
        case .ac:
          let s = Complex(0, power(10, 2 + 7 * place) / 1e5)
          let q = 10.0 / Double(1 + 3 * step)
          let low = Complex(1) / (Complex(1) + s * Complex(1 / q) + s * s)
          let values = [low, low * s * Complex(1e-3), Complex(1)]
          try stream.append(
            power(10, 2 + 7 * place), Array(values.prefix(schema.columns.count)).span)
        case .noise:
          let frequency = power(10, 7 * place)
          let density = 4e-9 * (1 + 1e4 / frequency).squareRoot()
          try stream.append(frequency, [density, density / 10].span)
        }
      }
      try stream.end(step: step)
    }
    try stream.finish(isComplete: true)
  }

  static func schema(_ analysis: ResultSchema.Analysis) -> ResultSchema {
    var schema = ring
    schema.analysis = analysis
    switch analysis {
    case .op: schema.abscissa = nil
    case .tran, .pss: break
    case .dc:
      schema.title = "transfer of an inverter"
      schema.abscissa = ResultAbscissa("vin", unit: "V", label: nil)
      schema.columns = [.voltage("V(out)"), .voltage("V(in)"), .current("I(VDD)")]
    case .ac:
      schema.title = "a resonator"
      schema.abscissa = .frequency
      schema.columns = [
        .voltage("V(out)", isComplex: true), .current("I(V1)", isComplex: true),
      ]
      schema.steps = [ResultStep("R1", unit: "ohm", values: [10, 40])]
    case .noise:
      schema.title = "an amplifier"
      schema.abscissa = .frequency
      schema.columns = ["ONOISE", "INOISE"].map {
        ResultColumn($0, unit: "V/sqrt(Hz)", kind: .other)
      }
      schema.steps = []
    }
    return schema
  }

  @Test(.enabled(if: gnuplot), arguments: ResultFormat.allCases)
  func everyFormatIsDrawn(_ format: ResultFormat) throws {
    try Scratch.with { folder in
      let file = "ring.tran.\(format.fileExtension)"
      try Self.write(format, Self.ring, to: folder.appendingPathComponent(file).path)
      let run = try BuiltProgram.run("plot", file, in: folder)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      #expect(run.output.hasSuffix("ring.tran.png\n"))
      let drawing = try String(
        contentsOf: folder.appendingPathComponent("ring.tran.svg"), encoding: .utf8)
      for text in ["time (ns)", "voltage (mV)", "I(VDD) (µA)", "V(b), "] {
        #expect(drawing.contains(text), "\(text)")
      }
      let isText = format == .csv || format == .prn
      #expect(drawing.contains(isText ? "step = 2" : "CL = 2e-14"))
    }
  }

  @Test(.enabled(if: gnuplot), arguments: [ResultSchema.Analysis.tran, .dc, .ac, .noise])
  func everyAnalysisHasItsAxes(_ analysis: ResultSchema.Analysis) throws {
    try Scratch.with { folder in
      let file = "x.\(analysis).nc"
      try Self.write(.netcdf, Self.schema(analysis), to: folder.appendingPathComponent(file).path)
      let run = try BuiltProgram.run("plot", file, "--json", in: folder)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      let stem = "x.\(analysis)"
      let drawing = try String(
        contentsOf: folder.appendingPathComponent("\(stem).svg"), encoding: .utf8)
      let expected: [String] =
        switch analysis {
        case .tran: ["ring oscillator of three inverters", "time (ns)", "N(X1:W)"]
        case .dc: ["vin (V)", "voltage (mV)", "I(VDD) (µA)"]
        case .ac: ["magnitude (dB re 1 V, 1 A)", "phase (degrees)", "frequency (Hz)", "10 M"]
        default: ["frequency (Hz)", "value (V/√Hz)", "100 n"]
        }
      for text in expected { #expect(drawing.contains(text), "\(text)") }
      if let kept = ProcessInfo.processInfo.environment["OSCINE_KEEP_PICTURES"] {
        let to = URL(fileURLWithPath: kept).appendingPathComponent("\(stem).png")
        try? FileManager.default.removeItem(at: to)
        try FileManager.default.copyItem(at: folder.appendingPathComponent("\(stem).png"), to: to)
      }
    }
  }

  @Test(.enabled(if: gnuplot)) func columnsAndStepsArePicked() throws {
    try Scratch.with { folder in
      let path = folder.appendingPathComponent("ring.tran.nc").path
      try Self.write(.netcdf, Self.ring, to: path)
      let run = try BuiltProgram.run(
        "plot", "ring.tran.nc", "-v", "v( B )", "-v", "I(VDD)", "-s", "cl=20f", in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let data = try String(
        contentsOf: folder.appendingPathComponent("ring.tran-v-B-I-VDD.tsv"), encoding: .utf8)
      #expect(data.components(separatedBy: "\n\n\n").filter { !$0.isEmpty }.count == 2)
      let spectrum = try BuiltProgram.run(
        "plot", "ring.tran.nc", "-v", "V(a)", "-s", "CL=10f", "--show", "spectrum", "--json",
        in: folder)
      let frequency = try #require(try spectrum.object()["frequency"] as? Double)
      #expect(abs(frequency - 1.5e9) < 2e7)
      #expect(try Scratch.contents(folder).contains("ring.tran-V-a-spectrum.png"))
    }
  }

  @Test(arguments: [
    (["-v", "V(x)"], "no variable 'V(x)'"), (["-s", "R1=3"], "no stepped parameter 'R1'"),
    (["-s", "CL=3"], "no step has CL = 3"),
    (["-v", "V(a)", "--show", "spectrum"], "'--show' needs one curve, and 2 are picked"),
    (["--show", "spectrum"], "option '--show' needs '--variable'"),
  ])
  func mistakes(_ words: [String], _ message: String) throws {
    try Scratch.with { folder in
      try Self.write(
        .netcdf, Self.ring, to: folder.appendingPathComponent("ring.tran.nc").path)
      let run = try BuiltProgram.run(["plot", "ring.tran.nc"] + words, in: folder)
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains(message), "\(run.errors)")
      #expect(try Scratch.contents(folder) == ["ring.tran.nc"])
    }
  }

  @Test(arguments: [ResultFormat.netcdf, .raw, .rawText])
  func operatingPointsAreNoPicture(_ format: ResultFormat) throws {
    try Scratch.with { folder in
      try Self.write(
        format, Self.schema(.op), to: folder.appendingPathComponent("ring.op").path)
      let run = try BuiltProgram.run("plot", "ring.op", in: folder)
      #expect(run.status == 2 && run.errors.contains("nothing to plot"), "\(run.errors)")
    }
  }

  /// Twelve curves stay, whichever way there are too many, and the rest is told.
  @Test func manyCurvesAreThinned() throws {
    func result(columns: Int, steps: Int) -> CircuitResult {
      let curves = (0..<steps).flatMap { step in
        (0..<columns).map { column in
          ResultCurve(
            .voltage("V(\(column))"), step: [.init("R", Double(step))], abscissas: [0, 1],
            .real([0, Double(column)]))
        }
      }
      return CircuitResult(
        title: "", analysis: .tran, isComplete: true, abscissa: .init("time", unit: "s"),
        curves: curves)
    }
    for (columns, steps, kept) in [(40, 1, 12), (1, 100, 12), (5, 9, 10), (3, 4, 12), (2, 3, 6)] {
      let picture = try CircuitPicture(result(columns: columns, steps: steps))
      #expect(picture.stack.panels.count == 1 && picture.stack.panels[0].layers.count == kept)
      let more = columns * steps - kept
      #expect(picture.notes.count == (more > 0 ? 1 : 0))
      #expect(picture.notes.allSatisfy { $0.contains("\(more) more") })
      guard steps == 100 else { continue }
      #expect(picture.stack.panels[0].layers.compactMap(\.title).last == "R = 99")
    }
  }

  /// The phase of a long delay runs on beyond half a turn, and a zero leaves a gap.
  @Test func phasesDoNotJump() throws {
    let frequencies = (1...100).map { Double($0) }
    let values = frequencies.map { f in
      f == 50 ? Complex(0) : Complex(modulus: 10, argument: -0.5 * f)
    }
    let curve = ResultCurve(
      .voltage("V(out)", isComplex: true), abscissas: frequencies, .complex(values))
    let picture = try CircuitPicture(
      CircuitResult(
        title: "", analysis: .ac, isComplete: true, abscissa: .init("frequency", unit: "Hz"),
        curves: [curve]))
    guard case .line(_, let decibels, _, _, _, _) = picture.stack.panels[0].layers[0],
      case .line(_, let degrees, _, _, _, _) = picture.stack.panels[1].layers[0]
    else { return #expect(Bool(false), "no lines") }
    for (index, f) in frequencies.enumerated() where f != 50 {
      #expect(abs(decibels[index] - 20) < 1e-9)
      let expected: Double = -90 * f / Double.pi
      #expect(abs(degrees[index] - expected) < 1e-9)
    }
    #expect(degrees[49].isNaN)
  }
}
