import Foundation
import Numerics
import TestSupport
import Testing

@testable import Waveforms

@Suite struct CircuitResultTests {
  private func read(
    _ format: ResultFormat, _ schema: ResultSchema, count: Int = 5, ragged: Bool = false
  ) throws -> CircuitResult {
    try Scratch.with { folder in
      let path = folder.appendingPathComponent("result").path
      try ResultSample.write(format, schema, to: path, count: count, ragged: ragged)
      return try CircuitResult.read(path)
    }
  }

  private func read(_ text: String) throws -> CircuitResult {
    try Scratch.with { folder in
      let path = folder.appendingPathComponent("result").path
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return try CircuitResult.read(path)
    }
  }

  private func reason(_ text: String) throws -> String {
    do {
      _ = try read(text)
      return "none"
    } catch let error as FileError {
      #expect(error.problem == .malformed)
      return error.reason
    }
  }

  /// All formats give back each number to the bit.
  @Test(arguments: ResultFormat.allCases, [false, true])
  func numbersComeBack(_ format: ResultFormat, _ complex: Bool) throws {
    for steps in [[], ResultSample.steps] {
      let ragged = !complex && !steps.isEmpty
      let schema = ResultSample.schema(steps, common: complex, complex: complex)
      let result = try read(format, schema, ragged: ragged)
      #expect(result.isComplete && result.analysis == (complex ? .ac : .tran))
      #expect(result.abscissa?.name == (complex ? "frequency" : "time"))
      #expect(result.abscissa?.unit == (complex ? "Hz" : "s"))
      try #require(result.curves.count == 4 * schema.stepCount)
      for (index, curve) in result.curves.enumerated() {
        let (step, column) = (index / 4, index % 4)
        let points = 0..<(5 + (ragged ? step : 0))
        #expect(curve.abscissas == points.map(ResultSample.time))
        let numbers = points.map { ResultSample.values(step, $0)[column] }
        let isRaw = format == .raw || format == .rawText
        let expected: ResultCurve.Points =
          complex && (isRaw || column < 3)
          ? .complex(numbers.map { Complex($0, -2 * $0) }) : .real(numbers)
        #expect(curve.values == expected, "\(format) \(curve.column.label)")
        let label = ["V(out)", "v(a, b)", "I(V1)", "{V(out)/2}"][column]
        #expect(curve.column.label.filter { $0 != " " } == label.filter { $0 != " " })
        #expect(curve.column.kind == [.voltage, .voltage, .current, .other][column])
        #expect(curve.column.unit == ["V", "V", "A", nil][column])
        let values = schema.text(ofStep: step).replacingOccurrences(of: ".0", with: "")
        let isText = format == .csv || format == .prn
        #expect(curve.stepLabel == (steps.isEmpty ? nil : isText ? "step = \(step + 1)" : values))
      }
      #expect(result.title == (format == .csv || format == .prn ? "" : schema.title))
    }
  }

  @Test(arguments: ResultFormat.allCases) func operatingPoints(_ format: ResultFormat) throws {
    var schema = ResultSample.schema(ResultSample.steps)
    schema.analysis = .op
    schema.abscissa = nil
    let result = try read(format, schema, count: 1)
    #expect(result.abscissa == nil)
    let values = result.curves.filter { $0.column.label == "I(V1)" }.flatMap { curve -> [Double] in
      if case .real(let values) = curve.values { values } else { [] }
    }
    #expect(values == (0..<6).map { ResultSample.values($0, 0)[2] })
    let isNumbered = format == .csv
    #expect(result.curves.count == (isNumbered ? 4 : 24))
  }

  @Test(arguments: ResultFormat.allCases) func incompleteFilesSaySo(_ format: ResultFormat) throws {
    try Scratch.with { folder in
      let path = folder.appendingPathComponent("result").path
      let stream = try format.open(ResultSample.schema(), at: path)
      try stream.begin(step: 0)
      try stream.append(0, [1, 2, 3, 4].span)
      try stream.finish(isComplete: false)
      #expect(try !CircuitResult.read(path).isComplete)
    }
  }

  @Test func filesOfOthers() throws {
    let xyce = try read(
      "TIME       V(a,b)      {V(1)*2}\r\n 0.0e+00  1.0  2.0\r\n1e-3 1.5 3\r\nEnd of Xyce(TM) Run\r\n"
    )
    #expect(xyce.curves.map(\.column.label) == ["V(a,b)", "{V(1)*2}"])
    #expect(xyce.curves[0].abscissas == [0, 1e-3] && xyce.curves[1].values == .real([2, 3]))
    let noise = try read("FREQ,ONOISE,INOISE\n1,1e-9,2e-9\n10,1e-9,2e-9\n")
    #expect(noise.analysis == .noise)
    let ngspice = try read(
      """
      Title: * c
      Date: Thu Jan  1 00:00:00  1970
      Command: ngspice-39
      Plotname: AC Analysis
      Flags: complex
      No. Variables: 2
      No. Points: 2
      Variables:
      \t0\tfrequency\tfrequency grid=3
      \t1\tv(2)\tvoltage
      Values:
       0\t1.000000000000000e+00,0.000000000000000e+00
      \t5.0e-01,-5.0e-01

       1\t1.000000000000000e+01,0.000000000000000e+00
      \t2.5e-01,-2.5e-01

      """)
    #expect(ngspice.abscissa == .init("frequency", unit: "Hz"))
    #expect(ngspice.curves[0].values == .complex([Complex(0.5, -0.5), Complex(0.25, -0.25)]))
  }

  @Test func mistakesHaveTheirPlace() throws {
    #expect(try reason("TIME,V(a)\n0,1\n1,x2\n") == "line 3: 'x2' is no number")
    #expect(try reason("TIME,V(a)\n0,1\n1\n") == "line 3 has 1 numbers in place of 2")
    #expect(try reason("TIME,V(a)\n0,1\n1,2,3\n") == "line 3 has more than 2 numbers")
    #expect(try reason("Index TIME V(a)\n0 0 1\nEnde\n").hasPrefix("line 3: 'Ende'"))
    #expect(try reason("") == "it is no result file")
    #expect(try reason("\u{1}\u{2}\n1\n") == "it is no result file")
    let head = "Title: t\nPlotname: Transient Analysis\nFlags: real\nNo. Variables: 2\n"
    let names = "Variables:\n\t0\ttime\ttime\n\t1\tv(a)\tvoltage\n"
    #expect(try reason(head + "No. Points: many\n").hasPrefix("line 5: 'many'"))
    #expect(try reason(head + "Variables:\n\t0\ttime\ttime\n") == "it ends among the variables")
    #expect(
      try reason(head + "No. Points: 9223372036854775807\n" + names + "Binary:\nabc")
        .contains("the file is cut off"))
    #expect(
      try reason(head + "No. Points: 1\n" + names + "Values:\n0 0\n\tone\n")
        == "line 11: 'one' is no number")
    #expect(try reason(head).contains("the header ends"))
  }

  /// Whatever happens to a file, reading gives a result or a `FileError`.
  @Test(arguments: [ResultFormat.raw, .rawText, .csv, .prn], [false, true])
  func damagedFiles(_ format: ResultFormat, _ complex: Bool) throws {
    try Scratch.with { folder in
      let path = folder.appendingPathComponent("result").path
      let schema = ResultSample.schema(ResultSample.steps, common: true, complex: complex)
      try ResultSample.write(format, schema, to: path, count: 4)
      let good = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      var random = RandomStream(seed: 11, purpose: .corruption)
      var failures = 0
      for _ in 0..<300 {
        do {
          _ = try Self.reading(Self.damaged(good, &random), path)
        } catch is FileError { failures += 1 }
      }
      #expect(failures > 30, "hardly any damage was noticed")
    }
  }

  private static func reading(_ bytes: [UInt8], _ path: String) throws -> CircuitResult {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return try CircuitResult.read(path)
  }

  /// A byte changed, a piece gone, twice there, or exchanged for what readers stumble upon.
  private static func damaged(_ good: [UInt8], _ random: inout RandomStream) -> [UInt8] {
    func position(_ count: Int) -> Int { min(count - 1, Int(random.uniform() * Double(count))) }
    var bytes = good
    for _ in 0...position(3) where !bytes.isEmpty {
      let place = position(bytes.count)
      let end = min(bytes.count, place + 1 + position(40))
      switch position(6) {
      case 0: bytes[place] = UInt8(position(256))
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3: bytes.removeSubrange(place...)
      case 4:
        let words = [
          "-1", "99999999999999999999", ",", "\n", "nan", "0x", "\"", "Values:", "\0", "é",
        ]
        bytes.replaceSubrange(place..<end, with: words[position(words.count)].utf8)
      default: bytes.swapAt(place, end - 1)
      }
    }
    return bytes
  }

  /// Datasets that say they are results and are not: each part in turn goes or changes.
  @Test func strangeDatasets() throws {
    try Scratch.with { folder in
      let path = folder.appendingPathComponent("result.nc").path
      var errors = 0
      for common in [false, true] {
        let schema = ResultSample.schema(ResultSample.steps, common: common)
        try ResultSample.write(.netcdf, schema, to: path, count: 3, ragged: !common)
        let good = try Dataset.read(path)
        for data in Self.strange(good) {
          do { _ = try CircuitResult(data, path) } catch is FileError { errors += 1 }
        }
        var other = good
        other.attributes["analysis"] = nil
        #expect(try CircuitResult(other, path) == nil)
      }
      #expect(errors > 10)
    }
  }

  private static func strange(_ good: Dataset) -> [Dataset] {
    var all: [Dataset] = []
    func with(_ change: (inout Dataset) -> Void) {
      var data = good
      change(&data)
      all.append(data)
    }
    for index in good.variables.indices {
      with { $0.variables.remove(at: index) }
      with { $0.variables[index].axes = [] }
      with { $0.variables[index].axes.reverse() }
      with { $0.variables[index].axes.append("gone") }
      with { $0.variables[index].values = .text(["a"]) }
      with { $0.variables[index].values = .double([]) }
      with { $0.variables[index].values = .integer([Int](repeating: -3, count: 6)) }
      with { $0.variables[index].attributes["coordinates"] = "points" }
      with { $0.variables[index].attributes["quantity"] = "points" }
    }
    for index in good.axes.indices {
      with { $0.axes.remove(at: index) }
      with { $0.axes[index].coordinates = .indices(7) }
      with { $0.axes[index].coordinates = .values([]) }
      with { $0.axes[index].coordinates = .labels(["a", "b"]) }
    }
    for name in ResultSchema.Analysis.allCases {
      with { $0.attributes["analysis"] = .text(name.rawValue) }
    }
    return all
  }

  /// HDF5 prints nothing, on no thread, about files that are none.
  @Test func theLibraryKeepsQuiet() async throws {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardErrorContent]
    ) {
      try Scratch.with { folder in
        let path = folder.appendingPathComponent("result.nc").path
        try ResultSample.write(.netcdf, ResultSample.schema(), to: path, count: 3)
        let good = try Data(contentsOf: URL(fileURLWithPath: path))
        try good.prefix(good.count / 2).write(to: URL(fileURLWithPath: path))
        let isDone = DispatchSemaphore(value: 0)
        Thread {
          #expect(throws: FileError.self) { try CircuitResult.read(path) }
          isDone.signal()
        }.start()
        isDone.wait()
      }
    }
    let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(!said.contains("HDF5"), "\(said)")
  }
}
