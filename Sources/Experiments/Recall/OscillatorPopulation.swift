import Networks
import Numerics
import Ranks
import Schematic

/// The oscillators of a network: constants and feedback of every instance of one cell that is here;
/// means are over all ranks.
struct OscillatorPopulation {
  let cell: OscillatorCell
  let constants: [EnvelopeOscillators.Constants]
  /// Feedback amplitude of each, A.
  let feedback: [Double]
  /// Mean bias current over the view's.
  let biasRatio: Double
  private let block: Block

  /// - Throws: what reading the view or an instance throws.
  init(
    _ cells: [Cell], _ view: View, thermal: Bool, temperature: Double, block: Block? = nil,
    at origin: Origin
  ) throws(Fault) {
    self.block = block ?? Block(cells.count)
    cell = try OscillatorCell(view, temperature: temperature, at: origin)
    var constants: [EnvelopeOscillators.Constants] = []
    var feedback: [Double] = []
    var bias = 0.0
    for instance in cells {
      let (one, amplitude) = try cell.instance(instance, thermal: thermal)
      constants.append(one)
      feedback.append(amplitude)
      bias += instance.parameters["bias"] ?? cell.biasCurrent
    }
    self.constants = constants
    self.feedback = feedback
    biasRatio = self.block.mean(CollectionOfOne(bias)) / cell.biasCurrent
  }

  /// The phase that the programmed delays add to every weight, rad: an oscillator follows its drive
  /// with the constant phase arctan nu.
  var compensation: Double { -arcTangent(cell.reference.nonlinearity) }

  /// Free-running angular frequency of each in the rotating frame, rad/s.
  var detuning: [Double] { constants.map(\.angularFrequency) }

  /// Force on the amplitude of each, 1/s.
  var gain: [Complex] { feedback.map { Complex(cell.forcePerAmpere * $0) } }

  var meanFeedback: Double { block.mean(feedback) }

  /// Mean rate kappa at which small phase differences decay, 1/s.
  var relaxationRate: Double {
    let turn = Complex(modulus: 1, argument: compensation)
    return block.mean(zip(constants, gain).lazy.map { ($0.phaseGain($1) * turn).real })
  }

  /// Rms deviation of the free-running angular frequencies from their mean, rad/s.
  var spread: Double {
    let centre = mean { $0.angularFrequency }
    return mean { ($0.angularFrequency - centre) * ($0.angularFrequency - centre) }.squareRoot()
  }

  /// Mean of a quantity over the oscillators.
  func mean(_ quantity: (EnvelopeOscillators.Constants) -> Double) -> Double {
    block.mean(CollectionOfOne(constants.reduce(0) { $0 + quantity($1) }))
  }
}

extension SynapseHardware {
  /// What the array's parameters ask for; the lowest conductance is the cell's view's.
  /// - Throws: "view-lacks-constant" where synapses are stuck off and the view does not say where.
  init(_ synapse: SynapseArray, _ library: ViewLibrary, at origin: Origin) throws(Fault) {
    self.init()
    levels = synapse.levels
    phaseSigma = synapse.phaseSigma
    gainSigma = synapse.gainSigma
    stuckOff = synapse.stuckOff
    dead = synapse.dead
    realDelays = synapse.realDelays
    // A cell without a view is a fault of the energy terms, told with all that they lack.
    if stuckOff > 0, let view = library.view(of: synapse.cell) {
      offRatio = try view.value("off_ratio", at: origin)
    }
  }
}
