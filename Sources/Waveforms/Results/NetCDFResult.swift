// Results as a NetCDF-4 file that xarray opens. Its layout:
//
// - Without steps the columns lie on the abscissa (`time`), an unlimited dimension.
// - With steps on common points: on the steps, the first innermost, and the abscissa. Points that
//   a step has not reached are NaN.
// - With steps that have points of their own: on the steps and the dimension `point`. The abscissa
//   is a variable on the same axes, and `points` counts the points of each step; what follows is
//   NaN.
// - Operating points lie on the steps alone.
//
// Complex columns have a trailing axis `part`. A column's name is its label, made a legal name
// where it is none; the label is kept in `long_name`. Attribute `complete` is 1 where the analysis
// reached its end, else 0.

import CNetCDF

/// Writes NetCDF-4, compressed, block by block.
final class NetCDFResult: ResultEncoder {
  static let pointAxis = "point"
  static let countVariable = "points"

  private let schema: ResultSchema
  private let path: String
  private var temporary = ""
  private var writer: NetCDFWriter?
  private var names = Set<String>()
  private var stepNames: [String] = []
  private var abscissaName: String?
  private var abscissa: Int32?
  private var counts: Int32?
  private var columns: [Int32] = []
  private var scratch: [Double]
  /// The abscissa of the longest step so far, where it is common.
  private var commonCount = 0

  init(_ schema: ResultSchema, _ path: String) {
    self.schema = schema
    self.path = path
    scratch = [Double](repeating: 0, count: schema.blockLength * (schema.isComplex ? 2 : 1))
  }

  var blockLength: Int { schema.blockLength }

  private var isRagged: Bool { !schema.steps.isEmpty && schema.abscissa?.isCommon == false }

  private var file: NetCDFWriter {
    guard let writer else { preconditionFailure("a file not opened") }
    return writer
  }

  func open(_ temporary: String) throws {
    self.temporary = temporary
    try NetCDFLibrary.enter {
      var writer = try NetCDFWriter(temporary, for: path)
      self.writer = writer
      try writer.write(head, of: NC_GLOBAL)
      try defineAxes(&writer)
      self.writer = writer
      try defineColumns()
    }
  }

  private var head: Attributes {
    var attributes: Attributes = [
      "title": .text(schema.title), "analysis": .text(schema.analysis.rawValue), "complete": 0,
    ]
    for name in schema.attributes.names { attributes[name] = schema.attributes[name] }
    return attributes
  }

  private func defineAxes(_ writer: inout NetCDFWriter) throws {
    names = [ComplexParts.axis, Self.pointAxis, Self.countVariable]
    if let abscissa = schema.abscissa { abscissaName = unique(abscissa.name) }
    stepNames = schema.steps.map { unique($0.name) }
    for (step, name) in zip(schema.steps, stepNames).reversed() {
      try writer.define(Axis(name, .values(step.values), unit: step.unit, longName: step.name))
    }
    if schema.isComplex {
      try writer.define(Axis(ComplexParts.axis, .labels(ComplexParts.labels)))
    }
    if let abscissaName {
      let name = isRagged ? Self.pointAxis : abscissaName
      try writer.define(Axis(name, .indices(0), grows: true))
    }
  }

  private func defineColumns() throws {
    let steps = Array(stepNames.reversed())
    if let abscissa = schema.abscissa, let abscissaName {
      let axes = isRagged ? steps + [Self.pointAxis] : [abscissaName]
      let variable = try define(abscissaName, axes, growing: true)
      if let unit = abscissa.unit { try file.write("units", .text(unit), of: variable) }
      try file.write("long_name", .text(abscissa.name), of: variable)
      self.abscissa = variable
      if isRagged {
        let counts = try define(Self.countVariable, steps, type: NC_INT64)
        try file.write("long_name", "points of the step", of: counts)
        self.counts = counts
      }
    }
    let line = abscissaName.map { [isRagged ? Self.pointAxis : $0] } ?? []
    for column in schema.columns {
      let parts = column.isComplex ? [ComplexParts.axis] : []
      let variable = try define(
        unique(column.label), steps + line + parts, growing: !line.isEmpty)
      if let unit = column.unit { try file.write("units", .text(unit), of: variable) }
      try file.write("long_name", .text(column.label), of: variable)
      try file.write("quantity", .text(column.kind.rawValue), of: variable)
      if column.isComplex {
        try file.write("complex", "real and imaginary part along the last axis", of: variable)
      }
      if isRagged, let abscissaName {
        try file.write("coordinates", .text(abscissaName), of: variable)
      }
      columns.append(variable)
    }
  }

  private func define(
    _ name: String, _ axes: [String], type: nc_type = NC_DOUBLE, growing: Bool = false
  ) throws -> Int32 {
    let dimensions = axes.map { axis -> Int32 in
      guard let dimension = file.dimensions[axis] else { preconditionFailure("no axis \(axis)") }
      return dimension
    }
    var variable: Int32 = 0
    try file.check(
      netCDF.def_var(file.file, name, type, Int32(axes.count), dimensions, &variable))
    if type == NC_DOUBLE {
      var nothing = Double.nan
      try file.check(netCDF.def_var_fill(file.file, variable, 0, &nothing))
    } else {
      var none: Int64 = 0
      try file.check(netCDF.def_var_fill(file.file, variable, 0, &none))
    }
    guard growing else { return variable }
    var chunk = axes.map { $0 == ComplexParts.axis ? 2 : 1 }
    chunk[axes.last == ComplexParts.axis ? axes.count - 2 : axes.count - 1] = blockLength
    try file.check(netCDF.def_var_chunking(file.file, variable, NC_CHUNKED, chunk))
    try file.check(netCDF.def_var_deflate(file.file, variable, 1, 1, 2))
    // Blocks are whole chunks: more than one in memory a variable would only add up.
    try file.check(
      netCDF.set_var_chunk_cache(file.file, variable, 8 * chunk.reduce(1, *), 1, 1))
    return variable
  }

  /// A legal name that no other axis or variable has.
  private func unique(_ label: String) -> String {
    let legal = Self.legal(label)
    var name = legal
    var number = 2
    while !names.insert(name).inserted {
      name = "\(legal)_\(number)"
      number += 1
    }
    return name
  }

  /// netCDF's rules: no slash or control character, a letter, digit or underscore in front, no
  /// blank at the end, 256 bytes.
  static func legal(_ label: String) -> String {
    var name = ""
    for scalar in label.unicodeScalars {
      let isBad = scalar == "/" || scalar.value < 32 || scalar.value == 127
      name.unicodeScalars.append(isBad ? "_" : scalar)
      if name.utf8.count > 200 { break }
    }
    while name.last == " " { name.removeLast() }
    guard let first = name.unicodeScalars.first else { return "_" }
    let isWord = first.value >= 128 || first == "_" || first.properties.isAlphabetic
    return isWord || ("0"..."9").contains(first) ? name : "_" + name
  }

  func begin(step: Int) throws {}

  /// Position on the step axes, outermost first.
  private func place(_ step: Int) -> [Int] { schema.positions(ofStep: step).reversed() }

  func write(_ block: ResultBlock, step: Int) throws {
    try DiskSpace.check(for: path, bytes: 8 * (block.values.count + block.count))
    try NetCDFLibrary.enter {
      try writeAbscissa(block, step)
      let parts = schema.isComplex ? 2 : 1
      let width = schema.columns.count * parts
      let line = schema.abscissa == nil ? [] : [block.start]
      let lineCount = schema.abscissa == nil ? [] : [block.count]
      let ones = [Int](repeating: 1, count: schema.steps.count)
      for (index, column) in schema.columns.enumerated() {
        let own = column.isComplex ? 2 : 1
        for point in 0..<block.count {
          for part in 0..<own {
            scratch[point * own + part] = block.values[point * width + index * parts + part]
          }
        }
        let tail = column.isComplex ? [2] : []
        try file.check(
          netCDF.put_vara_double(
            file.file, columns[index], place(step) + line + tail.map { _ in 0 },
            ones + lineCount + tail, scratch))
      }
    }
  }

  private func writeAbscissa(_ block: ResultBlock, _ step: Int) throws {
    guard let abscissa else { return }
    if isRagged {
      try file.check(
        netCDF.put_vara_double(
          file.file, abscissa, place(step) + [block.start],
          [Int](repeating: 1, count: schema.steps.count) + [block.count],
          block.abscissas.baseAddress))
      return
    }
    let end = block.start + block.count
    let known = max(0, min(commonCount, end) - block.start)
    if known > 0 {
      try file.check(
        netCDF.get_vara_double(file.file, abscissa, [block.start], [known], &scratch))
      guard scratch.prefix(known).elementsEqual(block.abscissas.prefix(known)) else {
        throw FileError(path, .unwritable, "the points of the steps are not the common ones")
      }
    }
    if end > commonCount {
      let start = block.start + known
      try file.check(
        netCDF.put_vara_double(
          file.file, abscissa, [start], [end - start], block.abscissas.baseAddress! + known))
      commonCount = end
    }
  }

  func end(step: Int, count: Int) throws {
    guard let counts else { return }
    var number = Int64(count)
    try NetCDFLibrary.enter {
      try file.check(netCDF.put_var1_longlong(file.file, counts, place(step), &number))
    }
  }

  func close(isComplete: Bool, _ attributes: Attributes) throws {
    try DiskSpace.check(for: path, bytes: 0)
    try NetCDFLibrary.enter {
      try file.write(attributes, of: NC_GLOBAL)
      try file.write("complete", isComplete ? 1 : 0, of: NC_GLOBAL)
      let closing = file
      writer = nil
      try closing.check(netCDF.close(closing.file))
    }
    try FileSeal.seal(temporary, named: path)
  }

  func abandon() {
    guard let writer else { return }
    self.writer = nil
    NetCDFLibrary.enter { _ = netCDF.close(writer.file) }
  }
}
