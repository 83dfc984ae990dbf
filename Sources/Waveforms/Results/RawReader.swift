// SPICE raw files, as RawResult, ngspice and Xyce write them: plots one after the other, each a
// header of lines and its points, as text or as little-endian doubles.

import Numerics

/// Reads a SPICE raw file.
struct RawReader {
  private struct Header {
    var title = ""
    var plotName = ""
    var isComplex = false
    var variables: [ResultColumn] = []
    var variableCount = 0
    var pointCount = 0
    var isBinary = false
  }

  private let path: String
  private var text: NumberScanner

  init(_ path: String, _ bytes: [UInt8]) {
    self.path = path
    text = NumberScanner(bytes)
  }

  private func malformed(_ reason: String) -> FileError { FileError(path, .malformed, reason) }

  mutating func result() throws -> CircuitResult {
    var result: CircuitResult?
    while true {
      text.skipBlanksAndLines()
      guard text.place < text.end else { break }
      let header = try header()
      let plot = try plot(header)
      guard var whole = result else {
        result = plot
        continue
      }
      guard whole.analysis == plot.analysis, whole.abscissa == plot.abscissa else {
        throw malformed("'\(header.plotName)' has another abscissa than the plot before it")
      }
      whole.curves += plot.curves
      whole.isComplete = whole.isComplete && plot.isComplete
      result = whole
    }
    guard let result else { throw malformed("it has no plot") }
    return result
  }

  private mutating func header() throws -> Header {
    var header = Header()
    while true {
      let number = text.line
      guard let line = text.nextLine() else {
        throw malformed("the header ends without 'Binary:' or 'Values:'")
      }
      if line.allSatisfy(\.isWhitespace) { continue }
      guard let colon = line.firstIndex(of: ":") else {
        throw malformed("line \(number) is no line of a raw file's header")
      }
      let value = Self.trimmed(line[line.index(after: colon)...])
      switch line[..<colon].lowercased() {
      case "title": header.title = value
      case "plotname": header.plotName = value
      case "flags":
        header.isComplex = value.lowercased().split(separator: " ").contains("complex")
      case "no. variables": header.variableCount = try count(value, number)
      case "no. points": header.pointCount = try count(value, number)
      case "variables": try readVariables(&header)
      case "binary":
        header.isBinary = true
        return header
      case "values": return header
      default: break
      }
    }
  }

  private func count(_ text: String, _ line: Int) throws -> Int {
    guard let count = Int(text), count >= 0 else {
      throw malformed("line \(line): '\(text.prefix(40))' is no number of variables or points")
    }
    return count
  }

  private mutating func readVariables(_ header: inout Header) throws {
    for index in 0..<header.variableCount {
      let number = text.line
      guard let line = text.nextLine() else { throw malformed("it ends among the variables") }
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      guard words.count >= 3, Int(words[0]) == index else {
        throw malformed("line \(number) does not tell variable \(index)")
      }
      header.variables.append(column(words[1], words[2].lowercased(), header.isComplex))
    }
  }

  private func column(_ label: String, _ type: String, _ isComplex: Bool) -> ResultColumn {
    switch type {
    case "voltage": .voltage(label, isComplex: isComplex)
    case "current": .current(label, isComplex: isComplex)
    case "time": ResultColumn(label, unit: "s", kind: .other, isComplex: isComplex)
    case "frequency": ResultColumn(label, unit: "Hz", kind: .other, isComplex: isComplex)
    default:
      ResultColumn(label, unit: nil, kind: .other, isComplex: isComplex)
    }
  }

  private mutating func plot(_ header: Header) throws -> CircuitResult {
    guard !header.variables.isEmpty else {
      throw malformed("line \(text.line): a plot without variables")
    }
    let parts = header.isComplex ? 2 : 1
    let width = header.variables.count * parts
    let (total, overflow) = width.multipliedReportingOverflow(by: header.pointCount)
    // A number takes eight bytes, or as text two: itself and what separates it.
    let left = text.end - text.place
    let room = header.isBinary ? left / 8 : (left + 1) / 2
    guard !overflow, total <= room else {
      throw malformed(
        "'\(header.plotName)' has less than its \(header.pointCount) points: the file is cut off")
    }
    let numbers = header.isBinary ? binary(total) : try values(header, total)
    let analysis = ResultSchema.Analysis.allCases.first {
      header.plotName.lowercased().hasPrefix(RawResult.plotName($0).lowercased())
    }
    let first = header.variables[0]
    let hasAbscissa = analysis != .op && (header.pointCount != 1 || analysis != nil)
    let rows = 0..<header.pointCount
    let abscissas = rows.map { hasAbscissa ? numbers[$0 * width] : Double($0) }
    let step = Self.step(header.plotName)
    let curves = header.variables.indices.dropFirst(hasAbscissa ? 1 : 0).map { index in
      let points: ResultCurve.Points =
        header.isComplex
        ? .complex(
          rows.map { Complex(numbers[$0 * width + 2 * index], numbers[$0 * width + 2 * index + 1]) }
        )
        : .real(rows.map { numbers[$0 * width + index] })
      return ResultCurve(header.variables[index], step: step, abscissas: abscissas, points)
    }
    let isCut = header.title.hasSuffix(RawResult.incompleteMark)
    return CircuitResult(
      title: isCut
        ? String(header.title.dropLast(RawResult.incompleteMark.count)) : header.title,
      analysis: analysis, isComplete: !isCut,
      abscissa: hasAbscissa ? .init(first.label, unit: first.unit) : nil, curves: curves)
  }

  private mutating func binary(_ count: Int) -> [Double] {
    let start = text.place
    text.place = start + 8 * count
    return text[start..<text.place].withUnsafeBytes { bytes in
      (0..<count).map { index in
        Double(
          bitPattern: UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)))
      }
    }
  }

  private mutating func values(_ header: Header, _ total: Int) throws -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(total)
    for _ in 0..<header.pointCount {
      _ = try next()
      for _ in header.variables {
        numbers.append(try next())
        guard header.isComplex else { continue }
        guard text.byte == UInt8(ascii: ",") else {
          throw malformed("line \(text.line): a complex number without imaginary part")
        }
        text.place += 1
        numbers.append(try next())
      }
    }
    return numbers
  }

  private mutating func next() throws -> Double {
    text.skipBlanksAndLines()
    guard text.place < text.end else {
      throw malformed("line \(text.line): the file is cut off among its values")
    }
    guard let number = text.number() else {
      throw malformed("line \(text.line): '\(text.word)' is no number")
    }
    return number
  }

  /// The values in "Transient Analysis: Step 2 of 6: R1 = 100.0, TEMP = 27.0".
  private static func step(_ plotName: String) -> [ResultCurve.Setting] {
    guard let mark = plotName.firstRange(of: ": Step "),
      let colon = plotName[mark.upperBound...].firstRange(of: ": ")
    else { return [] }
    return plotName[colon.upperBound...].split(separator: ",").compactMap { part in
      let sides = part.split(separator: "=", maxSplits: 1).map { trimmed($0) }
      guard sides.count == 2, let value = Double(sides[1]) else { return nil }
      return ResultCurve.Setting(sides[0], value)
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    let front = text.drop(while: \.isWhitespace)
    let count = front.reversed().prefix(while: \.isWhitespace).count
    return String(front.dropLast(count))
  }
}
