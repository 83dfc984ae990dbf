import Testing

/// The plan of docs/architecture.md, enforced: arrows only go down, and each C library has exactly
/// one importer.
@Suite struct LayerTests {
  static let floors: [String: Int] = [
    "Numerics": 0, "Ranks": 0,
    "Schematic": 1, "Integration": 1, "Readout": 1, "AssociativeMemory": 1, "Waveforms": 1,
    "Pictures": 1,
    "Netlist": 2, "Devices": 2,
    "Simulation": 3, "Networks": 3,
    "Energy": 4,
    "Experiments": 5,
    "Sweep": 6,
    "Commands": 7, "Benchmarks": 7,
  ]
  static let importers: [String: String] = [
    "CLAPACK": "Numerics", "CFFTW": "Numerics", "CSundials": "Integration", "CPNG": "Pictures",
    "CNetCDF": "Waveforms", "CPopt": "Commands", "CSQLite": "Sweep", "CMPI": "Ranks",
  ]
  /// Arrows that go down and are not wanted all the same.
  static let forbidden: Set<String> = ["Experiments > Netlist"]

  @Test func arrowsOnlyGoDown() throws {
    for file in try SourceFile.all(in: ["Sources"], endings: [".swift"]) {
      let floor = try #require(Self.floors[file.room], "\(file.path): a room without a floor")
      for module in file.imports {
        guard let below = Self.floors[module] else { continue }
        #expect(below < floor, "\(file.path) imports \(module), which is not below it")
        #expect(
          !Self.forbidden.contains("\(file.room) > \(module)"),
          "\(file.path) may not import \(module)")
      }
    }
  }

  @Test func everyShimHasExactlyOneImporter() throws {
    var rooms: [String: Set<String>] = [:]
    for file in try SourceFile.swift() {
      for module in file.imports where Self.importers[module] != nil {
        rooms[module, default: []].insert(file.room)
      }
    }
    let shims = try SourceFile.all(in: ["Sources"], endings: ["module.modulemap"]).map(\.room)
    #expect(shims.count >= 6)
    for shim in shims {
      let wanted = try #require(Self.importers[shim], "\(shim): a shim without an importer's name")
      #expect(rooms[shim] == [wanted], "\(shim) is imported by \(rooms[shim] ?? [])")
    }
  }

  @Test func importsAreFoundWhateverStandsBefore() {
    let file = SourceFile(
      path: "Sources/A/B.swift",
      lines: [
        "import C", "public import D", "@testable import E", "  import F", "import struct G.H",
        "// import I", "let text = \"import J\"",
      ])
    #expect(file.imports == ["C", "D", "E", "F", "G"])
    #expect(file.room == "A")
  }
}
