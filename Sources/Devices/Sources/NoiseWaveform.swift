// Noise in time: numbers at whole multiples of a time step, straight lines between them, so that
// the noise does not depend on the steps of an integration.
//
// Sources: ngspice manual, "Transient noise source"; N. J. Kasdin, "Discrete simulation of colored
// noise and stochastic processes and 1/f^alpha power law noise generation", Proc. IEEE 83 (1995)
// 802, for the coloured part.

import Numerics
import Schematic

extension RandomPurpose {
  fileprivate static let whiteNoise = RandomPurpose(rawValue: 16)
  fileprivate static let colouredNoise = RandomPurpose(rawValue: 17)
  fileprivate static let telegraphNoise = RandomPurpose(rawValue: 18)
}

/// TRNOISE: white and 1/f^alpha noise and a random telegraph signal on top of the dc value.
struct NoiseWaveform: Waveform {
  private let base: Double
  private let deviation: Double
  private let step: Double
  private let seed: UInt64
  private let instance: Int
  /// 1/f noise at the multiples of `step` from 0, repeated where a run is longer; may be empty.
  private let coloured: [Double]
  private let amplitude: Double
  /// Times at which the telegraph signal switches, up first; may be empty.
  private let switches: [Double]

  /// No run needs more memory than this many numbers of coloured or telegraph noise.
  private static let limit = 1 << 20

  init(_ values: DeviceValues, _ input: BankInput) {
    func number(_ name: String) -> Double { values.written("trnoise." + name) ?? 0 }
    base = values.written("dc") ?? 0
    step = number("nt")
    deviation = step > 0 ? number("na") : 0
    seed = input.seed
    instance = Int(values.index)
    let samples = step > 0 ? min(Double(Self.limit), input.stopTime / step + 2) : 0
    coloured =
      number("namp") > 0 && number("nalpha") > 0 && samples > 0
      ? Self.coloured(
        Int(samples), exponent: number("nalpha"), amplitude: number("namp"),
        RandomStream(seed: input.seed, instance: Int(values.index), purpose: .colouredNoise))
      : []
    amplitude = number("rtsam")
    switches =
      amplitude != 0 && number("rtscapt") > 0 && number("rtsemt") > 0
      ? Self.switches(
        until: input.stopTime, capture: number("rtscapt"), emission: number("rtsemt"),
        RandomStream(seed: input.seed, instance: Int(values.index), purpose: .telegraphNoise))
      : []
  }

  /// White noise of standard deviation `amplitude` through the filter (1 - 1/z)^(-exponent/2).
  private static func coloured(
    _ count: Int, exponent: Double, amplitude: Double, _ draws: RandomStream
  ) -> [Double] {
    var stream = draws
    var length = 1
    while length < 2 * count { length *= 2 }
    var white = [Double](repeating: 0, count: length)
    var response = white
    var weight = 1.0
    for k in 0..<count {
      white[k] = amplitude * stream.normal()
      response[k] = weight
      weight *= (exponent / 2 + Double(k)) / Double(k + 1)
    }
    let transform = RealFourierTransform(shape: [length])
    var spectrum = transform.forward(white)
    let factors = transform.forward(response)
    for k in spectrum.indices { spectrum[k] = spectrum[k] * factors[k] / Double(length) }
    return Array(transform.backward(spectrum)[..<count])
  }

  private static func switches(
    until end: Double, capture: Double, emission: Double, _ draws: RandomStream
  ) -> [Double] {
    var stream = draws
    var (times, time): ([Double], Double) = ([], 0)
    while times.count < limit {
      let mean = times.count % 2 == 0 ? capture : emission
      time -= mean * naturalLogarithm(stream.uniform())
      guard time <= end else { break }
      times.append(time)
    }
    return times
  }

  /// The noise at the multiple `index` of the step; a run starts without.
  private func sample(_ index: Double) -> Double {
    guard index > 0 else { return 0 }
    var value = 0.0
    if deviation > 0 {
      var stream = RandomStream(
        seed: seed, sample: Int(min(index, 0x1p62)), instance: instance, purpose: .whiteNoise)
      value = deviation * stream.normal()
    }
    guard !coloured.isEmpty else { return value }
    return value + coloured[Int(index.truncatingRemainder(dividingBy: Double(coloured.count)))]
  }

  func value(at time: Double, leftLimit: Bool) -> Double {
    var value = base
    if step > 0 {
      let index = (max(0, time) / step).rounded(.down)
      let fraction = min(max((time - index * step) / step, 0), 1)
      value += (1 - fraction) * sample(index) + fraction * sample(index + 1)
    }
    guard !switches.isEmpty else { return value }
    let passed = switches.firstIndex(above: Instant.displaced(time, leftLimit: leftLimit))
    return value + (passed % 2 == 1 ? amplitude : 0)
  }

  func nextBreakpoint(after time: Double) -> Double {
    let bound = Instant.displaced(time, leftLimit: false)
    var next = Double.infinity
    if step > 0 {
      var index = max(0, (bound / step).rounded(.down))
      while index * step <= bound { index += 1 }
      next = index * step
    }
    let passed = switches.firstIndex(above: bound)
    return passed < switches.count ? min(next, switches[passed]) : next
  }
}
