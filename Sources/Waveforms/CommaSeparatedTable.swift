import Numerics

/// Variables of a dataset that lie on the same axes, as comma-separated values.
///
/// One row a point of the axes, the last axis fastest; first the coordinates, then the variables,
/// a complex one in two columns. Headings carry the unit: `time (s)`. Numbers are written so that
/// reading them gives the same bits. Lines and quotes follow RFC 4180.
public struct CommaSeparatedTable: Sendable {
  public let text: String

  /// - Parameter axes: the axes of the table, in the order the variables have them; variables on
  ///   other axes are left out.
  /// - Precondition: the dataset has these axes.
  public init(_ dataset: Dataset, axes names: [String]) {
    let axes = names.map { name in
      guard let axis = dataset.axis(name) else { preconditionFailure("no axis '\(name)'") }
      return axis
    }
    let variables = dataset.variables.filter { $0.axes == names }
    var rows = [axes.map { Self.heading($0.name, $0.unit) }]
    for variable in variables {
      if variable.values.complexes != nil {
        rows[0].append(Self.heading(variable.name + ".real", variable.unit))
        rows[0].append(Self.heading(variable.name + ".imaginary", variable.unit))
      } else {
        rows[0].append(Self.heading(variable.name, variable.unit))
      }
    }
    for index in 0..<axes.reduce(1, { $0 * $1.count }) {
      var row: [String] = []
      var rest = index
      for axis in axes.reversed() {
        row.insert(axis.label(rest % axis.count), at: 0)
        rest /= axis.count
      }
      for variable in variables { row += Self.cells(variable.values, index) }
      rows.append(row)
    }
    text = rows.map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  /// Writes the table, whole or not at all.
  ///
  /// - Throws: `FileError` `unwritable`.
  public func write(to path: String) throws { try WholeFile.write(Array(text.utf8), to: path) }

  private static func heading(_ name: String, _ unit: String?) -> String {
    unit.map { "\(name) (\($0))" } ?? name
  }

  private static func cells(_ values: Values, _ index: Int) -> [String] {
    switch values {
    case .double(let numbers): ["\(numbers[index])"]
    case .single(let numbers): ["\(numbers[index])"]
    case .integer(let numbers): ["\(numbers[index])"]
    case .boolean(let flags): ["\(flags[index])"]
    case .byte(let bytes): ["\(bytes[index])"]
    case .text(let strings): [strings[index]]
    case .complex(let numbers): ["\(numbers[index].real)", "\(numbers[index].imaginary)"]
    }
  }

  static func quoted(_ field: String) -> String {
    let special: Set<Unicode.Scalar> = [",", "\"", "\r", "\n"]
    guard field.unicodeScalars.contains(where: special.contains) else { return field }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
