public import Numerics

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
  ///   - visit: told every synapse that carries something, for whoever counts or builds them.
  public init(
    _ weights: Weights, hardware: SynapseHardware, angularFrequency: Double,
    detuning: [Double], harmonics: [Int] = [], lattice: Lattice? = nil,
    visit: (RealisedSynapse) -> Void = { _ in }
  ) throws(Failure) {
    let isUniform = !hardware.realDelays || detuning.allSatisfy { $0 == 0 }
    let panels = WeightPanels(weights)
    let largest = try panels.largestModulus()
    let bytes =
      panels.count * panels.count * MemoryLayout<Complex>.stride * (1 + harmonics.count)
    let keepsStructure: Bool
    if case .lowRank = weights, hardware.isExact, isUniform, harmonics.isEmpty {
      keepsStructure = true
    } else {
      keepsStructure = false
      if bytes > Self.memoryLimit {
        throw .tooMany(bytes: bytes, limit: Self.memoryLimit)
      }
    }
    let n = panels.count
    var matrix = ComplexMatrix(rows: keepsStructure ? 0 : n, columns: keepsStructure ? 0 : n)
    panels.forEachColumn { column, elements in
      for row in 0..<n {
        let synapse = hardware.program(
          elements[row], number: row * n + column, largest: largest,
          angularFrequency: angularFrequency, detuning: detuning[column])
        if synapse.conductance > 0 {
          visit(
            RealisedSynapse(
              to: row, from: column, conductance: synapse.conductance, delay: synapse.delay,
              phaseError: synapse.phaseError))
        }
        if !keepsStructure { matrix[row, column] = synapse.weight }
      }
    }
    if keepsStructure, case .lowRank(let factors) = weights {
      coupling = CouplingChoice.best(for: factors.turned(by: hardware.compensation))
    } else {
      coupling = CouplingChoice.best(for: matrix, lattice: lattice)
    }
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
