/// Eight places of an array, or the fewer at its end; inlined, whole groups cost one load or store.
@frozen
public struct Lanes {
  /// The first of the places.
  public let start: Int
  /// Numbers in the whole array.
  public let count: Int
  public let isWhole: Bool

  @inlinable @inline(__always)
  init(start: Int, count: Int, isWhole: Bool) {
    self.start = start
    self.count = count
    self.isWhole = isWhole
  }

  /// The numbers at these places; zero beyond the array's end.
  @inlinable @inline(__always)
  public func load(_ x: UnsafePointer<Double>) -> SIMD8<Double> {
    isWhole ? loadEight(x, start) : loadPart(x, start, count)
  }

  @inlinable @inline(__always)
  public func load(_ x: UnsafePointer<Complex>) -> EightComplex {
    isWhole ? EightComplex(x, start) : EightComplex(x, part: start, count)
  }

  @inlinable @inline(__always)
  public func store(_ value: SIMD8<Double>, _ x: UnsafeMutablePointer<Double>) {
    if isWhole { storeEight(value, x, start) } else { storePart(value, x, start, count) }
  }

  @inlinable @inline(__always)
  public func store(_ value: EightComplex, _ x: UnsafeMutablePointer<Complex>) {
    if isWhole { value.store(x, start) } else { value.store(x, part: start, count) }
  }
}

/// Calls `body` for the groups of eight among `count` places and for the rest.
@inlinable @inline(__always)
public func forEachEight(_ count: Int, _ body: (Lanes) -> Void) {
  var start = 0
  while start + 8 <= count {
    body(Lanes(start: start, count: count, isWhole: true))
    start += 8
  }
  if start < count { body(Lanes(start: start, count: count, isWhole: false)) }
}

/// Memory for `count` zeros, aligned to a cache line; the caller deallocates it.
public func alignedZeros(_ count: Int) -> UnsafeMutablePointer<Double> {
  let bytes = max(1, count) * MemoryLayout<Double>.stride
  let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    .bindMemory(to: Double.self, capacity: count)
  memory.initialize(repeating: 0, count: count)
  return memory
}
