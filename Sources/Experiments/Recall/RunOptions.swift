import Schematic

/// Options of the deck that a recall reads.
struct RunOptions {
  var fidelity = NetworkFidelity.envelope
  var seed: UInt64 = 1
  var relativeTolerance = 1e-6
  /// Whether the phase equation takes the coupling function of the measured phase response.
  var takesResponse = false

  init(_ circuit: Circuit) throws(Faults) {
    var faults: [Fault] = []
    if let option = circuit.options["fidelity"], case .text(let name) = option.value {
      if let fidelity = NetworkFidelity(rawValue: name.lowercased()) {
        self.fidelity = fidelity
      } else {
        faults.append(
          Fault(
            "unknown-fidelity", "no fidelity '\(name)'", at: option.origin,
            help: "circuit, envelope or phase"))
      }
    }
    if let option = circuit.options["coupling"], case .text(let name) = option.value {
      takesResponse = name.lowercased() == "response"
    }
    if let option = circuit.options["seed"], case .number(let value) = option.value {
      if value >= 0, value < 0x1p53, value == value.rounded() {
        seed = UInt64(value)
      } else {
        faults.append(
          Fault("bad-seed", "a seed is a whole number from 0 to 2^53", at: option.origin))
      }
    }
    if let option = circuit.options["reltol"], case .number(let value) = option.value {
      if value > 0, value < 0.1 {
        relativeTolerance = value
      } else {
        faults.append(
          Fault("bad-tolerance", "reltol must lie between 0 and 0.1", at: option.origin))
      }
    }
    if !faults.isEmpty { throw Faults(faults) }
  }
}
