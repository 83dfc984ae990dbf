import Devices
import Energy
import Schematic
import Simulation

/// What each energy term's parts of a circuit take from the supply at one instant.
///
/// A part that hangs on the supply takes what flows into it there. An ideal source inside a cell
/// that does not, such as a level shifter, stands for one that does: what it delivers counts.
struct SupplyDraw {
  private struct Tap {
    var bank: Int
    var index: Int
    /// Terminals at the supply; all of them, with the opposite sign, of a source elsewhere.
    var terminals: [Int]
    var nodes: [Int]
    var sign: Double
    var term: Int
    /// The unknown that is the current through it from its first terminal to its second; -1 where
    /// the currents have to be evaluated.
    var branch: Int
  }

  let termCount = EnergyTerms.all.count
  private let equations: CircuitEquations
  private var taps: [Tap] = []
  private var currents: [Double]

  /// - Parameter part: what an instance is of the memory; nil where it is none of it.
  init(_ equations: CircuitEquations, supply: Int32, part: (Instance) -> MemoryPart?) {
    self.equations = equations
    let circuit = equations.circuit
    currents = Array(
      repeating: 0, count: max(64, circuit.instances.map(\.terminals.count).max() ?? 0))
    for (number, bank) in equations.banks.enumerated() {
      for (index, instance) in bank.instances.enumerated() {
        let instance = circuit.instances[Int(instance)]
        guard let part = part(instance),
          let term = EnergyTerms.all.firstIndex(where: { $0.counts(part) })
        else { continue }
        let all = Array(instance.terminals.indices)
        let atSupply = all.filter { instance.terminals[$0] == supply }
        if atSupply.isEmpty && !bank.isSource { continue }
        let terminals = atSupply.isEmpty ? all : atSupply
        taps.append(
          Tap(
            bank: number, index: index, terminals: terminals,
            nodes: terminals.map { Int(instance.terminals[$0]) }, sign: atSupply.isEmpty ? -1 : 1,
            term: term,
            branch: instance.terminals.count == 2
              ? equations.layout.branch(of: instance.name).map { Int($0) } ?? -1 : -1))
      }
    }
  }

  /// Watts by term.
  mutating func powers(_ evaluation: Evaluation, into powers: UnsafeMutablePointer<Double>) {
    powers.update(repeating: 0, count: termCount)
    currents.withUnsafeMutableBufferPointer { currents in
      guard let currents = currents.baseAddress else { return }
      for tap in taps {
        if tap.branch >= 0 {
          let branch = evaluation.values[tap.branch]
          var power = 0.0
          for (terminal, node) in zip(tap.terminals, tap.nodes) {
            power += (terminal == 0 ? branch : -branch) * evaluation.values[node]
          }
          powers[tap.term] += tap.sign * power
          continue
        }
        equations.banks[tap.bank].terminalCurrents(tap.index, evaluation, into: currents)
        var power = 0.0
        for (terminal, node) in zip(tap.terminals, tap.nodes) {
          power += currents[terminal] * evaluation.values[node]
        }
        powers[tap.term] += tap.sign * power
      }
    }
  }
}
