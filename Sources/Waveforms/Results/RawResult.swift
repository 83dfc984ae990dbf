// SPICE raw files, as ngspice and Xyce write and read them: a header of lines, then the points.
//
// Each step is a plot of its own, one after the other. The number of points is not known before the
// end and is patched into its line. An incomplete file says so in the titles of its first and last
// plot; the format has no other place that readers accept.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes a SPICE raw file.
final class RawResult: ResultEncoder {
  /// Follows the title of a file cut short.
  static let incompleteMark = " (incomplete)"
  private static let countWidth = 20

  private let schema: ResultSchema
  private let path: String
  private let isBinary: Bool
  private var file: ByteFile?
  private var firstMark: Int?
  private var lastMark = 0
  private var countPlace = 0

  init(_ schema: ResultSchema, _ path: String, isBinary: Bool) {
    self.schema = schema
    self.path = path
    self.isBinary = isBinary
  }

  var blockLength: Int { schema.blockLength }

  private var out: ByteFile {
    guard let file else { preconditionFailure("a file not opened") }
    return file
  }

  func open(_ temporary: String) throws { file = try ByteFile(temporary, for: path) }

  func begin(step: Int) throws {
    try out.write("Title: \(Self.line(schema.title))")
    lastMark = out.position
    firstMark = firstMark ?? lastMark
    try out.write(String(repeating: " ", count: Self.incompleteMark.utf8.count))
    let count = schema.columns.count + (schema.abscissa == nil ? 0 : 1)
    let stepped =
      schema.steps.isEmpty
      ? "" : ": Step \(step + 1) of \(schema.stepCount): \(schema.text(ofStep: step))"
    try out.write(
      """

      Date: \(Self.date())
      Plotname: \(Self.plotName(schema.analysis))\(Self.line(stepped))
      Flags: \(schema.isComplex ? "complex" : "real")
      No. Variables: \(count)
      No. Points:\u{20}
      """)
    countPlace = out.position
    try out.write(String(repeating: " ", count: Self.countWidth) + "\nVariables:\n")
    var index = 0
    if let abscissa = schema.abscissa {
      try out.write("\t0\t\(Self.word(abscissa.name))\t\(Self.type(abscissa.unit))\n")
      index = 1
    }
    for column in schema.columns {
      let type = column.kind == .other ? Self.type(column.unit) : column.kind.rawValue
      try out.write("\t\(index)\t\(Self.word(column.label))\t\(type)\n")
      index += 1
    }
    try out.write(isBinary ? "Binary:\n" : "Values:\n")
  }

  func write(_ block: ResultBlock, step: Int) throws {
    if isBinary {
      try writeBinary(block)
    } else {
      try writeText(block)
    }
  }

  private func writeBinary(_ block: ResultBlock) throws {
    let width = block.values.count / block.count
    for point in 0..<block.count {
      if schema.abscissa != nil {
        try out.write(binary: block.abscissas[point])
        if schema.isComplex { try out.write(binary: 0) }
      }
      for index in (point * width)..<((point + 1) * width) {
        try out.write(binary: block.values[index])
      }
    }
  }

  private func writeText(_ block: ResultBlock) throws {
    let width = block.values.count / block.count
    let parts = schema.isComplex ? 2 : 1
    for point in 0..<block.count {
      try out.write(number: block.start + point)
      if schema.abscissa != nil {
        try out.write(byte: UInt8(ascii: "\t"))
        try out.write(number: block.abscissas[point])
        if schema.isComplex { try out.write(",0.0") }
        try out.write(byte: UInt8(ascii: "\n"))
      }
      for index in stride(from: point * width, to: (point + 1) * width, by: parts) {
        try out.write(byte: UInt8(ascii: "\t"))
        try out.write(number: block.values[index])
        if schema.isComplex {
          try out.write(byte: UInt8(ascii: ","))
          try out.write(number: block.values[index + 1])
        }
        try out.write(byte: UInt8(ascii: "\n"))
      }
      try out.write(byte: UInt8(ascii: "\n"))
    }
  }

  func end(step: Int, count: Int) throws { try out.patch(String(count), at: countPlace) }

  func close(isComplete: Bool, _ attributes: Attributes) throws {
    if !isComplete, let firstMark {
      try out.patch(Self.incompleteMark, at: firstMark)
      try out.patch(Self.incompleteMark, at: lastMark)
    }
    try out.finish()
  }

  func abandon() { file?.close() }

  static func plotName(_ analysis: ResultSchema.Analysis) -> String {
    switch analysis {
    case .op: "Operating Point"
    case .dc: "DC transfer characteristic"
    case .ac: "AC Analysis"
    case .tran: "Transient Analysis"
    case .noise: "Noise Spectral Density Curves"
    case .pss: "Periodic Steady State Analysis"
    }
  }

  /// SPICE's word for what is measured in a unit.
  private static func type(_ unit: String?) -> String {
    switch unit {
    case "s": "time"
    case "Hz": "frequency"
    case "V": "voltage"
    case "A": "current"
    default: "notype"
    }
  }

  private static func line(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }

  /// Names are split at blanks by all readers.
  private static func word(_ text: String) -> String { text.filter { !$0.isWhitespace } }

  /// "Thu Jan  1 00:00:00 1970", local time.
  private static func date() -> String {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    var text = [CChar](repeating: 0, count: 64)
    let count = strftime(&text, text.count, "%a %b %e %H:%M:%S %Y", &parts)
    return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
