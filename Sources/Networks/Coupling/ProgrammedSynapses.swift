public import Numerics
public import Ranks

/// One synapse as hardware realises it.
public struct RealisedSynapse: Sendable, Equatable {
  public var to: Int
  public var from: Int
  /// In units of |W|.
  public var conductance: Double
  /// Seconds, as programmed.
  public var delay: Double
  /// By which the delay falls short of that, as a phase, rad.
  public var phaseError: Double
}

/// Weights after programming, as the operator that the network runs with.
public struct ProgrammedSynapses {
  public let coupling: any CouplingOperator
  /// The same synapses for the harmonics asked for: |W| e^{i k arg W} each, as a delay has it.
  public let harmonics: [any CouplingOperator]

  /// Why synapses could not be programmed.
  public enum Failure: Error, Hashable, Sendable {
    /// Every synapse of its own needs more memory than `limit` bytes.
    case tooMany(bytes: Int, limit: Int)
    /// Ranks share ideal synapses of weights in factors only.
    case notShared
    case notFinite(to: Int, from: Int)
  }

  /// Memory that individually programmed synapses may take, bytes.
  public static let memoryLimit = 4 << 30

  /// Programs `weights`.
  ///
  /// Where the hardware is exact, no source detuned and no harmonic asked for, the weights' own
  /// structure (low rank) is kept, and memory is O(N P); else every synapse is a number of its own.
  ///
  /// - Parameters:
  ///   - angularFrequency: reference omega_0, rad/s, which delays are computed for.
  ///   - detuning: of each source from the reference, rad/s.
  ///   - harmonics: multiples of the frequency, from 2.
  ///   - lattice: the image's shape, along which a convolution is looked for.
  ///   - block: the oscillators that are here: `weights` and `detuning` are theirs.
  ///   - visit: told every synapse that carries something, for whoever counts or builds them; of
  ///     a kept structure a sample where there are too many, and of the block's rows alone.
  public init(
    _ weights: Weights, hardware: SynapseHardware, angularFrequency: Double,
    detuning: [Double], harmonics: [Int] = [], lattice: Lattice? = nil, block: Block? = nil,
    visit: (RealisedSynapse) -> Void = { _ in }
  ) throws(Failure) {
    let ranks = block?.ranks ?? .alone
    let isDetuned = ranks.any(hardware.realDelays && detuning.contains { $0 != 0 })
    if case .lowRank(let factors) = weights, hardware.isExact, !isDetuned, harmonics.isEmpty {
      let sample = SynapseSample(factors, block ?? Block(weights.count))
      try sample.visit { (synapse) throws(Failure) in
        guard synapse.weight.squaredModulus.isFinite else {
          throw .notFinite(to: synapse.to, from: synapse.from)
        }
        let made = hardware.program(
          synapse.weight, number: 0, largest: 0, angularFrequency: angularFrequency, detuning: 0)
        if made.conductance > 0 { visit(RealisedSynapse(synapse.to, synapse.from, made)) }
      }
      coupling = CouplingChoice.best(for: factors.turned(by: hardware.compensation), over: ranks)
      self.harmonics = []
      return
    }
    guard ranks.isAlone else { throw .notShared }
    let panels = WeightPanels(weights)
    let largest = try panels.largestModulus()
    let n = panels.count
    let bytes = n * n * MemoryLayout<Complex>.stride * (1 + harmonics.count)
    if bytes > Self.memoryLimit { throw .tooMany(bytes: bytes, limit: Self.memoryLimit) }
    var matrix = ComplexMatrix(rows: n, columns: n)
    panels.forEachColumn { column, elements in
      for row in 0..<n {
        let synapse = hardware.program(
          elements[row], number: row * n + column, largest: largest,
          angularFrequency: angularFrequency, detuning: detuning[column])
        if synapse.conductance > 0 { visit(RealisedSynapse(row, column, synapse)) }
        matrix[row, column] = synapse.weight
      }
    }
    coupling = CouplingChoice.best(for: matrix, lattice: lattice)
    self.harmonics = harmonics.map {
      CouplingChoice.best(for: matrix.delayed(harmonic: $0), lattice: lattice)
    }
  }
}

extension ComplexMatrix {
  /// Every element's argument times `harmonic`: what delays do there.
  func delayed(harmonic: Int) -> ComplexMatrix {
    var matrix = self
    for k in matrix.elements.indices {
      let element = matrix.elements[k]
      matrix.elements[k] = Complex(
        modulus: element.modulus, argument: Double(harmonic) * element.argument)
    }
    return matrix
  }
}

extension RealisedSynapse {
  fileprivate init(_ row: Int, _ column: Int, _ made: SynapseHardware.Synapse) {
    self.init(
      to: row, from: column, conductance: made.conductance, delay: made.delay,
      phaseError: made.phaseError)
  }
}

extension LowRankMatrix {
  /// The same weights, every phase advanced by `angle` (rad).
  func turned(by angle: Double) -> LowRankMatrix {
    if angle == 0 { return self }
    let factor = Complex(modulus: 1, argument: angle)
    var turned = left
    for k in turned.elements.indices { turned.elements[k] *= factor }
    return LowRankMatrix(left: turned, right: right)
  }
}

/// Columns of a weight matrix, made a panel at a time where only its factors are kept.
struct WeightPanels {
  let weights: Weights
  var count: Int { weights.count }
  private let panel = 64

  init(_ weights: Weights) { self.weights = weights }

  func forEachColumn(_ body: (Int, UnsafePointer<Complex>) -> Void) {
    let n = count
    switch weights {
    case .dense(let matrix):
      matrix.elements.withUnsafeBufferPointer {
        for column in 0..<n { body(column, $0.baseAddress! + column * n) }
      }
    case .lowRank(let factors):
      let rank = factors.rank
      var block = [Complex](repeating: .zero, count: n * panel)
      for first in stride(from: 0, to: n, by: panel) {
        let width = min(panel, n - first)
        var right = [Complex](repeating: .zero, count: rank * width)
        for k in 0..<width {
          for r in 0..<rank { right[r + k * rank] = factors.right[first + k, r].conjugate }
        }
        factors.left.elements.withUnsafeBufferPointer { left in
          block.withUnsafeMutableBufferPointer {
            DenseProduct.multiply(
              left.baseAddress!, right, into: $0.baseAddress!, rows: n, inner: rank,
              columns: width)
          }
        }
        block.withUnsafeBufferPointer {
          for k in 0..<width { body(first + k, $0.baseAddress! + k * n) }
        }
      }
    }
  }

  func largestModulus() throws(ProgrammedSynapses.Failure) -> Double {
    var largest = 0.0
    var fault: (Int, Int)?
    forEachColumn { column, elements in
      for row in 0..<count {
        let square = elements[row].squaredModulus
        if !square.isFinite, fault == nil { fault = (row, column) }
        largest = max(largest, square)
      }
    }
    if let (row, column) = fault { throw .notFinite(to: row, from: column) }
    return largest.squareRoot()
  }
}
