import AssociativeMemory
import Energy
import Networks
import Numerics
import Ranks
import Schematic

/// Which equations a run integrates.
public enum NetworkFidelity: String, Sendable, CaseIterable {
  /// Kirchhoff's laws and every device's own.
  case circuit
  case envelope
  case phase
}

/// The network of a deck: oscillators and coupling, built from cells, synapse array and views.
struct NetworkPlan {
  var fidelity: NetworkFidelity
  /// The oscillators that are here.
  var block: Block
  var oscillators: EnvelopeOscillators
  var coupling: Coupling
  /// What acts on phases besides `coupling`, by rising harmonic; only of the phase equation.
  var harmonics: [Coupling] = []
  var operation: NetworkOperation
  /// Name of the source that feeds the oscillators.
  var supplySource: String
  var terms: [any EnergyTerm]
  /// The synapses one by one; only of a memory at circuit fidelity.
  var synapses: [MemorySynapse] = []
  /// Whether synapses have imperfections that are drawn.
  var drawsSynapses = false
  /// Mean feedback amplitude of the oscillators, A.
  var feedbackCurrent: Double
  /// Rate at which small phase differences decay, 1/s: the mean over oscillators of kappa.
  var kappa: Double
  /// Rms deviation of the free-running angular frequencies, rad/s.
  var spread: Double
  /// Mean free-running power of the oscillators.
  var meanPower: Double
  /// Mean phase diffusion D, rad^2/s.
  var phaseDiffusion: Double
  /// The declared constants all this rests on.
  var standIns: [StandIn]

  /// Of the block.
  var count: Int { oscillators.count }

  /// The fastest rate in the equations of any oscillator, 1/s.
  var fastestRate: Double { block.ranks.maximum(system(trials: 1).fastestRate) }

  /// The equations for a batch of trials, with scratch memory of their own.
  func system(trials: Int) -> any NetworkSystem {
    switch fidelity {
    case .circuit, .envelope:
      return EnvelopeSystem(oscillators: oscillators, couplings: [coupling.copy()], trials: trials)
    case .phase:
      return PhaseSystem(
        oscillators: PhaseOscillators(oscillators),
        couplings: [phaseCoupling()] + harmonics.map { $0.copy() }, trials: trials)
    }
  }

  /// The coupling as it acts on phases once powers have settled, with scratch memory of its own.
  func phaseCoupling() -> Coupling {
    var reduced = coupling.copy()
    reduced.gain = (0..<count).map { oscillators[$0].phaseGain(coupling.gain[$0]) }
    return reduced
  }
}
