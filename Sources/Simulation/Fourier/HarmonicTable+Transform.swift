import Numerics

extension HarmonicTable {
  /// The table of one period of uniform samples.
  init(label: String, samples: [Double], start: Double, frequency: Double, count: Int) {
    let spectrum = RealFourierTransform(shape: [samples.count]).forward(samples)
    let scale = 2 / Double(samples.count)
    let degrees = 180 / Double.pi
    // X_k = sum x_n (cos - i sin), so a_k = 2/N Re X_k and b_k = -2/N Im X_k
    func phase(_ k: Int) -> Double {
      arcTangent(spectrum[k].real, -spectrum[k].imaginary) * degrees
    }
    func magnitude(_ k: Int) -> Double {
      let (a, b) = (spectrum[k].real, spectrum[k].imaginary)
      return scale * (a * a + b * b).squareRoot()
    }
    let fundamental = (magnitude: magnitude(1), phase: phase(1))
    var harmonics = [
      Harmonic(
        number: 0, frequency: 0, magnitude: spectrum[0].real * scale / 2, phase: 0,
        normalizedMagnitude: 0, normalizedPhase: 0)
    ]
    var distortion = 0.0
    for k in 1...count {
      let share = fundamental.magnitude > 0 ? magnitude(k) / fundamental.magnitude : 0
      if k > 1 { distortion += share * share }
      harmonics.append(
        Harmonic(
          number: k, frequency: Double(k) * frequency, magnitude: magnitude(k), phase: phase(k),
          normalizedMagnitude: share, normalizedPhase: phase(k) - fundamental.phase))
    }
    self.init(
      label: label, harmonics: harmonics,
      totalHarmonicDistortion: 100 * distortion.squareRoot(), start: start,
      samples: samples.count, failure: nil)
  }
}
