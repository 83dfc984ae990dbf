import Foundation
import Numerics
import Testing
import Waveforms

/// A fresh directory for one test.
func scratchDirectory() throws -> URL {
  let directory = FileManager.default.temporaryDirectory
    .appendingPathComponent("oscine-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  return directory
}

func contents(_ directory: URL) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
}

@Suite struct DatasetTests {
  static let sample = Dataset(
    axes: [
      Axis("trial", .indices(3)),
      Axis("pattern", .labels(["chelsea", "café, \"noir\""]), longName: "stored image"),
      Axis("time", .values([0, 1e-9, 2.5e-9, 4e-9]), unit: "s", grows: true),
    ],
    variables: [
      Variable(
        "error", axes: ["trial", "time"], unit: "1", longName: "rms phase error",
        .double((0..<12).map { $0 == 5 ? .nan : Double($0) / 7 })),
      Variable("energy", axes: ["pattern"], unit: "J", .single([1.5e-9, 2])),
      Variable("order", axes: ["trial"], .complex([.i, Complex(1, -2), Complex(0.1, 0.2)])),
      Variable("success", axes: ["trial"], .boolean([true, false, true])),
      Variable("seed", .integer([-9_007_199_254_740_993])),
      Variable("level", axes: ["pattern"], .byte([0, 255])),
      Variable("name", axes: ["pattern"], .text(["", "µ"]), attributes: ["note": "labels"]),
    ],
    attributes: [
      "title": "recall", "seed": 7, "temperature": 300.5, "reachedStop": 1,
      "spread": .reals([0.25, 0.5]), "standIns": .texts(["a", "b"]), "empty": "",
    ])

  @Test func roundTrip() throws {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appendingPathComponent("run.nc").path
    try Self.sample.write(to: path)
    #expect(try contents(directory) == ["run.nc"])
    var back = try Dataset.read(path)
    guard case .double(var values)? = back["error"]?.values else {
      Issue.record("error is not double")
      return
    }
    #expect(values[5].isNaN)
    var expected = Self.sample
    guard case .double(var wanted) = expected.variables[0].values else { return }
    values[5] = 0
    wanted[5] = 0
    back.variables[0].values = .double(values)
    expected.variables[0].values = .double(wanted)
    #expect(back == expected)
  }

  /// Large variables are compressed; large attributes (a whole deck) survive.
  @Test func largeThings() throws {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appendingPathComponent("large.nc").path
    let deck = String(repeating: "X1 a b sto ; comment µ\n", count: 20_000)
    let values = (0..<600_000).map { Double($0 / 1000) }
    let data = Dataset(
      axes: [Axis("trial", .indices(600)), Axis("time", .indices(1000))],
      variables: [Variable("phase", axes: ["trial", "time"], .double(values))],
      attributes: ["deck": .text(deck)])
    try data.write(to: path)
    let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
    #expect(size < 1_000_000)
    #expect(try Dataset.read(path) == data)
  }

  @Test func xarrayOpensIt() throws {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appendingPathComponent("run.nc").path
    try Self.sample.write(to: path)
    let script = """
      import sys
      try:
          import numpy, xarray
      except ImportError:
          print('absent'); sys.exit(0)
      d = xarray.open_dataset(sys.argv[1])
      assert dict(d.sizes) == {'trial': 3, 'pattern': 2, 'time': 4, 'part': 2}, d.sizes
      assert d.error.attrs == {'units': '1', 'long_name': 'rms phase error'}, d.error.attrs
      assert float(d.error.sel(trial=2, time=1e-9)) == 9 / 7
      assert numpy.isnan(d.error.values[1, 1])
      assert d.time.attrs['units'] == 's' and d.time.dtype == 'float64'
      assert float(d.energy.sel(pattern='chelsea')) == numpy.float32(1.5e-9)
      assert list(d.order.sel(part='imaginary').values) == [1, -2, 0.2]
      assert list(d.success.values) == [True, False, True] and d.success.dtype == bool
      assert int(d.seed) == -9007199254740993
      assert d.attrs['title'] == 'recall' and d.attrs['temperature'] == 300.5
      print('good')
      """
    let said = try python(script, [path])
    if said == "absent" {
      print("xarray is not installed: the file was not opened with it")
    } else {
      #expect(said == "good")
    }
  }

  @Test func hostileFiles() throws {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appendingPathComponent("run.nc").path
    try Self.sample.write(to: path)
    let good = try Data(contentsOf: URL(fileURLWithPath: path))
    let bad = directory.appendingPathComponent("bad.nc")
    for length in [0, 3, 8, 100, good.count / 2, good.count - 1] {
      try good.prefix(length).write(to: bad)
      #expect(throws: FileError.self) { try Dataset.read(bad.path) }
    }
    try Data("not a NetCDF file at all, just text".utf8).write(to: bad)
    #expect(
      throws: FileError(bad.path, .malformed, "it is not a NetCDF file")
    ) { try Dataset.read(bad.path) }
    #expect(throws: FileError(path + "x", .unreadable, "no such file or directory")) {
      try Dataset.read(path + "x")
    }
    #expect(throws: FileError(directory.path, .unreadable, "it is a directory")) {
      try Dataset.read(directory.path)
    }
    #expect(throws: FileError.self) { try Dataset.read(path, limit: 100) }
    #expect(throws: FileError.self) { try Dataset.read("http://localhost/x.nc") }
  }

  @Test func unwritablePlaces() throws {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let missing = directory.appendingPathComponent("no/such/run.nc").path
    #expect(throws: FileError(missing, .unwritable, "no such file or directory")) {
      try Self.sample.write(to: missing)
    }
    #expect(throws: FileError(directory.path, .unwritable, "it is not a regular file")) {
      try Self.sample.write(to: directory.path)
    }
    #expect(throws: FileError("/dev/null", .unwritable, "it is not a regular file")) {
      try Self.sample.write(to: "/dev/null")
    }
    #expect(try contents(directory).isEmpty)
  }

  /// Output beyond the size limit of a process fails as a full disk does: nothing stays behind.
  @Test func fullDisk() async {
    await #expect(processExitsWith: .success) {
      let directory = try scratchDirectory()
      defer { try? FileManager.default.removeItem(at: directory) }
      let path = directory.appendingPathComponent("run.nc").path
      let old = Data("an older file".utf8)
      try old.write(to: URL(fileURLWithPath: path))
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
      setrlimit(__rlimit_resource_t(1), &limit)
      var stream = RandomStream(seed: 1, purpose: .patterns)
      let noise = (0..<100_000).map { _ in stream.uniform() }
      let data = Dataset(
        axes: [Axis("time", .indices(noise.count))],
        variables: [Variable("noise", axes: ["time"], .double(noise))])
      #expect(throws: FileError.self) { try data.write(to: path) }
      #expect(throws: FileError.self) {
        try NumPyArray(shape: [noise.count], .float64(noise)).write(to: path)
      }
      #expect(try contents(directory) == ["run.nc"])
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == old)
    }
  }
}

/// What Python says to a script; "absent" where there is no Python.
func python(_ script: String, _ arguments: [String]) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", "-c", script] + arguments
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let said = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  if process.terminationStatus == 127 { return "absent" }
  return String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
}
