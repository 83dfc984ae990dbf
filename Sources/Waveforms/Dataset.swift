/// Results with labelled axes, as xarray understands them: variables lie on named axes, everything
/// has a unit, and the provenance stands in attributes.
///
/// One dataset is one NetCDF-4 file (`write(to:)`, `read(_:)`).
public struct Dataset: Equatable, Sendable {
  public var axes: [Axis]
  public var variables: [Variable]
  /// What the file as a whole says of itself: title, deck, parameters, seed, version.
  public var attributes: Attributes

  public init(
    axes: [Axis] = [], variables: [Variable] = [], attributes: Attributes = [:]
  ) {
    self.axes = axes
    self.variables = variables
    self.attributes = attributes
  }

  /// The variable of that name, if there is one.
  public subscript(_ name: String) -> Variable? { variables.first { $0.name == name } }

  /// The axis of that name, if there is one.
  public func axis(_ name: String) -> Axis? { axes.first { $0.name == name } }

  /// The lengths of a variable's axes, slowest first.
  ///
  /// - Precondition: the dataset has these axes.
  public func shape(of variable: Variable) -> [Int] {
    variable.axes.map { name in
      guard let axis = axis(name) else {
        preconditionFailure("variable '\(variable.name)' lies on '\(name)', which is no axis")
      }
      return axis.count
    }
  }

  /// Stops the program if names repeat, a variable lies on an axis that is not there, or has
  /// another number of values than its axes ask for: mistakes of ours, not of the user.
  func checkConsistency() {
    var names = Set<String>()
    for axis in axes {
      precondition(names.insert(axis.name).inserted, "two axes are called '\(axis.name)'")
    }
    for variable in variables {
      precondition(
        names.insert(variable.name).inserted, "the name '\(variable.name)' is taken twice")
      let needed = shape(of: variable).reduce(1, *)
      precondition(
        variable.values.count == needed,
        "variable '\(variable.name)' has \(variable.values.count) values, its axes \(needed)")
    }
  }
}

/// One labelled direction: trial, pattern, oscillator, time.
public struct Axis: Equatable, Sendable {
  /// What the positions along an axis are called.
  public enum Coordinates: Equatable, Sendable {
    /// Positions 0, 1, 2, ... with no name of their own.
    case indices(Int)
    case values([Double])
    case labels([String])
  }

  public var name: String
  /// SI symbol: "s", "Hz"; nil for a pure number or labels.
  public var unit: String?
  /// A sentence part for plots: "time after release of the probe".
  public var longName: String?
  public var coordinates: Coordinates
  /// Stored as an unlimited dimension, to which later writers can append.
  public var grows: Bool

  public init(
    _ name: String, _ coordinates: Coordinates, unit: String? = nil, longName: String? = nil,
    grows: Bool = false
  ) {
    self.name = name
    self.coordinates = coordinates
    self.unit = unit
    self.longName = longName
    self.grows = grows
  }

  public var count: Int {
    switch coordinates {
    case .indices(let count): count
    case .values(let values): values.count
    case .labels(let labels): labels.count
    }
  }

  /// The position's value or label, as text.
  public func label(_ index: Int) -> String {
    switch coordinates {
    case .indices: String(index)
    case .values(let values): "\(values[index])"
    case .labels(let labels): labels[index]
    }
  }
}

/// One measured or computed quantity on the axes of a dataset.
public struct Variable: Equatable, Sendable {
  public var name: String
  /// Names of its axes, slowest first; none for a single number.
  public var axes: [String]
  public var unit: String?
  public var longName: String?
  /// Row-major: the last axis runs fastest.
  public var values: Values
  public var attributes: Attributes

  public init(
    _ name: String, axes: [String] = [], unit: String? = nil, longName: String? = nil,
    _ values: Values, attributes: Attributes = [:]
  ) {
    self.name = name
    self.axes = axes
    self.unit = unit
    self.longName = longName
    self.values = values
    self.attributes = attributes
  }
}
