// What a read-out of finite bandwidth sees of the oscillators: the mean of their phasors, weighted
// by exp(-age/T), as a mixer and a low pass give it. With z_i that mean and u_i = c_i/|c_i|,
//
//     T dz_i/dt = u_i - z_i
//
// exactly for u straight between the instants at which it is given. It has settled on the probe
// when that is released. Noise whose correlation is shorter than T averages out.

import Numerics

/// Phasors of N oscillators behind a low pass.
struct ReadoutAverage {
  /// Seconds.
  let timeConstant: Double
  private var time = 0.0
  private var seen: [Complex]
  private(set) var mean: [Complex]

  /// - Parameter phases: of the probe, radians.
  init(timeConstant: Double, phases: [Double]) {
    self.timeConstant = timeConstant
    seen = phases.map { Complex(modulus: 1, argument: $0) }
    mean = seen
  }

  /// Goes on to a time at which the oscillators' amplitudes (or phases) are these; what lies in the
  /// past has been taken already.
  mutating func advance(to time: Double, _ state: UnsafePointer<Double>, isComplex: Bool) {
    guard time > self.time else { return }
    let ratio = (time - self.time) / timeConstant
    let kept = exponential(-ratio)
    // the weights of a straight line's two ends; the series where their difference would cancel
    let early =
      ratio < 1e-3 ? ratio * (0.5 - ratio / 3) : (1 - kept) / ratio - kept
    let late = 1 - kept - early
    self.time = time
    for i in mean.indices {
      let now: Complex
      if isComplex {
        let c = Complex(state[2 * i], state[2 * i + 1])
        now = (1 / max(c.modulus, .leastNormalMagnitude)) * c
      } else {
        now = Complex(modulus: 1, argument: state[i])
      }
      mean[i] = kept * mean[i] + early * seen[i] + late * now
      seen[i] = now
    }
  }
}
