import Foundation
import Numerics
import TestSupport
import Testing

@testable import Waveforms

/// Schemas and points that the tests of result files share.
enum ResultSample {
  static let columns: [ResultColumn] = [
    .voltage("V(out)"), .voltage("v(a, b)"), .current("I(V1)"),
    ResultColumn("{V(out)/2}", unit: nil, kind: .other),
  ]

  static func schema(
    _ steps: [ResultStep] = [], common: Bool = false, complex: Bool = false
  ) -> ResultSchema {
    var abscissa = complex ? ResultAbscissa.frequency : ResultAbscissa.time
    abscissa.isCommon = common
    var columns = columns
    if complex { for index in 0..<3 { columns[index].isComplex = true } }
    return ResultSchema(
      title: "an RC, \"stepped\"", analysis: complex ? .ac : .tran, abscissa: abscissa,
      columns: columns, steps: steps, attributes: ["deck": "R1 a b 1k"])
  }

  static let steps = [
    ResultStep("R1", unit: "ohm", values: [100, 200, 300]), ResultStep("TEMP", values: [27, 85]),
  ]

  static func values(_ step: Int, _ point: Int) -> [Double] {
    let scales: [Double] = [1, 1e-3, 1e-6, 1e-9]
    return scales.indices.map { (index: Int) -> Double in
      let angle = Double(point + 7 * step) / Double(3 + index)
      return sin(angle) * scales[index]
    }
  }

  static func time(_ point: Int) -> Double { Double(point) * 1e-9 / 3 }

  /// Writes all steps, `count` points each, growing by one a step if `ragged`.
  static func write(
    _ format: ResultFormat, _ schema: ResultSchema, to path: String, count: Int,
    ragged: Bool = false
  ) throws {
    let stream = try format.open(schema, at: path)
    for step in 0..<schema.stepCount {
      try stream.begin(step: step)
      for point in 0..<(count + (ragged ? step : 0)) {
        let values = values(step, point)
        if schema.isComplex {
          let pairs = values.map { Complex($0, -2 * $0) }
          try stream.append(time(point), pairs.span)
        } else {
          try stream.append(time(point), values.span)
        }
      }
      try stream.end(step: step)
    }
    try stream.finish(isComplete: true, attributes: ["steps": 17])
  }
}

@Suite struct ResultStreamTests {
  @Test(arguments: ResultFormat.allCases)
  func appearsWholeOrNotAtAll(_ format: ResultFormat) throws {
    try Scratch.with { folder in
      let path = folder.appendingPathComponent("run.x").path
      let values = [1.0, 2, 3, 4]
      do {
        let stream = try format.open(ResultSample.schema(), at: path)
        try stream.begin(step: 0)
        for point in 0..<10_000 { try stream.append(Double(point), values.span) }
        #expect(!FileManager.default.fileExists(atPath: path))
        stream.discard()
        #expect(try Scratch.contents(folder).isEmpty)
      }
      do {
        let stream = try format.open(ResultSample.schema(), at: path)
        try stream.begin(step: 0)
      }
      #expect(try Scratch.contents(folder).isEmpty, "a stream that went away left something")
      let stream = try format.open(ResultSample.schema(), at: path)
      try stream.begin(step: 0)
      for point in 0..<5000 { try stream.append(Double(point), values.span) }
      try stream.finish(isComplete: false, attributes: ["reason": "interrupted"])
      let names = try Scratch.contents(folder)
      #expect(names == (format == .csv ? ["run.x", "run.x.incomplete"] : ["run.x"]))
      try ResultSample.write(format, ResultSample.schema(), to: path, count: 3)
      #expect(try Scratch.contents(folder) == ["run.x"])
    }
  }

  @Test func textIsAsWritten() throws {
    try Scratch.with { folder in
      let path = folder.appendingPathComponent("run.csv").path
      let schema = ResultSample.schema([ResultStep("R1", values: [1, 2])])
      func text(_ format: ResultFormat, _ schema: ResultSchema) throws -> [String] {
        let stream = try format.open(schema, at: path)
        for step in 0..<schema.stepCount {
          try stream.begin(step: step)
          try stream.append(0, [1, 0.1, -1e-15, .nan].span)
          try stream.append(
            1.0 / 3, [Double(step), .leastNonzeroMagnitude, 1.7976931348623157e308, 0].span)
          try stream.end(step: step)
        }
        try stream.finish(isComplete: true)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return text.components(separatedBy: "\n")
      }
      #expect(
        try text(.csv, schema) == [
          "TIME,V(out),\"v(a, b)\",I(V1),{V(out)/2}", "0.0,1.0,0.1,-1e-15,nan",
          "0.3333333333333333,0.0,5e-324,1.7976931348623157e+308,0.0", "0.0,1.0,0.1,-1e-15,nan",
          "0.3333333333333333,1.0,5e-324,1.7976931348623157e+308,0.0", "",
        ])
      #expect(
        try text(.prn, schema) == [
          "Index TIME V(out) v(a,b) I(V1) {V(out)/2}", "0 0.0 1.0 0.1 -1e-15 nan",
          "1 0.3333333333333333 0.0 5e-324 1.7976931348623157e+308 0.0",
          "0 0.0 1.0 0.1 -1e-15 nan",
          "1 0.3333333333333333 1.0 5e-324 1.7976931348623157e+308 0.0",
          "End of Xyce(TM) Parameter Sweep", "",
        ])
      #expect(
        try text(.prn, ResultSample.schema()).suffix(2) == ["End of Xyce(TM) Simulation", ""])
      let complex = ResultSample.schema(complex: true)
      try ResultSample.write(.csv, complex, to: path, count: 1)
      let head = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")[0]
      #expect(
        head == "FREQ,Re(V(out)),Im(V(out)),\"Re(v(a, b))\",\"Im(v(a, b))\",Re(I(V1)),Im(I(V1)),"
          + "{V(out)/2}")
    }
  }

  /// The layouts that the head of NetCDFResult.swift describes, across block borders.
  @Test(arguments: [(false, 5000), (true, 5000), (false, 3)])
  func netCDFLayouts(_ common: Bool, _ count: Int) throws {
    try Scratch.with { folder in
      let path = folder.appendingPathComponent("run.netcdf").path
      let schema = ResultSample.schema(ResultSample.steps, common: common)
      try ResultSample.write(.netcdf, schema, to: path, count: count, ragged: !common)
      let data = try Dataset.read(path)
      #expect(data.attributes["complete"] == 1 && data.attributes["steps"] == 17)
      #expect(data.attributes["deck"]?.text == "R1 a b 1k")
      #expect(data.axis("R1")?.coordinates == .values([100, 200, 300]))
      let out = try #require(data["V(out)"])
      #expect(out.axes == ["TEMP", "R1", common ? "time" : "point"])
      #expect(out.unit == "V" && data["_{V(out)_2}"]?.longName == "{V(out)/2}")
      let numbers = try #require(out.values.doubles)
      let length = common ? count : count + 5
      for step in 0..<6 {
        let own = common ? count : count + step
        for point in [0, 1, own - 1] {
          #expect(numbers[step * length + point] == ResultSample.values(step, point)[0])
        }
        #expect(own == length || numbers[step * length + own].isNaN)
      }
      if common {
        let times = (0..<count).map(ResultSample.time)
        #expect(data.axis("time")?.coordinates == .values(times))
      } else {
        #expect(data["points"]?.values.integers == (0..<6).map { count + $0 })
        #expect(data["time"]?.axes == ["TEMP", "R1", "point"])
      }
    }
  }

  @Test func operatingPointsAndComplexColumns() throws {
    try Scratch.with { folder in
      let path = folder.appendingPathComponent("run.netcdf").path
      var schema = ResultSample.schema(ResultSample.steps)
      schema.analysis = .op
      schema.abscissa = nil
      try ResultSample.write(.netcdf, schema, to: path, count: 1)
      let points = try Dataset.read(path)
      #expect(points["V(out)"]?.axes == ["TEMP", "R1"])
      #expect(
        points["I(V1)"]?.values.doubles == (0..<6).map { ResultSample.values($0, 0)[2] })
      try ResultSample.write(
        .netcdf, ResultSample.schema(complex: true), to: path, count: 5000)
      let sweep = try Dataset.read(path)
      let value = ResultSample.values(0, 4500)[0]
      #expect(sweep["V(out)"]?.values.complexes?[4500] == Complex(value, -2 * value))
      #expect(sweep["V(out)"]?.axes == ["frequency"])
      #expect(sweep["_{V(out)_2}"]?.values.doubles?[4500] == ResultSample.values(0, 4500)[3])
    }
  }

  @Test func commonPointsMustBeCommon() throws {
    try Scratch.with { folder in
      let path = folder.appendingPathComponent("run.netcdf").path
      let schema = ResultSample.schema([ResultStep("R", values: [1, 2])], common: true)
      let stream = try ResultFormat.netcdf.open(schema, at: path)
      for (step, time) in [(0, 1.0), (1, 2.0)] {
        try stream.begin(step: step)
        try stream.append(time, [1, 2, 3, 4].span)
        if step == 0 { try stream.end(step: 0) }
      }
      #expect(throws: FileError.self) { try stream.end(step: 1) }
      stream.discard()
      #expect(try Scratch.contents(folder).isEmpty)
    }
  }

  @Test func wideResultsKeepSmallBuffers() {
    var schema = ResultSample.schema()
    #expect(schema.blockLength == 4096)
    schema.columns = (0..<20_000).map { .voltage("V(\($0))") }
    #expect(schema.blockLength * 20_001 <= ResultFile.blockNumbersMaximum)
    schema.abscissa?.countExpected = 7
    #expect(schema.blockLength == 7)
  }

  @Test func xarrayOpensThem() throws {
    try Scratch.with { folder in
      let common = folder.appendingPathComponent("common.nc").path
      let ragged = folder.appendingPathComponent("ragged.nc").path
      try ResultSample.write(
        .netcdf, ResultSample.schema(ResultSample.steps, common: true), to: common, count: 20)
      try ResultSample.write(
        .netcdf, ResultSample.schema(ResultSample.steps), to: ragged, count: 20, ragged: true)
      let script = """
        import sys
        try:
            import numpy, xarray
        except ImportError:
            print('absent'); sys.exit(0)
        d = xarray.open_dataset(sys.argv[1])
        assert dict(d.sizes) == {'TEMP': 2, 'R1': 3, 'time': 20}, d.sizes
        assert d['V(out)'].sel(R1=200, TEMP=85).shape == (20,)
        assert d.time.attrs['units'] == 's' and d.attrs['complete'] == 1
        d = xarray.open_dataset(sys.argv[2])
        assert dict(d.sizes) == {'TEMP': 2, 'R1': 3, 'point': 25}, d.sizes
        assert 'time' in d.coords and d.time.dims == ('TEMP', 'R1', 'point')
        assert int(d.points.sel(R1=300, TEMP=85)) == 25
        assert int(numpy.isnan(d['V(out)'].values).sum()) == 15
        print('good')
        """
      let said = try python(script, [common, ragged])
      if said == "absent" {
        print("xarray is not installed: the files were not opened with it")
      } else {
        #expect(said == "good")
      }
    }
  }

  static let ngspice = FileManager.default.isExecutableFile(atPath: "/usr/bin/ngspice")

  @Test(.enabled(if: ngspice, "ngspice is not installed"), arguments: [false, true])
  func ngspiceLoadsThem(_ complex: Bool) throws {
    try Scratch.with { folder in
      for format in [ResultFormat.raw, .rawText] {
        let path = folder.appendingPathComponent("run.raw").path
        try ResultSample.write(
          format, ResultSample.schema([ResultStep("R", values: [1, 2])], complex: complex),
          to: path, count: 5000)
        let deck = folder.appendingPathComponent("load.cir")
        try """
        * loads a file
        .control
        load run.raw
        print length(v(out))
        print v(out)[4999]
        quit
        .endc
        .end

        """.write(to: deck, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ngspice")
        process.arguments = ["-b", "load.cir"]
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(said.contains("length(v(out)) = 5.000000e+03"), "\(said)")
        let last = String(format: "%.5e", ResultSample.values(1, 4999)[0])
        #expect(said.contains(last), "\(said)")
      }
    }
  }
}
