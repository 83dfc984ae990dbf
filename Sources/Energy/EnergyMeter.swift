/// Integrates the terms' powers along one trial by the trapezoidal rule.
///
/// Powers count as linear between samples, so the energy up to any time is exact to the same rule,
/// and the energies of two stretches add up to that of both.
public struct EnergyMeter: Sendable {
  public let terms: [any EnergyTerm]
  public let operation: NetworkOperation
  /// Seconds, ascending.
  public private(set) var times: [Double] = []
  /// Sample after sample, one value a term.
  private var powers: [Double] = []
  private var energies: [Double] = []

  public init(terms: [any EnergyTerm], operation: NetworkOperation) {
    self.terms = terms
    self.operation = operation
  }

  /// Takes the next sample.
  /// - Precondition: its time is not before the last one's.
  public mutating func record(_ drive: Drive) {
    precondition(times.last.map { drive.time >= $0 } ?? true, "samples come in order of time")
    let step = times.last.map { drive.time - $0 }
    times.append(drive.time)
    for term in terms {
      let power = term.power(drive, operation)
      if let step {
        let before = powers.count - terms.count
        energies.append(energies[before] + 0.5 * step * (powers[before] + power))
      } else {
        energies.append(0)
      }
      powers.append(power)
    }
  }

  /// Joules of every term from the first sample to `time` (nil: to the last), which counts as the
  /// nearest end when it lies outside the run. Zeros without a sample.
  public func energies(until time: Double? = nil) -> [Double] {
    let count = terms.count
    guard let first = times.first, let last = times.last else {
      return [Double](repeating: 0, count: count)
    }
    let time = min(max(time ?? last, first), last)
    let sample = lastSample(notAfter: time)
    let base = sample * count
    guard sample + 1 < times.count, time > times[sample] else {
      return Array(energies[base..<(base + count)])
    }
    let step = time - times[sample]
    let part = step / (times[sample + 1] - times[sample])
    return (0..<count).map { term in
      let power = powers[base + term]
      let slope = powers[base + count + term] - power
      return energies[base + term] + step * (power + 0.5 * part * slope)
    }
  }

  /// Joules of all terms from the first sample to `time`.
  public func energy(until time: Double? = nil) -> Double {
    energies(until: time).reduce(0, +)
  }

  /// Joules until the target was reached; nil when it never was.
  public func energyToTarget(_ timeToTarget: Double?) -> Double? {
    timeToTarget.map { energy(until: $0) }
  }

  /// Watts of every term at each sample, term by term, for plots.
  public func powers(of term: Int) -> [Double] {
    stride(from: term, to: powers.count, by: terms.count).map { powers[$0] }
  }

  private func lastSample(notAfter time: Double) -> Int {
    var (low, high) = (0, times.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if times[middle] <= time { low = middle } else { high = middle }
    }
    return low
  }
}
