/// What a device declares of itself: the one table from which argument checking, the manual page,
/// `oscine devices` and error texts are made.
public struct DeviceDescription: Sendable {
  public enum Kind: Sendable {
    case number
    /// A number that may be an expression of node voltages, branch currents and time.
    case behavioural
    case text
    /// Several numbers: points, coefficients.
    case numbers
    case flag
  }

  public struct Parameter: Sendable {
    public var name: String
    /// Other spellings decks use.
    public var aliases: [String]
    /// SI unit, "1" for a pure number, "" for text.
    public var unit: String
    public var defaultValue: Double?
    public var range: ClosedRange<Double>?
    /// One sentence.
    public var summary: String
    public var kind: Kind
    /// Without it the device has no meaning; for a waveform's parameter, the waveform.
    public var required: Bool

    public init(
      _ name: String, aliases: [String] = [], unit: String, default defaultValue: Double? = nil,
      range: ClosedRange<Double>? = nil, kind: Kind = .number, required: Bool = false,
      _ summary: String
    ) {
      self.name = name
      self.aliases = aliases
      self.unit = unit
      self.defaultValue = defaultValue
      self.range = range
      self.kind = kind
      self.required = required
      self.summary = summary
    }
  }

  /// A model type a `.model` card may name: `d`, `nmos`, `memristor` level 3, ...
  public struct Model: Sendable {
    public var type: String
    /// The `level` that selects it; nil when there is only one.
    public var level: Int?
    public var summary: String
    public var parameters: [Parameter]

    public init(type: String, level: Int? = nil, summary: String, parameters: [Parameter]) {
      self.type = type
      self.level = level
      self.summary = summary
      self.parameters = parameters
    }
  }

  /// A quantity that follows from the parameters alone; `N(<device>:<name>)` prints it.
  public struct Derived: Sendable {
    public var name: String
    public var unit: String
    /// One sentence.
    public var summary: String

    public init(_ name: String, unit: String, _ summary: String) {
      self.name = name
      self.unit = unit
      self.summary = summary
    }
  }

  /// Upper case: "R", "M", "YSTO".
  public var letter: String
  /// "resistor".
  public var name: String
  public var summary: String
  /// Names of the terminals that must be written, then of those that may be: ["n+", "n-"].
  public var terminals: [String]
  public var optionalTerminals: [String]
  public var instanceParameters: [Parameter]
  public var models: [Model]
  public var derived: [Derived]
  /// A model card must be named.
  public var modelRequired: Bool
  /// Literature the equations come from.
  public var source: String
  /// Markdown of the manual page: equations, sign conventions, examples, differences from other
  /// simulators. Headings of the third level and below.
  public var notes: String

  public init(
    letter: String, name: String, summary: String, terminals: [String],
    optionalTerminals: [String] = [], instanceParameters: [Parameter], models: [Model] = [],
    derived: [Derived] = [], modelRequired: Bool = false, source: String, notes: String = ""
  ) {
    self.letter = letter
    self.name = name
    self.summary = summary
    self.terminals = terminals
    self.optionalTerminals = optionalTerminals
    self.instanceParameters = instanceParameters
    self.models = models
    self.derived = derived
    self.modelRequired = modelRequired
    self.source = source
    self.notes = notes
  }
}
