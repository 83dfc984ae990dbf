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
