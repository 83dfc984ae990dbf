/// Times at which integration has to stop, in order; those closer than rounding are one.
struct BreakpointQueue {
  /// A binary heap: the earliest first.
  private var heap: [Double] = []

  var isEmpty: Bool { heap.isEmpty }

  /// Relative distance below which two times are the same.
  static let resolution = 1e-12

  mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

  mutating func insert(_ time: Double) {
    heap.append(time)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      if heap[parent] <= heap[child] { break }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  /// The first time clearly after `time`; all up to it are forgotten.
  mutating func next(after time: Double) -> Double {
    let limit = time + Self.resolution * abs(time)
    while let first = heap.first, first <= limit { removeFirst() }
    return heap.first ?? .infinity
  }

  private mutating func removeFirst() {
    let last = heap.removeLast()
    guard !heap.isEmpty else { return }
    heap[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      if child >= heap.count { return }
      if child + 1 < heap.count && heap[child + 1] < heap[child] { child += 1 }
      if heap[parent] <= heap[child] { return }
      heap.swapAt(parent, child)
      parent = child
    }
  }
}
