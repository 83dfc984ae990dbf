/// Trees of elements that impose voltages: the way between two nodes is one.
struct SpanningForest {
  /// By node: the node above, the element to it, and the depth.
  private var above: [(node: Int32, instance: Int32, depth: Int32)]

  init(nodeCount: Int, _ edges: [(a: Int32, b: Int32, instance: Int32)]) {
    var neighbours: [Int32: [(node: Int32, instance: Int32)]] = [:]
    for edge in edges {
      neighbours[edge.a, default: []].append((edge.b, edge.instance))
      neighbours[edge.b, default: []].append((edge.a, edge.instance))
    }
    above = Array(repeating: (-1, -1, -1), count: nodeCount)
    for start in neighbours.keys.sorted() where above[Int(start)].depth < 0 {
      above[Int(start)] = (-1, -1, 0)
      var stack = [start]
      while let node = stack.popLast() {
        for next in neighbours[node] ?? [] where above[Int(next.node)].depth < 0 {
          above[Int(next.node)] = (node, next.instance, above[Int(node)].depth + 1)
          stack.append(next.node)
        }
      }
    }
  }

  /// The elements between two nodes of one tree.
  func path(_ a: Int32, _ b: Int32) -> [Int32] {
    var (left, right) = (a, b)
    var path: [Int32] = []
    while left != right {
      let isLeft = above[Int(left)].depth >= above[Int(right)].depth
      let deeper = isLeft ? left : right
      path.append(above[Int(deeper)].instance)
      if isLeft { left = above[Int(deeper)].node } else { right = above[Int(deeper)].node }
    }
    return path
  }
}
