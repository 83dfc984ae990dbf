public import Numerics

/// The values of a variable, row-major.
public enum Values: Equatable, Sendable {
  case double([Double])
  case single([Float])
  case integer([Int])
  case boolean([Bool])
  case byte([UInt8])
  case text([String])
  /// NetCDF has no complex numbers: stored as doubles with a trailing axis `part` of the labels
  /// "real" and "imaginary", so that `x.sel(part="real")` works in xarray.
  case complex([Complex])

  public var count: Int {
    switch self {
    case .double(let values): values.count
    case .single(let values): values.count
    case .integer(let values): values.count
    case .boolean(let values): values.count
    case .byte(let values): values.count
    case .text(let values): values.count
    case .complex(let values): values.count
    }
  }

  /// The values as doubles; nil for text and complex numbers. False is 0, true is 1.
  public var doubles: [Double]? {
    switch self {
    case .double(let values): values
    case .single(let values): values.map(Double.init)
    case .integer(let values): values.map(Double.init)
    case .boolean(let values): values.map { $0 ? 1 : 0 }
    case .byte(let values): values.map(Double.init)
    case .text, .complex: nil
    }
  }

  /// The values as whole numbers; nil for the other kinds.
  public var integers: [Int]? {
    switch self {
    case .integer(let values): values
    case .byte(let values): values.map(Int.init)
    case .boolean(let values): values.map { $0 ? 1 : 0 }
    default: nil
    }
  }

  /// The values as text; nil for the other kinds.
  public var strings: [String]? {
    if case .text(let values) = self { values } else { nil }
  }

  /// The values as complex numbers; nil for the other kinds.
  public var complexes: [Complex]? {
    if case .complex(let values) = self { values } else { nil }
  }
}

/// One value of an attribute.
public enum AttributeValue: Equatable, Sendable, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringInterpolation
{
  case text(String)
  case integer(Int)
  case real(Double)
  case reals([Double])
  case texts([String])

  public init(stringLiteral value: String) { self = .text(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .real(value) }

  public var text: String? { if case .text(let value) = self { value } else { nil } }
  public var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  public var real: Double? { if case .real(let value) = self { value } else { nil } }
}

/// Named facts in the order in which they were given.
public struct Attributes: Equatable, Sendable, ExpressibleByDictionaryLiteral {
  public private(set) var names: [String] = []
  private var table: [String: AttributeValue] = [:]

  public init(dictionaryLiteral elements: (String, AttributeValue)...) {
    for (name, value) in elements { self[name] = value }
  }

  public var isEmpty: Bool { names.isEmpty }

  public subscript(_ name: String) -> AttributeValue? {
    get { table[name] }
    set {
      if newValue == nil {
        names.removeAll { $0 == name }
      } else if table[name] == nil {
        names.append(name)
      }
      table[name] = newValue
    }
  }
}
