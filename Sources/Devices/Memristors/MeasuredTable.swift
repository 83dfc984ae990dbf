import Numerics
import Schematic

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A function given by points, straight between them and constant outside.
struct MeasuredTable: Sendable {
  private let places: [Double]
  private let values: [Double]

  /// - Precondition: two points or more, at increasing places.
  init(places: [Double], values: [Double]) {
    precondition(places.count > 1 && places.count == values.count, "a table has two points")
    self.places = places
    self.values = values
  }

  var first: Double { places[0] }
  var last: Double { places[places.count - 1] }

  func value<Scalar: RealScalar>(_ place: Scalar) -> Scalar {
    let x = place.value
    if x <= first { return Scalar(values[0]) }
    if x >= last { return Scalar(values[values.count - 1]) }
    var (low, high) = (0, places.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if places[middle] <= x { low = middle } else { high = middle }
    }
    let slope = (values[high] - values[low]) / (places[high] - places[low])
    return Scalar(values[low]) + slope * (place - Scalar(places[low]))
  }
}

/// The tables that a circuit's memristors read, each file once.
struct MeasuredTables {
  private var known: [String: MeasuredTable] = [:]
  /// Longer files are not tables of one device.
  private static let sizeLimit = 1 << 26

  /// - Parameter path: as the deck's reader has resolved it.
  /// - Throws: what is wrong with the file, at the place of its name.
  mutating func table(_ path: String, at origin: Origin) throws(Fault) -> MeasuredTable {
    if let table = known[path] { return table }
    guard let bytes = Self.read(path) else {
      throw Fault(
        "no-such-file", "cannot read '\(path)', the table of a memristor", at: origin,
        help: "name the files of model level 4 with fxpdata= and fxmdata=")
    }
    let table = try Self.parse(bytes, path, origin)
    known[path] = table
    return table
  }

  private static func parse(
    _ bytes: [UInt8], _ path: String, _ origin: Origin
  ) throws(Fault) -> MeasuredTable {
    var (places, values): ([Double], [Double]) = ([], [])
    var line = 0
    for text in bytes.split(separator: 10, omittingEmptySubsequences: false) {
      line += 1
      let words = text.split { $0 <= 32 || $0 == 44 || $0 == 59 }
      guard let start = words.first?.first, start != 35, start != 42 else { continue }
      let pair = words.prefix(2).compactMap { Double(String(decoding: $0, as: UTF8.self)) }
      guard pair.count == 2, pair.allSatisfy(\.isFinite) else {
        throw Fault(
          "malformed-file", "line \(line) of '\(path)' is not a state and a speed", at: origin)
      }
      if let last = places.last, !(pair[0] > last) {
        throw Fault(
          "points-not-increasing", "the states of '\(path)' do not increase at line \(line)",
          at: origin)
      }
      places.append(pair[0])
      values.append(pair[1])
    }
    guard places.count > 1 else {
      throw Fault("malformed-file", "'\(path)' has fewer than two points", at: origin)
    }
    return MeasuredTable(places: places, values: values)
  }

  private static func read(_ path: String) -> [UInt8]? {
    guard !path.utf8.contains(0) else { return nil }
    let descriptor = open(path, O_RDONLY | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = block.withUnsafeMutableBytes { systemRead(descriptor, $0) }
      if got < 0 || bytes.count > sizeLimit { return nil }
      if got == 0 { return bytes }
      bytes += block[..<got]
    }
  }

  private static func systemRead(
    _ descriptor: Int32, _ target: UnsafeMutableRawBufferPointer
  ) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, target.baseAddress, target.count)
    #elseif canImport(Musl)
      Musl.read(descriptor, target.baseAddress, target.count)
    #else
      Darwin.read(descriptor, target.baseAddress, target.count)
    #endif
  }
}
