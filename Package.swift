// swift-tools-version: 6.2
// The rooms of Oscine, floor by floor (docs/architecture.md). Arrows only go down; each C library
// sits behind one shim target with exactly one importer.

import PackageDescription

struct Room {
  let name: String
  var uses: [String] = []
  /// Rooms with inner loops are optimised in debug builds too: they would be 100 times slower.
  var kernels = false
  var executable: String?
}

#if os(macOS)
  let linkedNetCDF: String? = "netcdf"
#else
  let linkedNetCDF: String? = nil
#endif

let shims: [Target] = [
  .systemLibrary(
    name: "CSundials", path: "Sources/CSundials",
    providers: [.apt(["libsundials-dev"]), .brew(["sundials"])]),
  .systemLibrary(
    name: "CFFTW", path: "Sources/CFFTW", pkgConfig: "fftw3",
    providers: [.apt(["libfftw3-dev"]), .brew(["fftw"])]),
  .systemLibrary(
    name: "CLAPACK", path: "Sources/CLAPACK", pkgConfig: "lapacke",
    providers: [.apt(["libopenblas-dev", "liblapacke-dev"]), .brew(["openblas"])]),
  .systemLibrary(
    name: "CPNG", path: "Sources/CPNG", pkgConfig: "libpng",
    providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
  // loads its library itself when it is first needed
  .systemLibrary(
    name: "CNetCDF", path: "Sources/CNetCDF", pkgConfig: linkedNetCDF,
    providers: [.apt(["libnetcdf-dev"]), .brew(["netcdf"])]),
  .systemLibrary(
    name: "CPopt", path: "Sources/CPopt", pkgConfig: "popt",
    providers: [.apt(["libpopt-dev"]), .brew(["popt"])]),
  .systemLibrary(
    name: "CSQLite", path: "Sources/CSQLite", pkgConfig: "sqlite3",
    providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
  // loads its library itself when it is first needed
  .systemLibrary(name: "CMPI", path: "Sources/CMPI"),
]

let rooms: [Room] = [
  // floor 0
  Room(name: "Numerics", uses: ["CLAPACK", "CFFTW"], kernels: true),
  Room(name: "Ranks", uses: ["CMPI"]),
  // floor 1
  Room(name: "Schematic", uses: ["Numerics"]),
  Room(name: "Integration", uses: ["Numerics", "Ranks", "CSundials"], kernels: true),
  Room(name: "Readout", uses: ["Numerics"]),
  Room(name: "AssociativeMemory", uses: ["Numerics", "Ranks"], kernels: true),
  Room(name: "Waveforms", uses: ["Numerics", "CNetCDF"]),
  Room(name: "Pictures", uses: ["Numerics", "CPNG"]),
  // floor 2
  Room(name: "Netlist", uses: ["Numerics", "Schematic"]),
  Room(name: "Devices", uses: ["Numerics", "Schematic"], kernels: true),
  // floor 3
  Room(
    name: "Simulation", uses: ["Numerics", "Schematic", "Integration", "Devices"], kernels: true),
  Room(
    name: "Networks", uses: ["Numerics", "Ranks", "Integration", "Schematic"], kernels: true),
  // floor 4
  Room(name: "Energy", uses: ["Numerics", "Ranks", "Schematic", "Simulation", "Networks"]),
  // floor 5
  Room(
    name: "Experiments",
    uses: [
      "Numerics", "Ranks", "Schematic", "Integration", "Readout", "AssociativeMemory",
      "Waveforms", "Pictures", "Devices", "Simulation", "Networks", "Energy",
    ]),
  // floor 6
  Room(
    name: "Sweep",
    uses: ["Numerics", "Ranks", "Schematic", "AssociativeMemory", "Experiments", "CSQLite"]),
  // floor 7
  Room(
    name: "Commands",
    uses: [
      "Numerics", "Ranks", "Schematic", "Integration", "Readout", "AssociativeMemory",
      "Waveforms", "Pictures", "Netlist", "Devices", "Simulation", "Networks", "Energy",
      "Experiments", "Sweep", "CPopt",
    ], executable: "oscine"),
  Room(
    name: "Benchmarks",
    uses: [
      "Numerics", "Ranks", "Schematic", "Integration", "AssociativeMemory", "Netlist", "Devices",
      "Simulation", "Networks",
    ],
    kernels: true, executable: "oscine-benchmarks"),
]

/// The same for every Swift target.
func settings(kernels: Bool) -> [SwiftSetting] {
  var all: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
  ]
  if kernels {
    all.append(.unsafeFlags(["-O"], .when(configuration: .debug)))
    // objects that one task owns are read in every step; debug builds check that nobody else does
    all.append(
      .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)))
  }
  return all
}

func dependencies(_ names: [String]) -> [Target.Dependency] { names.map { .byName(name: $0) } }

var targets = shims
for room in rooms {
  if room.executable != nil {
    targets.append(
      .executableTarget(
        name: room.name, dependencies: dependencies(room.uses), path: "Sources/\(room.name)",
        swiftSettings: settings(kernels: room.kernels)))
  } else {
    targets.append(
      .target(
        name: room.name, dependencies: dependencies(room.uses), path: "Sources/\(room.name)",
        swiftSettings: settings(kernels: room.kernels)))
  }
  if room.name == "Benchmarks" { continue }
  // decks are read against the catalogue, which the reader itself does not know
  let readsDecks = ["Simulation", "Experiments"].contains(room.name)
  let isNetlist = room.name == "Netlist"
  targets.append(
    .testTarget(
      name: "\(room.name)Tests",
      dependencies: [.byName(name: room.name), "TestSupport"]
        + dependencies(room.uses.filter { !$0.hasPrefix("C") || $0 == "Commands" })
        + (isNetlist ? ["Devices"] : []) + (readsDecks ? ["Netlist"] : []),
      path: "Tests/\(room.name)Tests", exclude: isNetlist ? ["Faulty", "Good"] : [],
      swiftSettings: settings(kernels: false)))
}
targets.append(
  .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings(kernels: false)))
// whole runs of the program; their results are read back with the rooms that read files
let suites = [
  "TidyTests": [], "Acceptance": ["Commands", "Numerics", "Pictures", "Sweep", "Waveforms"],
]
for (name, uses) in suites.sorted(by: { $0.key < $1.key }) {
  targets.append(
    .testTarget(
      name: name, dependencies: ["TestSupport"] + dependencies(uses), path: "Tests/\(name)",
      exclude: name == "Acceptance" ? ["Circuits/Shared"] : [],
      swiftSettings: settings(kernels: false)))
}

let package = Package(
  name: "oscine",
  products: rooms.compactMap { room in
    room.executable.map { .executable(name: $0, targets: [room.name]) }
  },
  targets: targets
)
