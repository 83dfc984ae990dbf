import Foundation
import TestSupport
import Testing
import Waveforms

/// recall.nc, through the project's own reader and through xarray.
@Suite struct ResultFileTests {
  @Test func axesUnitsAndShapes() throws {
    let result = try DemoRun.get().result
    let axes = ["trial": 240, "pattern": 12, "oscillator": 192, "time": 401, "term": 5]
    for (name, count) in axes { #expect(result.axis(name)?.count == count, "\(name)") }
    #expect(result.axis("pattern")?.coordinates == .labels(DemoRun.images))
    #expect(result.axis("time")?.unit == "s")
    guard case .values(let times)? = result.axis("time")?.coordinates else {
      Issue.record("time has no values")
      return
    }
    #expect(times.first == 0 && times.last == 2e-6)
    let shapes: [(String, [String], String?)] = [
      ("error", ["trial", "time"], "1"), ("energy", ["trial", "term"], "J"),
      ("energy_to_target", ["trial", "term"], "J"), ("time_to_target", ["trial"], "s"),
      ("overlap", ["trial", "pattern"], "1"), ("probe_phase", ["trial", "oscillator"], "rad"),
      ("final_phase", ["trial", "oscillator"], "rad"),
      ("target_phase", ["pattern", "oscillator"], "rad"),
      ("energy_by_time", ["time", "term"], "J"),
      ("snapshot_phase", ["pattern", "snapshot", "oscillator"], "rad"),
    ]
    for (name, axes, unit) in shapes {
      let variable = try #require(result[name], "no \(name)")
      #expect(variable.axes == axes && variable.unit == unit, "\(name)")
      #expect(variable.longName?.isEmpty == false, "\(name)")
    }
  }

  @Test func provenance() throws {
    let attributes = try DemoRun.get().result.attributes
    let deck = try String(contentsOf: Repository.file("netlists/recall.cir"), encoding: .utf8)
    #expect(attributes["deck"]?.text == deck)
    #expect(attributes["deck_path"]?.text == "netlists/recall.cir")
    #expect(attributes["seed"]?.text == "1")
    #expect(attributes["reached_stop"]?.integer == 1)
    #expect(attributes["trials_planned"]?.integer == 240)
    #expect(attributes["fidelity"]?.text == "envelope")
    #expect(attributes["thermal_noise"]?.integer == 1)
    #expect(attributes["target_error"]?.real == 0.05)
    #expect(abs(try #require(attributes["temperature_kelvin"]?.real) - 300.15) < 1e-9)
    let parameters = try #require(attributes["parameters"]?.text)
    #expect(parameters.contains("feedback=6e-05") && parameters.contains("spread=0.0001"))
    let version = try BuiltProgram.run("--version").output
    #expect(attributes["program"]?.text.map { $0 + "\n" } == version)
    let standIns = try #require(attributes["stand_ins"]?.text)
    #expect(standIns.isEmpty, "every constant is measured")
  }

  /// What `--json` tells, read without loss: JSONSerialization rounds the last bits on Linux.
  struct Told: Decodable {
    struct Trial: Decodable {
      var errorInitial: Double
      var errorFinal: Double
      var timeToTarget: Double?
      var orderParameter: Double
      var energy: [String: Double]
    }
    var trials: [Trial]
  }

  /// Bit for bit what `--json` tells.
  @Test func sameNumbersAsJSON() throws {
    let demo = try DemoRun.get()
    let result = try demo.result
    let told = try JSONDecoder().decode(Told.self, from: Data(demo.run.output.utf8)).trials
    #expect(told.count == 240)
    func stored(_ name: String) throws -> [Double] {
      try #require(result[name]?.values.doubles)
    }
    #expect(try stored("error_initial") == told.map(\.errorInitial))
    #expect(try stored("error_final") == told.map(\.errorFinal))
    #expect(try stored("order_parameter") == told.map(\.orderParameter))
    let times = try stored("time_to_target").map { $0.isNaN ? nil : $0 }
    #expect(times == told.map(\.timeToTarget))
    let terms = try #require(result.axis("term"))
    let names = (0..<terms.count).map { terms.label($0) }
    let energies = told.flatMap { trial in names.map { trial.energy[$0] ?? .nan } }
    #expect(try stored("energy") == energies)
  }

  /// What was asked of xarray; nil where Python, xarray or a reader for NetCDF-4 is missing.
  private static func xarray(_ script: String, _ file: String) throws -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      """
      import sys
      try:
          import xarray
          import netCDF4
      except ImportError:
          sys.exit(77)
      d = xarray.open_dataset(sys.argv[1], engine='netcdf4')
      \(script)
      """, file,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let told = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    if [77, 127].contains(process.terminationStatus) { return nil }
    #expect(process.terminationStatus == 0)
    return String(decoding: told, as: UTF8.self)
  }

  @Test func xarrayOpensIt() throws {
    let demo = try DemoRun.get()
    let script = """
      print([d.sizes[k] for k in "trial pattern oscillator time term snapshot".split()])
      print(d.error.dims, d.time.units, d.energy.units, d.success.dtype)
      print(d.attrs['reached_stop'], d.attrs['seed'], d.attrs['fidelity'])
      print(float(d.error.isel(time=-1).max()) < 0.05, str(d.pattern.values[0]))
      print(abs(float(d.energy.sel(term='oscillator bias')[0]) / 4.62e-8 - 1) < 1e-2)
      """
    guard let told = try Self.xarray(script, demo.folder.path + "/recall.nc") else {
      print("python3 with xarray and netCDF4 is not here: the result file was not opened by it")
      return
    }
    #expect(
      told == """
        [240, 12, 192, 401, 5, 6]
        ('trial', 'time') s J bool
        1 1 envelope
        True astronaut
        True

        """)
  }
}
