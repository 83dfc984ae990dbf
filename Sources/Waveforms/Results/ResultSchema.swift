/// What a result file of one circuit analysis will hold, known before its first point.
public struct ResultSchema: Equatable, Sendable {
  /// The kinds of analysis; the raw value stands in file names.
  public enum Analysis: String, CaseIterable, Sendable {
    case op, dc, ac, tran, noise, pss
  }

  /// The deck's title line.
  public var title: String
  public var analysis: Analysis
  /// What runs along a curve; nil for operating points, which have one point a step.
  public var abscissa: ResultAbscissa?
  /// The printed quantities, in the order of the card.
  public var columns: [ResultColumn]
  /// Axes of `.step` (and the outer sweeps of a nested `.dc`), the first innermost.
  public var steps: [ResultStep]
  /// Provenance: deck, program, options.
  public var attributes: Attributes

  /// - Precondition: no step axis is empty.
  public init(
    title: String, analysis: Analysis, abscissa: ResultAbscissa?, columns: [ResultColumn],
    steps: [ResultStep] = [], attributes: Attributes = [:]
  ) {
    precondition(steps.allSatisfy { !$0.values.isEmpty }, "a step axis without values")
    self.title = title
    self.analysis = analysis
    self.abscissa = abscissa
    self.columns = columns
    self.steps = steps
    self.attributes = attributes
  }

  /// How many times the analysis runs: the product of the steps' lengths, 1 without steps.
  public var stepCount: Int { steps.reduce(1) { $0 * $1.values.count } }

  /// Whether points are appended as complex numbers: one column at least is complex.
  public var isComplex: Bool { columns.contains(where: \.isComplex) }

  /// Position on each step axis of the step of that index; the first axis runs fastest.
  public func positions(ofStep index: Int) -> [Int] {
    var rest = index
    return steps.map { axis in
      defer { rest /= axis.values.count }
      return rest % axis.values.count
    }
  }

  /// "R1 = 100.0, TEMP = 27.0": the values of the step of that index.
  func text(ofStep index: Int) -> String {
    zip(steps, positions(ofStep: index))
      .map { "\($0.name) = \($0.values[$1])" }.joined(separator: ", ")
  }
}

/// The quantity along a curve: time, frequency, the swept source.
public struct ResultAbscissa: Equatable, Sendable {
  /// "time", "frequency", "v1": the axis in NetCDF, the scale in SPICE raw files.
  public var name: String
  /// SI symbol; nil for a pure number.
  public var unit: String?
  /// The heading in csv and prn files: "TIME", "FREQ"; nil leaves the column out there, as Xyce
  /// does with the swept source of a dc analysis, which only `.print` brings in.
  public var label: String?
  /// Whether the points are the same in all steps, as on a requested grid; only then can a NetCDF
  /// file with steps have one coordinate for all.
  public var isCommon: Bool
  /// Points of one step, if that is known: files are cut in suitable chunks.
  public var countExpected: Int?

  public init(
    _ name: String, unit: String?, label: String?, isCommon: Bool = false, countExpected: Int? = nil
  ) {
    self.name = name
    self.unit = unit
    self.label = label
    self.isCommon = isCommon
    self.countExpected = countExpected
  }

  public static let time = ResultAbscissa("time", unit: "s", label: "TIME")
  /// Frequencies of an ac or noise analysis: the same in all steps.
  public static let frequency = ResultAbscissa(
    "frequency", unit: "Hz", label: "FREQ", isCommon: true)
}

/// One printed quantity.
public struct ResultColumn: Equatable, Sendable {
  public enum Kind: String, Sendable { case voltage, current, other }

  /// The expression as the deck writes it: "V(out)", "{V(a)-V(b)}".
  public var label: String
  /// SI symbol; nil for a pure or unknown number.
  public var unit: String?
  public var kind: Kind
  public var isComplex: Bool

  public init(_ label: String, unit: String?, kind: Kind, isComplex: Bool = false) {
    self.label = label
    self.unit = unit
    self.kind = kind
    self.isComplex = isComplex
  }

  public static func voltage(_ label: String, isComplex: Bool = false) -> ResultColumn {
    ResultColumn(label, unit: "V", kind: .voltage, isComplex: isComplex)
  }

  public static func current(_ label: String, isComplex: Bool = false) -> ResultColumn {
    ResultColumn(label, unit: "A", kind: .current, isComplex: isComplex)
  }
}

/// A stepped parameter and its values in order.
public struct ResultStep: Equatable, Sendable {
  /// "R1", "TEMP", "vdd".
  public var name: String
  /// SI symbol, if known.
  public var unit: String?
  public var values: [Double]

  public init(_ name: String, unit: String? = nil, values: [Double]) {
    self.name = name
    self.unit = unit
    self.values = values
  }
}
