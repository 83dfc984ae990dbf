import Schematic

extension Elaborator {
  /// Opens the subcircuits that nothing has opened once, to find their mistakes too, and forgets
  /// what they made: those written in the deck itself, and the cells of synapse matrices.
  func tryUnopened(in scope: Scope) {
    let opened = Set(cellDeclarations.map(ObjectIdentifier.init))
    let cells = Set(circuit.synapses.map(\.cell))
    isTrying = true
    defer { isTrying = false }
    var estimate = SizeEstimate()
    for name in scope.block.subcircuits.keys.sorted() {
      guard let declaration = scope.block.subcircuits[name],
        !opened.contains(ObjectIdentifier(declaration)), !faults.isFull,
        declaration.name.origin.file == 0 || cells.contains(name),
        estimate.elements(of: declaration.body, outer: [scope.block]) < 100_000
      else { continue }
      let saved = (circuit, nodeIndices, cellDeclarations, synapses, scopesWithCards)
      let trial = Scope(
        parent: scope, prefix: "\(name).", cell: Int32(circuit.cells.count),
        block: declaration.body, declaration: declaration, caller: scope)
      for port in declaration.ports { _ = node(port, in: trial, at: declaration.name.origin) }
      circuit.cells.append(
        Cell(
          name: name, definition: name, parent: -1, terminals: declaration.ports.map { _ in 0 },
          parameters: [:], origin: declaration.name.origin))
      cellDeclarations.append(declaration)
      takeBranches(of: trial)
      evaluateParameters(of: trial)
      open(trial)
      (circuit, nodeIndices, cellDeclarations, synapses, scopesWithCards) = saved
    }
  }
}
