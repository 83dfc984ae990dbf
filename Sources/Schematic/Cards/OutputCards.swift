/// A quantity to print, save or transform.
public struct Output: Sendable, Hashable {
  /// As the deck writes it; one name for each element of an array.
  public var label: String
  public var value: Expression
  public var origin: Origin

  public init(label: String, value: Expression, origin: Origin) {
    self.label = label
    self.value = value
    self.origin = origin
  }
}

/// Analyses that results are asked of.
public enum AnalysisKind: String, Sendable, CaseIterable {
  case op, dc, ac, tran, noise, pss
}

/// `.print tran v(out) {v(a) * i(v1)}` and `.save v(out)`.
public struct PrintCard: Sendable, Hashable {
  /// nil: results of every analysis (`.save`).
  public var analysis: AnalysisKind?
  public var outputs: [Output]
  /// `.save all`, `V(*)`: every node voltage.
  public var everyVoltage: Bool
  /// `I(*)`: every branch current.
  public var everyCurrent: Bool
  /// `format=csv file=x.csv`: lower case names, in the order written.
  public var arguments: ParameterList
  public var origin: Origin

  public init(
    analysis: AnalysisKind?, outputs: [Output], everyVoltage: Bool = false,
    everyCurrent: Bool = false, arguments: ParameterList = [:], origin: Origin
  ) {
    self.analysis = analysis
    self.outputs = outputs
    self.everyVoltage = everyVoltage
    self.everyCurrent = everyCurrent
    self.arguments = arguments
    self.origin = origin
  }
}

/// `.ic v(a)=1` holds nodes while the operating point is found; `.nodeset v(a)=1` only suggests.
public struct NodeVoltagesCard: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    /// Index into `Circuit.nodeNames`.
    public var node: Int32
    public var voltage: Double
    public var origin: Origin

    public init(node: Int32, voltage: Double, origin: Origin) {
      self.node = node
      self.voltage = voltage
      self.origin = origin
    }
  }

  public var entries: [Entry]
  public var origin: Origin

  public init(entries: [Entry], origin: Origin) {
    self.entries = entries
    self.origin = origin
  }
}
