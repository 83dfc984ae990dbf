import Numerics

/// Scratch memory of a right-hand side: what all sources send and what all destinations receive.
final class CouplingWorkspace {
  let sources: UnsafeMutablePointer<Complex>
  let received: UnsafeMutablePointer<Complex>

  init(count: Int) {
    sources = Self.zeros(count)
    received = Self.zeros(count)
  }

  deinit {
    sources.deallocate()
    received.deallocate()
  }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<Complex> {
    let bytes = max(1, count) * MemoryLayout<Complex>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: Complex.self, capacity: count)
    memory.initialize(repeating: .zero, count: count)
    return memory
  }
}

/// Eight places of an array, or the fewer at its end; inlined, whole groups cost one load or store.
struct ComplexLanes {
  let start: Int
  let count: Int
  let isWhole: Bool

  @inline(__always)
  func load(_ x: UnsafePointer<Complex>) -> EightComplex {
    isWhole ? EightComplex(x, start) : EightComplex(x, part: start, count)
  }

  @inline(__always)
  func load(_ x: UnsafePointer<Double>) -> SIMD8<Double> {
    isWhole ? loadEight(x, start) : loadPart(x, start, count)
  }

  @inline(__always)
  func store(_ value: EightComplex, _ x: UnsafeMutablePointer<Complex>) {
    if isWhole { value.store(x, start) } else { value.store(x, part: start, count) }
  }

  @inline(__always)
  func store(_ value: SIMD8<Double>, _ x: UnsafeMutablePointer<Double>) {
    if isWhole { storeEight(value, x, start) } else { storePart(value, x, start, count) }
  }
}

/// Calls `body` for the groups of eight among `count` places and for the rest.
@inline(__always)
func forEachEightComplex(_ count: Int, _ body: (ComplexLanes) -> Void) {
  var start = 0
  while start + 8 <= count {
    body(ComplexLanes(start: start, count: count, isWhole: true))
    start += 8
  }
  if start < count { body(ComplexLanes(start: start, count: count, isWhole: false)) }
}
