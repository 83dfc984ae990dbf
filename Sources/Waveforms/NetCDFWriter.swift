// A dataset as one NetCDF-4 file. Units and long names follow the CF conventions; labels of an
// axis are a string variable of the axis' name, which is what xarray takes for coordinates.

import CNetCDF
import Numerics
import Synchronization

/// netCDF's functions; of no use before `NetCDFLibrary.require`.
var netCDF: oscine_netcdf { NetCDFLibrary.loaded.functions }

/// The only way into netCDF: neither it nor HDF5 may be entered by two threads, and on none may
/// HDF5 print. It is loaded at the first entry.
enum NetCDFLibrary {
  private static let lock = Mutex<Void>(())
  /// And what is missing, if anything is. Loaded once, after HDF5 has been told not to lock files.
  nonisolated(unsafe) fileprivate static let loaded: (functions: oscine_netcdf, missing: String?) =
    {
      oscine_unlock_hdf5()
      var functions = oscine_netcdf()
      let missing = oscine_netcdf_load(&functions).map { String(cString: $0) }
      return (functions, missing)
    }()

  static func enter<Result>(_ body: () throws -> Result) rethrows -> Result {
    try lock.withLock { _ in
      var functions = loaded.functions
      oscine_silence_hdf5(&functions)
      return try body()
    }
  }

  /// What a function's status says.
  static func message(_ status: Int32) -> String { String(cString: netCDF.strerror(status)!) }

  /// - Throws: `FileError` with this problem where the library is not there.
  static func require(for path: String, _ problem: FileError.Problem) throws {
    guard let missing = loaded.missing else { return }
    throw FileError(path, problem, "the netCDF library cannot be loaded: \(missing)")
  }
}

/// The axis that holds the two parts of complex numbers.
enum ComplexParts {
  static let axis = "part"
  static let labels = ["real", "imaginary"]
}

extension Dataset {
  /// Writes the dataset as a NetCDF-4 file, whole or not at all.
  ///
  /// - Throws: `FileError` `unwritable`; no file is left then, and an older one of the name stays.
  public func write(to path: String) throws {
    checkConsistency()
    // HDF5 crashes the program when the disk fills up under it, so the space is claimed before.
    try WholeFile.write(to: path, reserving: sizeMaximum) { temporary in
      try NetCDFLibrary.enter {
        var writer = try NetCDFWriter(temporary, for: path)
        do {
          try writer.write(self)
        } catch {
          _ = netCDF.abort(writer.file)
          throw error
        }
        try writer.check(netCDF.close(writer.file))
      }
      try FileSeal.seal(temporary, named: path)
    }
  }
}

extension Dataset {
  /// Bytes that the file cannot exceed: everything uncompressed, and room for HDF5's own tables.
  var sizeMaximum: Int {
    let values =
      variables.map(\.values)
      + axes.map { axis -> Values in
        switch axis.coordinates {
        case .indices: .double([])
        case .values(let numbers): .double(numbers)
        case .labels(let labels): .text(labels)
        }
      }
    let facts = ([attributes] + variables.map(\.attributes)).reduce(0) { $0 + $1.size }
    return values.reduce(1 << 16) { $0 + $1.size + (1 << 14) } + facts
  }
}

extension Values {
  /// Bytes, generously.
  fileprivate var size: Int {
    switch self {
    case .text(let strings): strings.reduce(0) { $0 + $1.utf8.count + 64 }
    case .complex(let numbers): 17 * numbers.count
    default: 9 * count
    }
  }
}

extension Attributes {
  /// Bytes, generously.
  fileprivate var size: Int {
    names.reduce(0) { sum, name in
      switch self[name] {
      case .text(let text): sum + 512 + 2 * text.utf8.count
      case .texts(let texts): sum + 512 + texts.reduce(0) { $0 + $1.utf8.count + 64 }
      case .reals(let numbers): sum + 512 + 8 * numbers.count
      default: sum + 512
      }
    }
  }
}

struct NetCDFWriter {
  let path: String
  let file: Int32
  private(set) var dimensions: [String: Int32] = [:]

  /// Values from which compression pays.
  static let deflateMinimum = 4096
  /// Values in one compressed chunk, about.
  static let chunkValues = 1 << 17

  init(_ temporary: String, for path: String) throws {
    self.path = path
    try NetCDFLibrary.require(for: path, .unwritable)
    var identifier: Int32 = 0
    let status = netCDF.create(temporary, NC_NETCDF4 | NC_CLOBBER, &identifier)
    guard status == NC_NOERR else {
      throw FileError(path, .unwritable, NetCDFLibrary.message(status))
    }
    file = identifier
  }

  func check(_ status: Int32) throws {
    guard status != NC_NOERR else { return }
    throw FileError(path, .unwritable, NetCDFLibrary.message(status))
  }

  mutating func write(_ dataset: Dataset) throws {
    var ignored: Int32 = 0
    try check(netCDF.set_fill(file, NC_NOFILL, &ignored))
    for axis in dataset.axes { try define(axis) }
    let hasComplex = dataset.variables.contains { $0.values.complexes != nil }
    if hasComplex, dataset.axis(ComplexParts.axis) == nil {
      try define(Axis(ComplexParts.axis, .labels(ComplexParts.labels)))
    }
    try write(dataset.attributes, of: NC_GLOBAL)
    for variable in dataset.variables {
      try write(variable, shape: dataset.shape(of: variable))
    }
  }

  mutating func define(_ axis: Axis) throws {
    var dimension: Int32 = 0
    let length = axis.grows ? Int(NC_UNLIMITED) : axis.count
    try check(netCDF.def_dim(file, axis.name, length, &dimension))
    dimensions[axis.name] = dimension
    let values: Values
    switch axis.coordinates {
    case .indices: return
    case .values(let numbers): values = .double(numbers)
    case .labels(let labels): values = .text(labels)
    }
    let variable = Variable(
      axis.name, axes: [axis.name], unit: axis.unit, longName: axis.longName, values)
    try write(variable, shape: [axis.count])
  }

  private func write(_ variable: Variable, shape: [Int]) throws {
    var shape = shape
    var axes = variable.axes.map { dimensions[$0]! }
    if variable.values.complexes != nil {
      shape.append(2)
      axes.append(dimensions[ComplexParts.axis]!)
    }
    var identifier: Int32 = 0
    try check(
      netCDF.def_var(
        file, variable.name, variable.values.netCDFType, Int32(axes.count), axes, &identifier))
    if variable.values.strings == nil, !shape.isEmpty, shape.allSatisfy({ $0 > 0 }) {
      try compress(identifier, shape)
    }
    if let unit = variable.unit { try write("units", .text(unit), of: identifier) }
    if let name = variable.longName { try write("long_name", .text(name), of: identifier) }
    if case .boolean = variable.values { try write("dtype", "bool", of: identifier) }
    if case .complex = variable.values {
      try write("complex", .text("real and imaginary part along the last axis"), of: identifier)
    }
    try write(variable.attributes, of: identifier)
    if shape.allSatisfy({ $0 > 0 }) { try put(variable.values, identifier, shape) }
  }

  private func compress(_ variable: Int32, _ shape: [Int]) throws {
    guard shape.reduce(1, *) >= Self.deflateMinimum else { return }
    var chunk = shape
    for index in chunk.indices where chunk.reduce(1, *) > Self.chunkValues {
      let others = chunk[(index + 1)...].reduce(1, *)
      chunk[index] = max(1, Self.chunkValues / others)
    }
    try check(netCDF.def_var_chunking(file, variable, NC_CHUNKED, chunk))
    try check(netCDF.def_var_deflate(file, variable, 1, 1, 4))
  }

  private func put(_ values: Values, _ variable: Int32, _ shape: [Int]) throws {
    let start = [Int](repeating: 0, count: shape.count)
    switch values {
    case .double(let numbers):
      try check(netCDF.put_vara_double(file, variable, start, shape, numbers))
    case .single(let numbers):
      try check(netCDF.put_vara_float(file, variable, start, shape, numbers))
    case .integer(let numbers):
      try check(
        netCDF.put_vara_longlong(file, variable, start, shape, numbers.map { Int64($0) }))
    case .boolean(let flags):
      try check(netCDF.put_vara_schar(file, variable, start, shape, flags.map { $0 ? 1 : 0 }))
    case .byte(let bytes):
      try check(netCDF.put_vara_uchar(file, variable, start, shape, bytes))
    case .text(let strings):
      try check(
        withCStrings(strings) { netCDF.put_vara_string(file, variable, start, shape, $0) })
    case .complex(let numbers):
      try check(
        numbers.withUnsafeBufferPointer { buffer in
          buffer.withMemoryRebound(to: Double.self) {
            netCDF.put_vara_double(file, variable, start, shape, $0.baseAddress)
          }
        })
    }
  }

  func write(_ attributes: Attributes, of variable: Int32) throws {
    for name in attributes.names { try write(name, attributes[name]!, of: variable) }
  }

  func write(_ name: String, _ value: AttributeValue, of variable: Int32) throws {
    switch value {
    case .text(let text):
      let bytes = text.utf8.map { CChar(bitPattern: $0) }
      try check(netCDF.put_att_text(file, variable, name, bytes.count, bytes))
    case .integer(let number):
      var number = Int64(number)
      try check(netCDF.put_att_longlong(file, variable, name, NC_INT64, 1, &number))
    case .real(let number):
      var number = number
      try check(netCDF.put_att_double(file, variable, name, NC_DOUBLE, 1, &number))
    case .reals(let numbers):
      try check(netCDF.put_att_double(file, variable, name, NC_DOUBLE, numbers.count, numbers))
    case .texts(let texts):
      try check(
        withCStrings(texts) { netCDF.put_att_string(file, variable, name, texts.count, $0) })
    }
  }

  /// Calls `body` with C strings that live as long as the call.
  private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    var characters: [CChar] = []
    var offsets: [Int] = []
    for string in strings {
      offsets.append(characters.count)
      characters += string.utf8CString
    }
    return characters.withUnsafeBufferPointer { buffer in
      // One more than needed, so that an empty list has an address too.
      var pointers: [UnsafePointer<CChar>?] = offsets.map { buffer.baseAddress! + $0 } + [nil]
      return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
    }
  }
}

extension Values {
  var netCDFType: nc_type {
    switch self {
    case .double, .complex: NC_DOUBLE
    case .single: NC_FLOAT
    case .integer: NC_INT64
    case .boolean: NC_BYTE
    case .byte: NC_UBYTE
    case .text: NC_STRING
    }
  }
}
