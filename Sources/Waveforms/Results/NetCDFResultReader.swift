// The layouts that NetCDFResult writes, back to curves.

extension CircuitResult {
  /// The curves of a dataset; nil where it does not say which circuit analysis it is of.
  ///
  /// - Parameter path: where it was read, for errors.
  /// - Throws: `FileError` `malformed` where it says so but is laid out otherwise.
  public init?(_ data: Dataset, _ path: String) throws {
    guard let name = data.attributes["analysis"]?.text,
      let analysis = ResultSchema.Analysis(rawValue: name)
    else { return nil }
    let layout = NetCDFLayout(data, path, analysis)
    let columns = data.variables.filter { $0.attributes["quantity"] != nil }
    self.init(
      title: data.attributes["title"]?.text ?? "", analysis: analysis,
      isComplete: data.attributes["complete"] != 0,
      abscissa: try columns.first.flatMap { try layout.abscissa($0) }, curves: [])
    let lists = try columns.map { try layout.curves($0) }
    for step in 0..<(lists.first?.count ?? 0) {
      for list in lists where step < list.count { curves.append(list[step]) }
    }
  }
}

private struct NetCDFLayout {
  let data: Dataset
  let path: String
  let analysis: ResultSchema.Analysis

  init(_ data: Dataset, _ path: String, _ analysis: ResultSchema.Analysis) {
    self.data = data
    self.path = path
    self.analysis = analysis
  }

  private func malformed(_ reason: String) -> FileError { FileError(path, .malformed, reason) }

  /// The variable that has a step's own abscissas, where each step has them.
  private func own(_ column: Variable) -> Variable? {
    column.attributes["coordinates"]?.text.flatMap { data[$0] }
  }

  func abscissa(_ column: Variable) throws -> CircuitResult.Abscissa? {
    if analysis == .op { return nil }
    if let own = own(column) { return .init(own.longName ?? own.name, unit: own.unit) }
    guard let axis = column.axes.last.flatMap({ data.axis($0) }) else {
      throw malformed("'\(column.name)' has no abscissa")
    }
    return .init(axis.longName ?? axis.name, unit: axis.unit)
  }

  /// One a step, the first axis of the schema fastest: it is the innermost here too.
  func curves(_ column: Variable) throws -> [ResultCurve] {
    let axes = try column.axes.map { name in
      guard let axis = data.axis(name) else { throw malformed("there is no axis '\(name)'") }
      return axis
    }
    let steps = analysis == .op ? axes : axes.dropLast()
    let length = analysis == .op ? 1 : axes.last?.count ?? 0
    let stepCount = steps.reduce(1) { $0 * $1.count }
    guard column.values.count == stepCount * length else {
      throw malformed("'\(column.name)' does not fill its axes")
    }
    let own = own(column)
    let counts = own == nil ? nil : data[NetCDFResult.countVariable]?.values.integers
    guard own == nil || own?.axes == column.axes && counts?.count == stepCount else {
      throw malformed("'\(column.name)' has no abscissas, or not on its own axes")
    }
    let common = try self.common(axes.last, own, stepCount * length, length)
    return try (0..<stepCount).map { step in
      let count = counts?[step] ?? length
      guard (0...length).contains(count) else {
        throw malformed("step \(step + 1) has \(count) points on an axis of \(length)")
      }
      let start = step * length
      let abscissas = own == nil ? common : Array(common[start..<(start + count)])
      return ResultCurve(
        try label(column), step: settings(Array(steps), step), abscissas: abscissas,
        try points(column, start..<(start + count)))
    }
  }

  /// The abscissas of all steps: `total` where each has its own, else `length`.
  private func common(
    _ axis: Axis?, _ own: Variable?, _ total: Int, _ length: Int
  ) throws -> [Double] {
    if let own {
      guard let values = own.values.doubles, values.count == total else {
        throw malformed("'\(own.name)' are no abscissas")
      }
      return values
    }
    guard analysis != .op, let axis else { return [0] }
    if case .values(let values) = axis.coordinates { return values }
    throw malformed("axis '\(axis.name)' has no numbers")
  }

  private func label(_ column: Variable) throws -> ResultColumn {
    let kind = column.attributes["quantity"]?.text.flatMap { ResultColumn.Kind(rawValue: $0) }
    return ResultColumn(
      column.longName ?? column.name, unit: column.unit, kind: kind ?? .other,
      isComplex: column.values.complexes != nil)
  }

  private func points(_ column: Variable, _ range: Range<Int>) throws -> ResultCurve.Points {
    if let values = column.values.complexes { return .complex(Array(values[range])) }
    if let values = column.values.doubles { return .real(Array(values[range])) }
    throw malformed("'\(column.name)' has no numbers")
  }

  private func settings(_ axes: [Axis], _ step: Int) -> [ResultCurve.Setting] {
    var rest = step
    return axes.reversed().map { axis in
      let position = rest % max(1, axis.count)
      rest /= max(1, axis.count)
      let value =
        if case .values(let values) = axis.coordinates { values[position] } else {
          Double(position)
        }
      return ResultCurve.Setting(axis.longName ?? axis.name, value)
    }
  }
}
