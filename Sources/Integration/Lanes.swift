import Numerics

typealias Eight = SIMD8<Double>
typealias Numbers = UnsafeMutablePointer<Double>

/// Eight places of an array, or the fewer at its end; inlined, whole groups cost one load or store.
struct Lanes {
  let start: Int
  let count: Int
  let isWhole: Bool

  /// The numbers at these places; zero beyond the array's end.
  @inline(__always)
  func load(_ x: UnsafePointer<Double>) -> Eight {
    isWhole ? loadEight(x, start) : loadPart(x, start, count)
  }

  @inline(__always)
  func store(_ value: Eight, _ x: Numbers) {
    if isWhole { storeEight(value, x, start) } else { storePart(value, x, start, count) }
  }
}

/// Calls `body` for the groups of eight among `count` places and for the rest.
@inline(__always)
func forEachEight(_ count: Int, _ body: (Lanes) -> Void) {
  var start = 0
  while start + 8 <= count {
    body(Lanes(start: start, count: count, isWhole: true))
    start += 8
  }
  if start < count { body(Lanes(start: start, count: count, isWhole: false)) }
}

/// Memory for `count` zeros, aligned to a cache line.
func zeros(_ count: Int) -> Numbers {
  let bytes = max(1, count) * MemoryLayout<Double>.stride
  let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    .bindMemory(to: Double.self, capacity: count)
  memory.initialize(repeating: 0, count: count)
  return memory
}
