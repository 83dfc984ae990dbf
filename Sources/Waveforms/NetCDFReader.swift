// A NetCDF file as a dataset: what NetCDFWriter wrote, and most plain files of others.

import CNetCDF
import Numerics

extension Dataset {
  /// Reads a NetCDF file whole.
  ///
  /// Numbers of every width become `double`, `single`, `integer` or `byte`; pairs marked as complex
  /// become `complex`; coordinates go to their axes.
  /// - Parameter limit: the most bytes its values may take in memory; a small hostile file can
  ///   announce any number.
  /// - Throws: `FileError` `unreadable` or `malformed`.
  public static func read(_ path: String, limit: Int = 1 << 32) throws -> Dataset {
    // Also keeps netCDF from taking a name like "http://..." for an address.
    _ = try WholeFile.size(path, limit: .max)
    try FileSeal.check(path)
    return try NetCDFLibrary.enter {
      let reader = try NetCDFReader(path, limit: limit)
      defer { _ = netCDF.close(reader.file) }
      return try reader.dataset()
    }
  }
}

struct NetCDFReader {
  let path: String
  let file: Int32
  let limit: Int

  init(_ path: String, limit: Int) throws {
    self.path = path
    self.limit = limit
    try NetCDFLibrary.require(for: path, .unreadable)
    var identifier: Int32 = 0
    let status = netCDF.open(path, NC_NOWRITE, &identifier)
    guard status == NC_NOERR else {
      let reason =
        status == NC_ENOTNC ? "it is not a NetCDF file" : NetCDFLibrary.message(status)
      throw FileError(path, .malformed, reason)
    }
    file = identifier
  }

  private func check(_ status: Int32) throws {
    guard status != NC_NOERR else { return }
    throw malformed(NetCDFLibrary.message(status))
  }

  private func malformed(_ reason: String) -> FileError { FileError(path, .malformed, reason) }

  func dataset() throws -> Dataset {
    var count: Int32 = 0
    var variableCount: Int32 = 0
    var attributeCount: Int32 = 0
    var unlimited: Int32 = -1
    try check(netCDF.inq(file, &count, &variableCount, &attributeCount, &unlimited))
    var axes: [Axis] = []
    for dimension in 0..<count {
      var name = [CChar](repeating: 0, count: Int(NC_MAX_NAME) + 1)
      var length = 0
      try check(netCDF.inq_dim(file, dimension, &name, &length))
      axes.append(Axis(text(name), .indices(length), grows: dimension == unlimited))
    }
    var variables: [Variable] = []
    var budget = limit
    for variable in 0..<variableCount {
      variables.append(try read(variable, axes: axes, budget: &budget))
    }
    var result = Dataset(
      axes: axes, variables: variables, attributes: try attributes(of: NC_GLOBAL, attributeCount))
    moveCoordinates(in: &result)
    return result
  }

  /// Variables that bear an axis' name are its coordinates; the axis of complex parts goes.
  private func moveCoordinates(in dataset: inout Dataset) {
    for index in dataset.axes.indices {
      let name = dataset.axes[index].name
      guard
        let place = dataset.variables.firstIndex(where: { $0.name == name && $0.axes == [name] })
      else { continue }
      let variable = dataset.variables[place]
      if let labels = variable.values.strings {
        dataset.axes[index].coordinates = .labels(labels)
      } else if let values = variable.values.doubles {
        dataset.axes[index].coordinates = .values(values)
      } else {
        continue
      }
      dataset.axes[index].unit = variable.unit
      dataset.axes[index].longName = variable.longName
      dataset.variables.remove(at: place)
    }
    let inUse = dataset.variables.contains { $0.axes.contains(ComplexParts.axis) }
    if !inUse {
      dataset.axes.removeAll {
        $0.name == ComplexParts.axis && $0.coordinates == .labels(ComplexParts.labels)
      }
    }
  }

  private func read(_ variable: Int32, axes: [Axis], budget: inout Int) throws -> Variable {
    var nameBuffer = [CChar](repeating: 0, count: Int(NC_MAX_NAME) + 1)
    var type: nc_type = 0
    var rank: Int32 = 0
    var dimensions = [Int32](repeating: 0, count: Int(NC_MAX_VAR_DIMS))
    var attributeCount: Int32 = 0
    try check(
      netCDF.inq_var(file, variable, &nameBuffer, &type, &rank, &dimensions, &attributeCount))
    let name = text(nameBuffer)
    var names: [String] = []
    var count = 1
    for dimension in dimensions.prefix(Int(rank)) {
      guard axes.indices.contains(Int(dimension)) else {
        throw malformed("variable '\(name)' lies on an axis of another group")
      }
      names.append(axes[Int(dimension)].name)
      let (product, overflow) = count.multipliedReportingOverflow(by: axes[Int(dimension)].count)
      guard !overflow else { throw malformed("variable '\(name)' has an impossible size") }
      count = product
    }
    guard count <= budget / 16 else {
      throw malformed("its values take more memory than the limit of \(limit) bytes")
    }
    budget -= 16 * count
    var attributes = try attributes(of: variable, attributeCount)
    let unit = attributes["units"]?.text
    let longName = attributes["long_name"]?.text
    attributes["units"] = nil
    attributes["long_name"] = nil
    var values = try values(variable, type, count, name)
    if attributes["dtype"]?.text == "bool", let flags = values.integers {
      values = .boolean(flags.map { $0 != 0 })
      attributes["dtype"] = nil
    }
    if attributes["complex"] != nil, names.last == ComplexParts.axis,
      let pairs = values.doubles, pairs.count % 2 == 0
    {
      values = .complex((0..<(pairs.count / 2)).map { Complex(pairs[2 * $0], pairs[2 * $0 + 1]) })
      names.removeLast()
      attributes["complex"] = nil
    }
    return Variable(
      name, axes: names, unit: unit, longName: longName, values, attributes: attributes)
  }

  private func values(
    _ variable: Int32, _ type: nc_type, _ count: Int, _ name: String
  ) throws -> Values {
    switch type {
    case NC_DOUBLE:
      var numbers = [Double](repeating: 0, count: count)
      if count > 0 { try check(netCDF.get_var_double(file, variable, &numbers)) }
      return .double(numbers)
    case NC_FLOAT:
      var numbers = [Float](repeating: 0, count: count)
      if count > 0 { try check(netCDF.get_var_float(file, variable, &numbers)) }
      return .single(numbers)
    case NC_UBYTE:
      var bytes = [UInt8](repeating: 0, count: count)
      if count > 0 { try check(netCDF.get_var_uchar(file, variable, &bytes)) }
      return .byte(bytes)
    case NC_BYTE, NC_SHORT, NC_USHORT, NC_INT, NC_UINT, NC_INT64, NC_UINT64:
      var numbers = [Int64](repeating: 0, count: count)
      if count > 0 { try check(netCDF.get_var_longlong(file, variable, &numbers)) }
      return .integer(numbers.map { Int($0) })
    case NC_STRING:
      return .text(
        try strings(count) { count == 0 ? NC_NOERR : netCDF.get_var_string(file, variable, $0) })
    default:
      throw malformed("variable '\(name)' is of a type that is neither numbers nor strings")
    }
  }

  private func strings(
    _ count: Int, _ get: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32
  ) throws -> [String] {
    var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count + 1)
    try check(pointers.withUnsafeMutableBufferPointer { get($0.baseAddress!) })
    defer { _ = netCDF.free_string(count, &pointers) }
    return pointers.prefix(count).map { pointer in pointer.map { String(cString: $0) } ?? "" }
  }

  private func attributes(of variable: Int32, _ count: Int32) throws -> Attributes {
    var result: Attributes = [:]
    for index in 0..<count {
      var name = [CChar](repeating: 0, count: Int(NC_MAX_NAME) + 1)
      try check(netCDF.inq_attname(file, variable, index, &name))
      result[text(name)] = try attribute(name, of: variable)
    }
    return result
  }

  /// nil for types that the writer never uses.
  private func attribute(_ name: [CChar], of variable: Int32) throws -> AttributeValue? {
    var type: nc_type = 0
    var count = 0
    try check(netCDF.inq_att(file, variable, name, &type, &count))
    guard count <= limit / 16 else { throw malformed("attribute '\(text(name))' is too large") }
    switch type {
    case NC_CHAR:
      var characters = [CChar](repeating: 0, count: count + 1)
      try check(netCDF.get_att_text(file, variable, name, &characters))
      return .text(
        String(decoding: characters.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self))
    case NC_STRING:
      let texts = try strings(count) { netCDF.get_att_string(file, variable, name, $0) }
      return texts.count == 1 ? .text(texts[0]) : .texts(texts)
    case NC_BYTE, NC_UBYTE, NC_SHORT, NC_USHORT, NC_INT, NC_UINT, NC_INT64, NC_UINT64:
      var numbers = [Int64](repeating: 0, count: count + 1)
      try check(netCDF.get_att_longlong(file, variable, name, &numbers))
      return count == 1 ? .integer(Int(numbers[0])) : .reals(numbers.dropLast().map(Double.init))
    case NC_FLOAT, NC_DOUBLE:
      var numbers = [Double](repeating: 0, count: count + 1)
      try check(netCDF.get_att_double(file, variable, name, &numbers))
      return count == 1 ? .real(numbers[0]) : .reals(Array(numbers.dropLast()))
    default: return nil
    }
  }

  private func text(_ characters: [CChar]) -> String {
    String(
      decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
