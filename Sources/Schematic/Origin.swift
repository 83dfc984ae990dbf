/// Where in the deck's text something was written: a span of bytes in one source file.
///
/// Small on purpose: a deck of 200,000 lines keeps one for every value in it. Netlist's source map
/// turns it into file, line, column and include chain.
public struct Origin: Hashable, Sendable {
  /// Index into the source map; -1 when nothing was written (a value made by the program).
  public var file: Int32
  public var offset: Int32
  public var length: Int32

  @inlinable
  public init(file: Int32, offset: Int32, length: Int32) {
    self.file = file
    self.offset = offset
    self.length = length
  }

  public static let none = Origin(file: -1, offset: 0, length: 0)
}
