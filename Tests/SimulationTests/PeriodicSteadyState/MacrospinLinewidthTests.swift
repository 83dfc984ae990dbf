import Numerics
import Testing

@testable import Simulation

/// The line of the memory's neuron at 1.3 times its critical current, from three sides: the
/// perturbation projection vector, closed forms, and many noisy runs.
///
/// D (rad^2/s) is the diffusion of the phase; the line is D / (2 pi) hertz wide at half power.
@Suite struct MacrospinLinewidthTests {
  static let damping = 0.005
  static let gyromagneticRatio = 1.764e11
  static let moment = 1448e3 * Double.pi * 60e-9 * 60e-9 * 2e-9
  /// Tesla: along z, and of anisotropy less demagnetisation.
  static let (field, effective) = (17.9e-3, 1e-4)
  static let polarisation = 0.537
  static let current = 1.3 * 115.68e-6

  static let model =
    ".model j sto bk=\(1.25663706212e-6 * 1448e3 + effective) bz=\(field)"

  /// Averaged over a turn, the angle theta against z obeys d theta/dt = F(theta), and a field of
  /// white noise makes both directions across m diffuse at the rate 2 alpha gamma k T / (Ms V).
  struct Averaged {
    let angle: Double
    /// The rate at which deviations of the angle fade, 1/s.
    let fading: Double
    /// d omega/d theta, rad/s.
    let slope: Double

    static func turning(_ angle: Double) -> Double {
      gyromagneticRatio * (field + effective * cosine(angle))
    }

    /// F, rad/s.
    static func rate(_ angle: Double) -> Double {
      let asymmetry = polarisation * polarisation
      let torque =
        1.054571817e-34 * polarisation * current / (2 * 1.602176634e-19 * moment)
      let part = asymmetry * sine(angle)
      let mean = (1 / (1 - part * part).squareRoot() - 1) / part
      return gyromagneticRatio * torque * cosine(angle) * mean
        - damping * turning(angle) * sine(angle)
    }

    init() {
      let (turning, rate) = (Self.turning, Self.rate)
      // from slow growth near z to fading near the plane
      var (low, high) = (0.01, 1.5)
      for _ in 0..<60 {
        let middle = 0.5 * (low + high)
        if rate(middle) > 0 { low = middle } else { high = middle }
      }
      angle = low
      fading = (rate(low - 1e-5) - rate(low + 1e-5)) / 2e-5
      slope = (turning(low + 1e-5) - turning(low - 1e-5)) / 2e-5
    }

    func noise(_ temperature: Double) -> Double {
      2 * damping * gyromagneticRatio * 1.380649e-23 * temperature / moment
    }

    /// On the sphere: rad^2/s, and which share the frequency's dependence on the angle has.
    func diffusion(_ temperature: Double) -> (total: Double, ofAmplitude: Double) {
      let nonlinearity = sine(angle) * slope / fading
      let square = nonlinearity * nonlinearity
      let total = noise(temperature) / (sine(angle) * sine(angle)) * (1 + square)
      return (total, square / (1 + square))
    }

    /// The same where the noise is not small, rad^2/s. The angle is found with the density
    /// P = sin(theta) exp(2/N integral of F), N = `noise`, and then
    ///
    ///     D = N <1/sin^2> + 4/N integral of J^2/P,   J = integral of (omega - <omega>) P:
    ///
    /// what the noise does across m, and what the frequency remembers of the angle (the integral of
    /// its autocorrelation in a one-dimensional diffusion; H. Risken, "The Fokker-Planck Equation"
    /// (1989), section 5.10).
    func diffusionAtLarge(_ temperature: Double) -> Double {
      let noise = noise(temperature)
      let step = 1e-5
      let angles = (0..<150_000).map { (Double($0) + 0.5) * step }
      var potential = 0.0
      var logarithms: [Double] = angles.map { angle in
        let force = 2 / noise * Self.rate(angle) * step
        defer { potential += force }
        return potential + 0.5 * force + naturalLogarithm(sine(angle))
      }
      let highest = logarithms.max()!
      for k in logarithms.indices { logarithms[k] = exponential(logarithms[k] - highest) }
      let whole = logarithms.reduce(0, +) * step
      let density = logarithms.map { $0 / whole }
      func mean(_ quantity: (Double) -> Double) -> Double {
        zip(angles, density).reduce(0) { $0 + quantity($1.0) * $1.1 * step }
      }
      let frequency = mean(Self.turning)
      var (flux, remembered) = (0.0, 0.0)
      for (angle, density) in zip(angles, density) where density > 1e-9 {
        let part = (Self.turning(angle) - frequency) * density * step
        let middle = flux + 0.5 * part
        flux += part
        remembered += middle * middle / density * step
      }
      return noise * mean { 1 / (sine($0) * sine($0)) } + 4 / noise * remembered
    }

    /// A. Slavin and V. Tiberkevich, IEEE Trans. Magn. 45 (2009) 1875: Gamma_+ (k T / E) (1 + nu^2)
    /// with the power p = (1 - cos theta)/2, E = 2 p omega Ms V / gamma, Gamma_+ = alpha omega,
    /// nu = p (d omega/dp) / Gamma_p, where deviations of p fade at 2 Gamma_p.
    func envelopeDiffusion(_ temperature: Double) -> Double {
      let power = 0.5 * (1 - cosine(angle))
      let nonlinearity = power * slope / (0.5 * sine(angle)) / (0.5 * fading)
      return noise(temperature) / (4 * power) * (1 + nonlinearity * nonlinearity)
    }
  }

  static func steady(_ temperature: Double) throws -> (frequency: Double, diffusion: Double) {
    let periodic = try PeriodicCase(
      """
      \(model)
      i1 0 a \(current)
      ysto s a 0 j mx=0.6 my=0 mz=0.8
      .temp \(temperature - 273.15)
      .pss v(a) fund=504meg
      .options reltol=1e-5
      """)
    let solution = try periodic.solve()
    let noise = try #require(solution.noise)
    let averaged = Averaged()
    let other = try #require(solution.multipliers.others.first)
    let fading = -naturalLogarithm(other.modulus) * solution.frequency
    #expect(abs(fading / averaged.fading - 1) < 0.02, "\(fading), not \(averaged.fading)")
    return (solution.frequency, 2 * .pi * noise.linewidth)
  }

  @Test(arguments: [30.0, 300.0]) func closedForms(_ temperature: Double) throws {
    let found = try Self.steady(temperature).diffusion
    let averaged = Averaged()
    let sphere = averaged.diffusion(temperature).total
    #expect(abs(found / sphere - 1) < 0.03, "\(found), not \(sphere)")
    // what leaves out the noise's dependence on the angle claims no more than 10 %
    let envelope = averaged.envelopeDiffusion(temperature)
    #expect(abs(found / envelope - 1) < 0.1, "\(found), not \(envelope)")
  }

  /// Where the noise is small the two theories are one.
  @Test func atLargeIsLinearWhereSmall() {
    let averaged = Averaged()
    let ratios = [3.0, 6].map {
      averaged.diffusionAtLarge($0) / averaged.diffusion($0).total - 1
    }
    #expect(abs(ratios[0]) < 2e-3, "\(ratios)")
    #expect(abs(ratios[1] / ratios[0] - 2) < 0.1, "\(ratios)")
  }

  /// 32 oscillators over 4000 turns. At 30 K, where the angle trembles by 2 degrees, theories
  /// linear in the noise hold; at 300 K, where it trembles by 6, the line is wider.
  @Test(arguments: [30.0, 300.0]) func noisyRuns(_ temperature: Double) throws {
    let averaged = Averaged()
    let broadening =
      averaged.diffusionAtLarge(temperature) / averaged.diffusion(temperature).total
    #expect(temperature < 100 ? broadening < 1.01 : broadening > 1.15)
    let (frequency, linear) = try Self.steady(temperature)
    let diffusion = broadening * linear
    let (oscillators, turns, lag) = (32, 25, 5)
    let step = Double(turns) / frequency
    let lines = (0..<oscillators).map {
      "i\($0) 0 a\($0) \(Self.current)\nysto s\($0) a\($0) 0 j mx=0.667 my=0 mz=0.745"
    }
    let probes = (0..<oscillators).map { "n(ysto!s\($0):mx) n(ysto!s\($0):my)" }
    let rows = try TransientNoiseTests.run(
      """
      \(Self.model)
      \(lines.joined(separator: "\n"))
      .temp \(temperature - 273.15)
      .tran \(step) \(170 * step)
      .options noise noisefmax=0.8g reltol=1e-2
      .print tran \(probes.joined(separator: " "))
      """, seed: 1
    ).values
    // the phase beside that of the free frequency, at whole numbers of its turns; the first 500
    // turns settle
    var steps: [Double] = []
    for k in 0..<oscillators {
      let phases = rows.map { arcTangent($0[2 * k + 1], $0[2 * k]) }
      var moved = 0.0
      for (index, pair) in zip(phases.dropFirst(20), phases.dropFirst(21)).enumerated() {
        moved += (pair.1 - pair.0).remainder(dividingBy: 2 * .pi)
        if index % lag == lag - 1 {
          steps.append(moved)
          moved = 0
        }
      }
    }
    let count = Double(steps.count)
    try #require(steps.count >= 900)
    let mean = steps.reduce(0, +) / count
    let variance = steps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    // what the angle does to the frequency is remembered for 1 / Gamma
    let time = Double(lag) * step
    let remembered = averaged.fading * time
    let share = averaged.diffusion(temperature).ofAmplitude
    let expected =
      diffusion * time * (1 - share * (1 - exponential(-remembered)) / remembered)
    // 95 % of the estimates lie within this
    let confidence = 1.96 * (2 / count).squareRoot()
    #expect(abs(variance / expected - 1) < confidence, "\(variance / expected) +- \(confidence)")
  }
}
