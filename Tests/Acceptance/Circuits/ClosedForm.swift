import Foundation
import TestSupport
import Testing

/// A circuit whose waveform is known exactly.
struct ClosedForm: CustomTestStringConvertible, Sendable {
  let name: String
  /// Without title, options, output and end.
  let body: String
  /// Seconds.
  let stop: Double
  let quantity: String
  /// What an error is relative to, in the quantity's unit.
  let scale: Double
  let exact: @Sendable (_ time: Double) -> Double

  var testDescription: String { name }

  /// The largest error over the run, relative to `scale`, on 400 times.
  func error(reltol: Double) throws -> Double {
    let deck = """
      \(name)
      \(body)
      .options reltol=\(reltol)
      .tran \(stop / 400) \(stop) uic
      .print tran \(quantity)
      .end
      """
    return try Scratch.with { folder in
      let run = try OwnRun(deck, in: folder)
      guard let values = run.values(quantity), run.abscissa.last == stop else { return .infinity }
      return zip(run.abscissa, values).map { abs($1 - exact($0)) / scale }
        .reduce(0) { $1.isFinite ? max($0, $1) : .infinity }
    }
  }
}

extension ClosedForm {
  static let all = firstOrder + secondOrder + coupled + lines

  private static let firstOrder = [
    ClosedForm(
      name: "capacitor behind a resistor", body: "V1 in 0 1\nR1 in a 1k\nC1 a 0 1u ic=0",
      stop: 5e-3, quantity: "V(a)", scale: 1
    ) { 1 - exp(-$0 / 1e-3) },
    ClosedForm(
      name: "inductor behind a resistor", body: "V1 in 0 1\nR1 in a 1k\nL1 a 0 1 ic=0",
      stop: 5e-3, quantity: "I(L1)", scale: 1e-3
    ) { 1e-3 * (1 - exp(-$0 / 1e-3)) },
    ClosedForm(
      name: "low-pass driven by a sine", body: "V1 in 0 SIN(0 1 1k)\nR1 in a 1k\nC1 a 0 1u ic=0",
      stop: 5e-3, quantity: "V(a)", scale: 0.2
    ) { time in
      let (omega, tau) = (2 * Double.pi * 1000, 1e-3)
      let gain = 1 / (1 + omega * omega * tau * tau)
      return gain * (sin(omega * time) - omega * tau * (cos(omega * time) - exp(-time / tau)))
    },
  ]

  /// A step into a series circuit of 1 mH, 1 uF and a resistance.
  private static func series(_ name: String, _ resistance: Double) -> ClosedForm {
    let (decay, square) = (resistance / 2e-3, 1e9)
    return ClosedForm(
      name: name, body: "V1 in 0 1\nR1 in a \(resistance)\nL1 a b 1m ic=0\nC1 b 0 1u ic=0",
      stop: 6e-4, quantity: "V(b)", scale: 1
    ) { time in
      let discriminant = square - decay * decay
      if abs(discriminant) < 1e-6 * square {
        return 1 - exp(-decay * time) * (1 + decay * time)
      }
      if discriminant > 0 {
        let omega = discriminant.squareRoot()
        return 1 - exp(-decay * time) * (cos(omega * time) + decay / omega * sin(omega * time))
      }
      let root = (-discriminant).squareRoot()
      let (fast, slow) = (decay + root, decay - root)
      return 1 - (fast * exp(-slow * time) - slow * exp(-fast * time)) / (fast - slow)
    }
  }

  private static let secondOrder = [
    series("series circuit, underdamped", 10),
    series("series circuit, critically damped", 2e3 * 1e-3.squareRoot()),
    series("series circuit, overdamped", 300),
  ]

  /// Two equal tanks, k = 0.2: the sum and the difference ring alone.
  private static let tanks = """
    C1 a 0 1u ic=1
    L1 a 0 1m ic=0
    C2 b 0 1u ic=0
    L2 b 0 1m ic=0
    K1 L1 L2 0.2
    """
  private static func modes(_ time: Double) -> (Double, Double) {
    let omega = 1e9.squareRoot()
    return (cos(omega / 1.2.squareRoot() * time), cos(omega / 0.8.squareRoot() * time))
  }
  private static let coupled = [
    ClosedForm(
      name: "coupled tanks, driven one", body: tanks, stop: 1e-3, quantity: "V(a)", scale: 1
    ) { (modes($0).0 + modes($0).1) / 2 },
    ClosedForm(
      name: "coupled tanks, other one", body: tanks, stop: 1e-3, quantity: "V(b)", scale: 1
    ) { (modes($0).0 - modes($0).1) / 2 },
  ]

  private static let pulse = "V1 in 0 EXP(0 1 0 0.5n 1 1)\n"
  private static func sent(_ time: Double) -> Double { time > 0 ? 1 - exp(-time / 0.5e-9) : 0 }
  private static let lines = [
    ClosedForm(
      name: "line with matched end",
      body: pulse + "R1 in a 50\nT1 a 0 b 0 z0=50 td=1n\nR2 b 0 50", stop: 6e-9, quantity: "V(b)",
      scale: 1
    ) { 0.5 * sent($0 - 1e-9) },
    ClosedForm(
      name: "line with open end",
      body: pulse + "R1 in a 50\nT1 a 0 b 0 z0=50 td=1n\nR2 b 0 1e15", stop: 6e-9,
      quantity: "V(b)", scale: 1
    ) { sent($0 - 1e-9) },
    ClosedForm(
      name: "line with shorted end, seen from the source",
      body: pulse + "R1 in a 50\nT1 a 0 b 0 z0=50 td=1n\nV2 b 0 0", stop: 6e-9, quantity: "V(a)",
      scale: 1
    ) { 0.5 * sent($0) - 0.5 * sent($0 - 2e-9) },
    ClosedForm(
      name: "delay of a delay",
      body: "V1 in 0 SIN(0 1 1g)\nYDELAY d1 mid 0 in 0 td=0.3n\nYDELAY d2 out 0 mid 0 td=0.45n\n"
        + "R1 mid 0 1k\nR2 out 0 1k", stop: 6e-9, quantity: "V(out)", scale: 1
    ) { $0 > 0.75e-9 ? sin(2e9 * Double.pi * ($0 - 0.75e-9)) : 0 },
    ClosedForm(
      name: "low-pass behind a delay",
      body: "V1 in 0 EXP(0 1 0 1n 1 1)\nYDELAY d1 mid 0 in 0 td=1.5n\nR1 mid out 1k\n"
        + "C1 out 0 0.5p ic=0", stop: 8e-9, quantity: "V(out)", scale: 1
    ) { time in
      let t = time - 1.5e-9
      return t > 0 ? 1 - (1e-9 * exp(-t / 1e-9) - 0.5e-9 * exp(-t / 0.5e-9)) / 0.5e-9 : 0
    },
  ]
}
