import Schematic

/// Counts what a deck would open into, before anything is opened: subcircuits that call each other
/// tenfold at ten levels are a small text and ten thousand million elements.
struct SizeEstimate {
  private let cells: CellDepth
  private var known: [ObjectIdentifier: Double] = [:]
  private var open: Set<ObjectIdentifier> = []

  init(_ cells: CellDepth = .everything) { self.cells = cells }

  /// Elements of `block` outside conditionals; `outer` are the blocks in which it stands.
  mutating func elements(of block: Block, outer: [Block] = [], depth: Int = 0) -> Double {
    let blocks = outer + [block]
    var total = 0.0
    for element in block.elements {
      switch element {
      case .device, .synapse: if depth == 0 || cells != .nothing { total += 1 }
      case .call(let call):
        let copies = Double(call.array?.count ?? 1)
        total += copies
        guard depth < Elaborator.callDepthLimit,
          let level = blocks.lastIndex(where: {
            $0.subcircuits[call.definition.text] != nil
          }), let inner = blocks[level].subcircuits[call.definition.text]
        else { continue }
        total += copies * elements(of: inner, outer: Array(blocks[...level]), depth: depth + 1)
      }
    }
    return total
  }

  private mutating func elements(
    of declaration: SubcircuitDeclaration, outer: [Block], depth: Int
  ) -> Double {
    let key = ObjectIdentifier(declaration)
    if let count = known[key] { return count }
    guard open.insert(key).inserted else { return 0 }
    let count = elements(of: declaration.body, outer: outer, depth: depth)
    open.remove(key)
    known[key] = count
    return count
  }
}
