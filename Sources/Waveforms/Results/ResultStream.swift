public import Numerics

/// A place that the points of one analysis are written to while it runs, in bounded memory.
///
///     let stream = try ResultFormat.netcdf.open(schema, at: path)
///     for step in 0..<schema.stepCount {
///       try stream.begin(step: step)
///       ... try stream.append(time, values.span) ...
///       try stream.end(step: step)
///     }
///     try stream.finish(isComplete: true)
///
/// Until `finish` the file has another name, so that nobody takes half a file for a whole one.
/// An interrupted run finishes with `isComplete: false`, in the middle of a step if need be: the
/// file gets its name and says that it is incomplete. A stream that goes away unfinished leaves
/// nothing. Calls out of order stop the program.
///
/// All calls but `discard` throw `FileError` `unwritable`; only `discard` may follow a throw.
public protocol ResultStream: AnyObject {
  var schema: ResultSchema { get }

  /// Starts the step of that index; steps come in order, the first axis of the schema fastest.
  func begin(step: Int) throws

  /// Adds a point of a real analysis.
  ///
  /// - Parameter abscissa: ignored for operating points.
  /// - Parameter values: one a column, in SI units.
  func append(_ abscissa: Double, _ values: Span<Double>) throws

  /// Adds a point of a complex analysis; of real columns the real part counts.
  func append(_ abscissa: Double, _ values: Span<Complex>) throws

  func end(step: Int) throws

  /// Writes what is left and gives the file its name.
  ///
  /// - Parameter isComplete: whether the analysis reached its end in all steps.
  /// - Parameter attributes: facts that are known only now (statistics, the reason for an early
  ///   end); formats without attributes leave them out.
  func finish(isComplete: Bool, attributes: Attributes) throws

  /// Throws the file away. An older file of the name stays.
  func discard()
}

extension ResultStream {
  public func finish(isComplete: Bool) throws {
    try finish(isComplete: isComplete, attributes: [:])
  }
}

/// The kinds of result file.
public enum ResultFormat: String, CaseIterable, Sendable {
  /// NetCDF-4, for xarray; compressed.
  case netcdf
  /// SPICE raw, binary: ngspice, Xyce, gaw, LTspice's readers.
  case raw
  /// SPICE raw with numbers as text.
  case rawText = "raw-text"
  /// Comma-separated values with one line of headings.
  case csv
  /// Blank-separated columns, as Xyce prints them.
  case prn

  /// Without the dot; files are named `<deck>.<analysis>.<extension>`.
  public var fileExtension: String { self == .rawText ? "raw" : rawValue }

  /// Starts a file.
  ///
  /// - Throws: `FileError` `unwritable`.
  public func open(_ schema: ResultSchema, at path: String) throws -> any ResultStream {
    let encoder: any ResultEncoder =
      switch self {
      case .netcdf: NetCDFResult(schema, path)
      case .raw: RawResult(schema, path, isBinary: true)
      case .rawText: RawResult(schema, path, isBinary: false)
      case .csv: TextResult(schema, path, .csv)
      case .prn: TextResult(schema, path, .prn)
      }
    return try ResultFile(schema, at: path, encoder)
  }
}
