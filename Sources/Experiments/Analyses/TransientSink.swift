import Schematic
import Simulation
import Waveforms

/// Takes a transient analysis's points to the result file, its measures and its harmonics.
struct TransientSink: TransientObserver {
  private let stream: any ResultStream
  private let evaluator: OutputEvaluator
  private let measured: OutputEvaluator
  private var measures: MeasureSet
  private var fourier: [FourierAnalysis]
  private var row: [Double]
  private var measuredRow: [Double]
  private(set) var points = 0
  private let progress: (Double) -> Void

  /// - Throws: `Faults` for quantities that the circuit does not have.
  init(
    _ outputs: [Output], _ equations: CircuitEquations, measures: MeasureSet,
    fourier cards: [FourierCard], stream: any ResultStream, progress: @escaping (Double) -> Void
  ) throws {
    self.stream = stream
    self.measures = measures
    self.progress = progress
    fourier = cards.map { FourierAnalysis($0) }
    evaluator = try OutputEvaluator(outputs.map(\.value), equations)
    measured = try OutputEvaluator(
      measures.expressions + fourier.flatMap(\.expressions), equations)
    row = Array(repeating: 0, count: evaluator.count)
    measuredRow = Array(repeating: 0, count: measured.count)
  }

  var needsRates: Bool { evaluator.needsRates || measured.needsRates }
  var readUnknowns: Set<Int>? { evaluator.readUnknowns.union(measured.readUnknowns) }
  var sampledUnknowns: Set<Int> {
    evaluator.needsRates ? [] : evaluator.readUnknowns.subtracting(measured.readUnknowns)
  }
  var wantsSteps: Bool { measured.count > 0 || !measures.cards.isEmpty }

  mutating func output(_ point: SolutionPoint) throws {
    for index in row.indices { row[index] = evaluator.value(index, at: point) }
    try stream.append(point.abscissa, row.span)
    points += 1
    if points & 255 == 0 { progress(point.abscissa) }
  }

  mutating func step(
    from start: Double, to end: Double, point: (_ time: Double) -> SolutionPoint
  ) throws {
    let last = point(end)
    let measured = measured
    var row = measuredRow
    for index in row.indices { row[index] = measured.value(index, at: last) }
    withoutActuallyEscaping(point) { point in
      let dense: DenseOutput = { index, time in measured.value(index, at: point(time)) }
      let count = measures.expressions.count
      measures.record(
        abscissa: end, values: row.span.extracting(0..<count),
        dense: end > start ? dense : nil)
      var first = count
      for index in fourier.indices {
        let own = fourier[index].expressions.count
        let offset = first
        fourier[index].record(
          time: end, values: row.span.extracting(first..<first + own),
          dense: end > start ? { dense($0 + offset, $1) } : nil)
        first += own
      }
    }
  }

  func results(_ others: [String: Double], temperature: Double) -> [MeasureResult] {
    measures.finish(others: others, temperature: temperature)
  }

  func harmonics() -> [HarmonicTable] { fourier.flatMap { $0.finish() } }
}
