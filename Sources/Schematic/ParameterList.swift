/// A value written in a deck: a number, a text, or an expression of circuit quantities.
public enum ParameterValue: Sendable, Hashable {
  case number(Double)
  case text(String)
  /// Of node voltages, branch currents, time, ...; bound: no deck parameter is left in it.
  case expression(Expression)
  /// Several numbers: the arguments of PULSE, the coefficients of POLY, the points of a table.
  case numbers([Double])

  public var number: Double? {
    if case .number(let value) = self { return value }
    return nil
  }

  public var text: String? {
    if case .text(let value) = self { return value }
    return nil
  }

  public var expression: Expression? {
    switch self {
    case .expression(let value): value
    case .number(let value): Expression(number: value)
    default: nil
    }
  }

  public var numbers: [Double]? {
    if case .numbers(let value) = self { return value }
    return nil
  }
}

/// The parameters written at an instance or model, by lower-case name, in the order written.
///
/// An array and not a dictionary: most instances have one or two, and a deck has 200,000 of them.
public struct ParameterList: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  public struct Entry: Sendable, Hashable {
    public var name: String
    public var value: ParameterValue
    /// Of the value's text.
    public var origin: Origin

    public init(name: String, value: ParameterValue, origin: Origin = .none) {
      self.name = name
      self.value = value
      self.origin = origin
    }
  }

  public var entries: [Entry]

  public init(_ entries: [Entry] = []) { self.entries = entries }

  public init(dictionaryLiteral elements: (String, ParameterValue)...) {
    entries = elements.map { Entry(name: $0.0, value: $0.1) }
  }

  public var isEmpty: Bool { entries.isEmpty }

  /// The value of `name`; setting nil removes it.
  public subscript(name: String) -> ParameterValue? {
    get { entries.first { $0.name == name }?.value }
    set {
      guard let index = entries.firstIndex(where: { $0.name == name }) else {
        if let newValue { entries.append(Entry(name: name, value: newValue)) }
        return
      }
      if let newValue { entries[index].value = newValue } else { entries.remove(at: index) }
    }
  }

  public mutating func set(_ name: String, _ value: ParameterValue, at origin: Origin) {
    if let index = entries.firstIndex(where: { $0.name == name }) {
      entries[index] = Entry(name: name, value: value, origin: origin)
    } else {
      entries.append(Entry(name: name, value: value, origin: origin))
    }
  }

  /// Where the value of `name` was written.
  public func origin(of name: String) -> Origin? { entries.first { $0.name == name }?.origin }
}
