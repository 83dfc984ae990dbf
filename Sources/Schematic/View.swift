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

    public init(value: Double, unit: String, source: String, standIn: Bool) {
      self.value = value
      self.unit = unit
      self.source = source
      self.standIn = standIn
    }
  }

  /// Lower case, as decks name the cell.
  public var cell: String
  /// "oscillator", "delay", "amplifier", "driver".
  public var kind: String
  public var constants: [String: Constant]

  public init(cell: String, kind: String, constants: [String: Constant]) {
    self.cell = cell
    self.kind = kind
    self.constants = constants
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
