/// A cell's characterised constants, which the `envelope` and `phase` fidelities read in place of
/// its equations.
public struct View: Codable, Sendable, Equatable {
  public struct Constant: Codable, Sendable, Equatable {
    public var value: Double
    public var unit: String
    /// Where the value comes from: literature, a derivation, or the measurement that made it.
    public var source: String
    /// Declared rather than measured on the cell.
    public var standIn: Bool
    /// Of a fit: root mean square of the relative deviations of what was measured from it.
    public var fitError: Double?

    public init(
      value: Double, unit: String, source: String, standIn: Bool, fitError: Double? = nil
    ) {
      self.value = value
      self.unit = unit
      self.source = source
      self.standIn = standIn
      self.fitError = fitError
    }
  }

  /// Lower case, as decks name the cell.
  public var cell: String
  /// "oscillator", "delay", "amplifier", "driver".
  public var kind: String
  public var constants: [String: Constant]
  /// What the constants were taken from.
  public var curves: [Curve]?
  /// Of a measured view.
  public var provenance: Provenance?

  public init(
    cell: String, kind: String, constants: [String: Constant], curves: [Curve]? = nil,
    provenance: Provenance? = nil
  ) {
    self.cell = cell
    self.kind = kind
    self.constants = constants
    self.curves = curves
    self.provenance = provenance
  }

  /// The value of a constant.
  /// - Throws: `Fault` "view-lacks-constant" where the view does not have it: a number without a
  ///   view to back it is an error, not a default.
  public func value(_ name: String, at origin: Origin = .none) throws(Fault) -> Double {
    guard let constant = constants[name] else {
      throw Fault(
        "view-lacks-constant", "the view of cell '\(cell)' has no constant '\(name)'", at: origin,
        help: "add it to the views file with its unit and source")
    }
    return constant.value
  }
}

extension View {
  /// Quantities measured at several values of one other.
  public struct Curve: Codable, Sendable, Equatable {
    public struct Column: Codable, Sendable, Equatable {
      public var name: String
      public var unit: String
      public var values: [Double]

      public init(_ name: String, unit: String, _ values: [Double]) {
        self.name = name
        self.unit = unit
        self.values = values
      }
    }

    /// What varies, "bias".
    public var name: String
    /// The first is what varies; as many values each.
    public var columns: [Column]

    public init(name: String, columns: [Column]) {
      self.name = name
      self.columns = columns
    }

    public subscript(column: String) -> [Double]? {
      columns.first { $0.name == column }?.values
    }
  }

  /// Where a measured view comes from.
  public struct Provenance: Codable, Sendable, Equatable {
    /// "oscine 0.1.0".
    public var program: String
    /// The cell's file, relative to the folder of the views file.
    public var file: String
    /// Of that file's text when the cell was measured.
    public var digest: String
    /// What the cell was measured with, SI.
    public var settings: [String: Double]

    public init(program: String, file: String, digest: String, settings: [String: Double]) {
      self.program = program
      self.file = file
      self.digest = digest
      self.settings = settings
    }
  }
}

/// A views file: every characterised cell by name.
public struct ViewLibrary: Codable, Sendable, Equatable {
  public var schema: Int
  public var cells: [View]

  public init(schema: Int = 1, cells: [View]) {
    self.schema = schema
    self.cells = cells
  }

  public func view(of cell: String) -> View? { cells.first { $0.cell == cell } }
}
