import Numerics

/// Points of one step on their way into a file.
struct ResultBlock {
  /// Index of the first point in its step.
  let start: Int
  let abscissas: UnsafeBufferPointer<Double>
  /// Point by point, column by column; two numbers a column in complex analyses.
  let values: UnsafeBufferPointer<Double>

  var count: Int { abscissas.count }
}

/// How a kind of file is laid out. Calls come in order, on a temporary file.
protocol ResultEncoder: AnyObject {
  /// The most points a block may have; blocks but the last of a step have that many.
  var blockLength: Int { get }
  /// Creates everything that precedes the points.
  func open(_ temporary: String) throws
  func begin(step: Int) throws
  func write(_ block: ResultBlock, step: Int) throws
  /// - Parameter count: points that the step has; called for a step cut short too.
  func end(step: Int, count: Int) throws
  func close(isComplete: Bool, _ attributes: Attributes) throws
  /// The file stands under its own name: what must be beside it is put there.
  func didRename(isComplete: Bool, _ attributes: Attributes) throws
  /// Lets go of the file, whose content no longer matters.
  func abandon()
}

extension ResultEncoder {
  func didRename(isComplete: Bool, _ attributes: Attributes) throws {}
}

/// A result stream into a file: gathers points to blocks and keeps the order of calls.
final class ResultFile: ResultStream {
  private enum State: Equatable { case between, inside, over }

  /// Numbers in a block of a very wide analysis, at most, so that memory stays bounded.
  static let blockNumbersMaximum = 1 << 20

  let schema: ResultSchema
  private let encoder: any ResultEncoder
  private let pending: PendingFile
  private let width: Int
  private let capacity: Int
  private let abscissas: UnsafeMutablePointer<Double>
  private let values: UnsafeMutablePointer<Double>
  private var state = State.between
  private var step = -1
  private var filled = 0
  private var written = 0

  init(_ schema: ResultSchema, at path: String, _ encoder: any ResultEncoder) throws {
    self.schema = schema
    self.encoder = encoder
    width = schema.columns.count * (schema.isComplex ? 2 : 1)
    capacity = encoder.blockLength
    pending = try PendingFile(path)
    abscissas = .allocate(capacity: capacity)
    values = .allocate(capacity: max(1, capacity * width))
    do {
      try encoder.open(pending.temporary)
    } catch {
      discard()
      throw error
    }
  }

  deinit {
    discard()
    abscissas.deallocate()
    values.deallocate()
  }

  func begin(step index: Int) throws {
    precondition(state == .between && index == step + 1, "steps out of order")
    precondition(index < schema.stepCount, "more steps than the schema has")
    try encoder.begin(step: index)
    state = .inside
    step = index
    filled = 0
    written = 0
  }

  func append(_ abscissa: Double, _ point: Span<Double>) throws {
    precondition(state == .inside, "a point outside of a step")
    precondition(point.count == width && !schema.isComplex, "a point of another schema")
    abscissas[filled] = abscissa
    let place = values + filled * width
    for index in 0..<width { place[index] = point[index] }
    filled += 1
    if filled == capacity { try flush() }
  }

  func append(_ abscissa: Double, _ point: Span<Complex>) throws {
    precondition(state == .inside, "a point outside of a step")
    precondition(2 * point.count == width && schema.isComplex, "a point of another schema")
    abscissas[filled] = abscissa
    let place = values + filled * width
    for index in 0..<point.count {
      place[2 * index] = point[index].real
      place[2 * index + 1] = point[index].imaginary
    }
    filled += 1
    if filled == capacity { try flush() }
  }

  private func flush() throws {
    guard filled > 0 else { return }
    let block = ResultBlock(
      start: written, abscissas: UnsafeBufferPointer(start: abscissas, count: filled),
      values: UnsafeBufferPointer(start: values, count: filled * width))
    try encoder.write(block, step: step)
    written += filled
    filled = 0
  }

  func end(step index: Int) throws {
    precondition(state == .inside && index == step, "the end of another step")
    try flush()
    try encoder.end(step: step, count: written)
    state = .between
  }

  func finish(isComplete: Bool, attributes: Attributes) throws {
    precondition(state != .over, "a file finished twice")
    precondition(
      !isComplete || (state == .between && step == schema.stepCount - 1),
      "a complete file without all its steps")
    do {
      if state == .inside { try end(step: step) }
      try encoder.close(isComplete: isComplete, attributes)
      try pending.commit()
    } catch {
      discard()
      throw error
    }
    state = .over
    try encoder.didRename(isComplete: isComplete, attributes)
  }

  func discard() {
    guard state != .over else { return }
    state = .over
    encoder.abandon()
    pending.discard()
  }
}

extension ResultSchema {
  /// Points in a block, by how wide they are.
  var blockLength: Int {
    let width = 1 + columns.count * (isComplex ? 2 : 1)
    let most = min(4096, max(1, ResultFile.blockNumbersMaximum / width))
    guard let expected = abscissa == nil ? 1 : abscissa?.countExpected else { return most }
    return max(1, min(most, expected))
  }
}
