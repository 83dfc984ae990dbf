// Noise around an operating point. With A(omega) the small-signal matrix and e the vector that
// picks the output voltage, one solution of the transposed equations
//
//     A^T y = e
//
// tells what a unit current into any row does to the output: a source of density S(f) between rows
// m and n adds |y_n - y_m|^2 S(f). Sources are independent, so that their powers add.
//
// Source: R. Rohrer, L. Nagel, R. Meyer, L. Weber, "Computationally efficient electronic-circuit
// noise calculations", IEEE J. Solid-State Circuits 6 (1971) 204, doi:10.1109/JSSC.1971.1049690.

import Devices
import Numerics
public import Schematic

/// One noise analysis of one circuit at its operating point.
public final class NoiseAnalysis {
  private let system: SmallSignalSystem
  private let card: NoiseCard
  private let sources: [NoiseSource]
  /// The input's unit amplitude, by row.
  private let excitation: [(row: Int, amplitude: Double)]
  private var adjoint: [Complex]
  private let amplitudes: UnsafeMutablePointer<Complex>

  /// - Parameter x: the operating point as `OperatingPoint.solve` found it, ground removed.
  /// - Throws: `Fault` "unknown-element" where the input is no independent source.
  public init(_ equations: CircuitEquations, at x: [Double], _ card: NoiseCard) throws(Fault) {
    self.card = card
    system = SmallSignalSystem(equations, at: x, analysis: "noise analysis")
    adjoint = Array(repeating: .zero, count: equations.unknownCount + 1)
    amplitudes = .allocate(capacity: adjoint.count)
    amplitudes.initialize(repeating: .zero, count: adjoint.count)
    let evaluation = system.evaluation
    sources = equations.banks.flatMap { $0.noiseSources(evaluation) }
      .sorted { $0.instance < $1.instance }
    guard let instance = equations.circuit.instances.first(where: { $0.name == card.source }),
      ["V", "I"].contains(instance.device)
    else {
      throw Fault(
        "unknown-element", "no voltage or current source is named '\(card.source)'",
        at: card.origin)
    }
    if let branch = equations.layout.branch(of: card.source) {
      excitation = [(Int(branch), 1)]
    } else {
      let multiplicity = instance.parameters["m"]?.number ?? 1
      excitation = [
        (Int(instance.terminals[0]), -multiplicity), (Int(instance.terminals[1]), multiplicity),
      ]
    }
  }

  deinit { amplitudes.deallocate() }

  /// The response to the sources' ac values, as an ac analysis has it.
  private func respond() {
    amplitudes.update(repeating: .zero, count: adjoint.count)
    for bank in system.equations.banks {
      bank.excitation { row, amplitude in amplitudes[Int(row)] += amplitude }
    }
    amplitudes[0] = .zero
    system.solve(amplitudes + 1)
  }

  /// The noise at `frequency`, hertz; valid until the next call, and until the circuit's equations
  /// are used for something else.
  /// - Throws: `AnalysisFailure` where the linear equations have no unique solution.
  public func solve(at frequency: Double) throws -> NoisePoint {
    try system.factor(at: frequency)
    for k in adjoint.indices { adjoint[k] = .zero }
    adjoint[Int(card.output)] += .one
    adjoint[Int(card.reference)] -= .one
    adjoint.withUnsafeMutableBufferPointer { system.solveTransposed($0.baseAddress! + 1) }
    adjoint[0] = .zero
    respond()
    let gain = excitation.reduce(Complex.zero) { $0 + $1.amplitude * adjoint[$1.row] }
    let contributions = sources.map { source in
      var transfer = Complex.zero
      for k in 0..<4 { transfer += source.weights[k] * adjoint[Int(source.rows[k])] }
      var density = source.white
      if source.flicker > 0 { density += source.flicker / power(frequency, source.exponent) }
      return NoisePoint.Contribution(
        instance: source.instance, label: source.label,
        density: transfer.squaredModulus * density)
    }
    let output = contributions.reduce(0) { $0 + $1.density }
    return NoisePoint(
      frequency: frequency, outputDensity: output,
      inputDensity: output / gain.squaredModulus, squaredGain: gain.squaredModulus,
      contributions: contributions, amplitudes: UnsafePointer(amplitudes),
      evaluation: system.evaluation,
      temperature: system.equations.circuit.temperature)
  }

  /// Solves at each frequency in turn and integrates over them.
  ///
  /// - Parameter shouldStop: asked before every frequency; true ends the analysis there.
  /// - Throws: `AnalysisFailure`, and what the observer throws.
  public func run<Observer: NoiseObserver>(
    _ frequencies: [Double], _ observer: inout Observer, shouldStop: () -> Bool = { false }
  ) throws -> NoiseTotals {
    var totals = NoiseTotals()
    totals.contributions = sources.map {
      NoiseTotals.Contribution(instance: $0.instance, label: $0.label, output: 0, input: 0)
    }
    var before: NoisePoint?
    for frequency in frequencies {
      if shouldStop() { return totals }
      let point = try solve(at: frequency)
      try observer.output(point)
      if let before { totals.add(from: before, to: point) }
      before = point
    }
    totals.isComplete = true
    return totals
  }
}

extension NoiseTotals {
  /// Each source alone, for its density is nearest to a power of the frequency.
  fileprivate mutating func add(from a: NoisePoint, to b: NoisePoint) {
    for k in contributions.indices {
      let (start, end) = (a.contributions[k].density, b.contributions[k].density)
      let out = PowerLaw.integral(a.frequency, start, b.frequency, end)
      let referred = PowerLaw.integral(
        a.frequency, start / a.squaredGain, b.frequency, end / b.squaredGain)
      contributions[k].output += out
      contributions[k].input += referred
      output += out
      input += referred
    }
  }
}
