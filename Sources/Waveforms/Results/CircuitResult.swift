public import Numerics

/// What a result file of one circuit analysis holds: curves, whatever the kind of file.
///
/// Kinds differ in what they can keep: units and steps are whole in NetCDF; SPICE raw files know
/// volts, amperes, seconds and hertz; csv and prn files have headings only, from which quantities
/// are read, and their steps are numbered.
public struct CircuitResult: Equatable, Sendable {
  /// The deck's title line; empty in csv and prn files.
  public var title: String
  /// nil where the file does not tell.
  public var analysis: ResultSchema.Analysis?
  /// Whether the analysis reached its end, as far as the file tells.
  public var isComplete: Bool
  /// What the abscissas are; nil where they only number the points.
  public var abscissa: Abscissa?
  /// Step by step, column by column.
  public var curves: [ResultCurve]

  /// The quantity along the curves.
  public struct Abscissa: Equatable, Sendable {
    /// "time", "frequency", "v1".
    public var name: String
    /// SI symbol; nil for a pure or unknown number.
    public var unit: String?

    public init(_ name: String, unit: String?) {
      self.name = name
      self.unit = unit
    }
  }

  public init(
    title: String, analysis: ResultSchema.Analysis?, isComplete: Bool, abscissa: Abscissa?,
    curves: [ResultCurve]
  ) {
    self.title = title
    self.analysis = analysis
    self.isComplete = isComplete
    self.abscissa = abscissa
    self.curves = curves
  }

  /// Reads a result file; its kind is recognised by content, not by name.
  ///
  /// - Parameter limit: the most bytes that the file and its values may have.
  /// - Throws: `FileError` `unreadable` or `malformed`; the reason names the line or byte.
  public static func read(_ path: String, limit: Int = 1 << 32) throws -> CircuitResult {
    if try ResultFormat.isNetCDF(path) {
      let data = try Dataset.read(path, limit: limit)
      guard let result = try CircuitResult(data, path) else {
        throw FileError(path, .malformed, "it is no result of a circuit analysis")
      }
      return result
    }
    let bytes = try WholeFile.read(path, limit: limit)
    let raw = Array("title:".utf8)
    if bytes.prefix(raw.count).map({ $0 | 0x20 }).elementsEqual(raw) {
      var reader = RawReader(path, bytes)
      return try reader.result()
    }
    return try TableReader(path, bytes).result()
  }
}

/// One column of one step.
public struct ResultCurve: Equatable, Sendable {
  /// Label, unit and kind.
  public var column: ResultColumn
  /// Values of the stepped parameters; empty without steps.
  public var step: [Setting]
  /// In SI units; as many as values.
  public var abscissas: [Double]
  public var values: Points

  /// A stepped parameter and its value.
  public struct Setting: Equatable, Sendable {
    public var name: String
    public var value: Double

    public init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  public enum Points: Equatable, Sendable {
    case real([Double])
    case complex([Complex])

    public var count: Int {
      switch self {
      case .real(let values): values.count
      case .complex(let values): values.count
      }
    }
  }

  /// - Precondition: as many abscissas as values.
  public init(
    _ column: ResultColumn, step: [Setting] = [], abscissas: [Double], _ values: Points
  ) {
    precondition(abscissas.count == values.count, "a value for each abscissa")
    self.column = column
    self.step = step
    self.abscissas = abscissas
    self.values = values
  }

  /// "R1 = 100, TEMP = 27"; nil without steps.
  public var stepLabel: String? {
    if step.isEmpty { return nil }
    return step.map { "\($0.name) = \(Self.short($0.value))" }.joined(separator: ", ")
  }

  private static func short(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension ResultFormat {
  /// Whether a file begins as NetCDF files do, of the old kind or of that on HDF5.
  ///
  /// - Throws: `FileError` `unreadable`.
  public static func isNetCDF(_ path: String) throws -> Bool {
    let start = try WholeFile.start(path, count: 8)
    return start.elementsEqual([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A])
      || start.prefix(3).elementsEqual("CDF".utf8)
  }
}

extension ResultColumn {
  /// What a heading says of its column: `V(...)` and its kin are voltages, `I(...)` currents.
  static func heading(_ label: String, isComplex: Bool = false) -> ResultColumn {
    let name = label.prefix { $0 != "(" }.uppercased()
    guard label.last == ")", name.count < label.count else {
      return ResultColumn(label, unit: nil, kind: .other, isComplex: isComplex)
    }
    switch name {
    case "V", "VM", "VR", "VI": return .voltage(label, isComplex: isComplex)
    case "I", "IM", "IR", "II": return .current(label, isComplex: isComplex)
    case "P", "W": return ResultColumn(label, unit: "W", kind: .other, isComplex: isComplex)
    default: return ResultColumn(label, unit: nil, kind: .other, isComplex: isComplex)
    }
  }
}
