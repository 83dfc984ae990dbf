/// Sets that merge: which nodes hang together.
struct DisjointSets {
  private var parents: [Int32]

  init(count: Int) { parents = (0..<Int32(count)).map { $0 } }

  /// The set's representative.
  mutating func root(_ index: Int32) -> Int32 {
    var root = index
    while parents[Int(root)] != root {
      // every second link is shortened on the way
      let above = parents[Int(parents[Int(root)])]
      parents[Int(root)] = above
      root = above
    }
    return root
  }

  /// Merges two sets; false where they were one already.
  mutating func join(_ a: Int32, _ b: Int32) -> Bool {
    let (first, second) = (root(a), root(b))
    if first == second { return false }
    // the smaller index represents, so that ground does
    parents[Int(max(first, second))] = min(first, second)
    return true
  }
}
