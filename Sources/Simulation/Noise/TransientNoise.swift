// Noise of all devices in time. Every source that a bank announces has a random process of its own,
// made of normal numbers that are a function of (seed, device name, source, octave, grid point)
// alone: nothing is remembered but a window of eight numbers, which can be made again wherever a
// rejected step returns to. The densities are those of the instant, as evaluated.

import Devices
import Numerics
public import Schematic

extension RandomPurpose {
  fileprivate static func deviceNoise(source: Int, octave: Int) -> RandomPurpose {
    RandomPurpose(rawValue: 1 << 32 | UInt64(source) << 8 | UInt64(octave))
  }
}

/// What a transient analysis with noise is given.
public struct TransientNoiseOptions: Sendable, Hashable {
  /// Up to where white noise is flat, hertz.
  public var bandwidth: Double
  /// Below which flicker noise is flat, hertz; nil for the inverse of the stop time.
  public var lowest: Double?

  public init(bandwidth: Double, lowest: Double? = nil) {
    self.bandwidth = bandwidth
    self.lowest = lowest
  }

  /// What `.options noise noisefmax= noisefmin=` say; nil where no noise is asked for.
  ///
  /// - Throws: a `Fault` where the bandwidth is missing.
  public init?(_ options: [String: Circuit.Option], at origin: Origin) throws(Fault) {
    guard let asked = options["noise"], asked.value.number ?? 0 != 0 else { return nil }
    guard let bandwidth = options["noisefmax"]?.value.number else {
      throw Fault(
        "missing-value", "noise in time needs a bandwidth", at: origin,
        help: "'.options noise noisefmax=1g' makes it flat up to 1 GHz")
    }
    self.init(bandwidth: bandwidth, lowest: options["noisefmin"]?.value.number)
  }
}

/// The noise of one circuit's devices during one transient analysis.
public final class TransientNoise {
  /// A source with a process, in the order of the banks.
  private struct Slot {
    let source: Int
    let key: Int
    let seed: UInt64
    let number: Int
  }

  private let banks: [any Bank]
  private var clock: NoiseClock
  private var time = Double.nan
  private var sources: [NoiseSource]
  private var whites: [Slot] = []
  private var flickers: [Slot] = []
  /// A window each of `whites`; of `flickers`, octave by octave.
  private var whiteSamples: [SIMD8<Double>]
  private var flickerSamples: [SIMD8<Double>]
  /// By flicker source, then by octave: amplitude of the octave at a density of 1.
  private var flickerFactors: [Double] = []

  /// The longest step that follows the noise, seconds.
  public var stepMaximum: Double { 0.5 * clock.spacing }

  /// - Parameter seed: the same seed makes the same noise in a device of the same name.
  public init(
    _ equations: CircuitEquations, _ options: TransientNoiseOptions, stopTime: Double, seed: UInt64
  ) {
    let lowest = min(options.lowest ?? 1 / stopTime, options.bandwidth)
    clock = NoiseClock(bandwidth: options.bandwidth, lowest: lowest)
    banks = equations.banks.filter { $0.noiseCount > 0 }
    sources = Array(
      repeating: NoiseSource(), count: banks.reduce(0) { $0 + $1.noiseCount })
    whiteSamples = []
    flickerSamples = []
    announce(equations.pointEvaluation)
    var constants: [Double: Double] = [:]
    var first = 0
    for bank in banks {
      let each = bank.noiseCount / bank.instances.count
      for k in 0..<bank.noiseCount where !sources[first + k].label.isEmpty {
        let source = sources[first + k]
        let name = equations.circuit.instances[Int(source.instance)].name
        let slot = Slot(
          source: first + k, key: Self.hash(name), seed: seed, number: k % each)
        guard source.hasFlicker else {
          whites.append(slot)
          continue
        }
        if source.white > 0 { whites.append(slot) }
        flickers.append(slot)
        let constant =
          constants[source.exponent] ?? NoiseClock.flickerConstant(source.exponent)
        constants[source.exponent] = constant
        appendFactors(source.exponent, constant)
      }
      first += bank.noiseCount
    }
    whiteSamples = Array(repeating: .zero, count: whites.count)
    flickerSamples = Array(repeating: .zero, count: flickers.count * clock.octaves)
  }

  private func appendFactors(_ exponent: Double, _ constant: Double) {
    let h = clock.spacing
    for octave in 0..<clock.octaves {
      let ratio = power(2, exponent * Double(octave))
      var density = power(h, exponent) / constant * ratio
      // the octaves that are faster than the band
      if octave == 0 { density *= power(2, exponent) / (power(2, exponent) - 1) }
      flickerFactors.append((density / (2 * h * Double(1 << octave))).squareRoot())
    }
  }

  /// FNV-1a, 64 bits.
  private static func hash(_ name: String) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(bitPattern: UInt(hash))
  }

  private func announce(_ evaluation: Evaluation) {
    sources.withUnsafeMutableBufferPointer { sources in
      var next = sources.baseAddress
      for bank in banks {
        if let next { bank.noise(evaluation, into: next) }
        next? += bank.noiseCount
      }
    }
  }

  /// Adds the noise of the evaluation's instant to its equations.
  func add(_ evaluation: Evaluation) {
    if sources.isEmpty { return }
    if evaluation.moment.time != time { move(to: evaluation.moment.time) }
    announce(evaluation)
    let currents = evaluation.currents
    let scale = 1 / (2 * clock.spacing)
    let weights = clock.weights[0]
    for (place, slot) in whites.enumerated() {
      let process = (whiteSamples[place] * weights).sum()
      let amplitude = (sources[slot.source].white * scale).squareRoot()
      enter(slot.source, amplitude * process, currents)
    }
    for (place, slot) in flickers.enumerated() {
      var process = 0.0
      for octave in 0..<clock.octaves {
        process +=
          flickerFactors[place * clock.octaves + octave]
          * (flickerSamples[octave * flickers.count + place] * clock.weights[octave]).sum()
      }
      enter(slot.source, sources[slot.source].flicker.squareRoot() * process, currents)
    }
  }

  @inline(__always)
  private func enter(
    _ source: Int, _ value: Double, _ currents: UnsafeMutablePointer<Double>
  ) {
    let (rows, weights) = (sources[source].rows, sources[source].weights)
    for k in 0..<4 where weights[k] != 0 { currents[Int(rows[k])] += weights[k] * value }
  }
}

extension TransientNoise {
  private func move(to time: Double) {
    self.time = time
    let octaves = flickers.isEmpty ? 1 : clock.octaves
    for octave in 0..<octaves {
      let before = clock.advance(octave, to: time)
      let cell = clock.cells[octave]
      if cell == before { continue }
      let shift = cell &- before
      if octave == 0 {
        // white noise is numbered behind the octaves of the flicker noise
        for (place, slot) in whites.enumerated() {
          Self.renew(&whiteSamples[place], slot, 255, cell, shift)
        }
      }
      for (place, slot) in flickers.enumerated() {
        Self.renew(
          &flickerSamples[octave * flickers.count + place], slot, octave, cell, shift)
      }
    }
  }

  /// Moves a window to the grid points from `cell` on.
  private static func renew(
    _ window: inout SIMD8<Double>, _ slot: Slot, _ octave: Int, _ cell: Int, _ shift: Int
  ) {
    let old = window
    for k in 0..<8 {
      let place = k &+ shift
      window[k] =
        (0..<8).contains(place) && abs(shift) < 8 ? old[place] : sample(slot, octave, cell + k)
    }
  }

  private static func sample(_ slot: Slot, _ octave: Int, _ index: Int) -> Double {
    var stream = RandomStream(
      seed: slot.seed, sample: index, instance: slot.key,
      purpose: .deviceNoise(source: slot.number, octave: octave))
    return stream.normal()
  }
}
