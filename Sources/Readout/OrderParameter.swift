// How well oscillators agree (Y. Kuramoto, 1975): r e^{i psi} = mean over oscillators of
// e^{i phi}; r is 1 when all phases are equal, about 1/sqrt(N) when they are random.

public import Numerics

public enum OrderParameter {
  /// The mean phasor of the phases, in radians; zero for none.
  public static func value(_ phases: UnsafeBufferPointer<Double>) -> Complex {
    guard !phases.isEmpty else { return .zero }
    return phases.reduce(Complex.zero) { $0 + Complex(modulus: 1, argument: $1) }
      / Double(phases.count)
  }

  /// The mean phasor of the phases, in radians; zero for none.
  public static func value(_ phases: [Double]) -> Complex {
    phases.withUnsafeBufferPointer(value)
  }

  /// The mean phasor at each time of phases in rows, one row of `oscillators` a time.
  ///
  /// - Precondition: the rows are whole.
  public static func trajectory(_ phases: [Double], oscillators: Int) -> [Complex] {
    precondition(oscillators > 0 && phases.count % oscillators == 0, "rows are whole")
    return phases.withUnsafeBufferPointer { buffer in
      (0..<(phases.count / oscillators)).map { row in
        value(
          UnsafeBufferPointer(rebasing: buffer[(row * oscillators)..<((row + 1) * oscillators)]))
      }
    }
  }
}
