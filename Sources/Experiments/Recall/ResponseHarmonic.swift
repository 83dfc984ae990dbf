// The coupling function of the phase equation from a cell's phase response. The feedback current is
// a sum of square waves, I sum_k s_k cos(k x) with s_k = (-1)^((k-1)/2) / k for odd k, and the
// phase answers at each harmonic by the perturbation projection vector's coefficient V_k there:
//
//   dphi/dt = kappa sum over k of s_k |V_k|/|V_1| sin(k x + delta_k),
//
//   x        phase of what arrives, its constant lead made up for, before the oscillator's own, rad
//   delta_k  = pi/2 (1 - k) - arg V_k + k arg V_1, so that delta_1 = 0
//
// Even harmonics meet nothing in a square wave of equal halves.
//
// Source: A. Demir, A. Mehrotra, J. Roychowdhury, IEEE Trans. Circuits Syst. I 47 (2000) 655,
// doi:10.1109/81.847872, for the vector; averaging as in F. C. Hoppensteadt, E. M. Izhikevich,
// "Weakly Connected Neural Networks" (1997), chapter 9.

import Numerics
import Schematic

/// How an oscillator's phase answers one harmonic of the square wave that feeds it.
struct ResponseHarmonic: Equatable {
  /// Odd, from 3.
  let number: Int
  /// s_k |V_k|/|V_1| e^{i delta_k}.
  let factor: Complex

  /// The harmonics that views tell besides the first.
  static let numbers = [3, 5, 7]

  /// The constants' names in a view.
  static func names(_ number: Int) -> (ratio: String, phase: String) {
    ("response_\(number)", "response_\(number)_phase")
  }

  /// delta_k, rad, from coefficients of the perturbation projection vector.
  static func phase(_ number: Int, of coefficient: Complex, first: Complex) -> Double {
    let k = Double(number)
    return .pi / 2 * (1 - k) - coefficient.argument + k * first.argument
  }

  /// - Throws: "view-lacks-constant".
  static func read(_ view: View, at origin: Origin) throws(Fault) -> [ResponseHarmonic] {
    var found: [ResponseHarmonic] = []
    for number in numbers {
      let names = names(number)
      let ratio = try view.value(names.ratio, at: origin)
      let phase = try view.value(names.phase, at: origin)
      let wave = (number % 4 == 1 ? 1 : -1) / Double(number)
      found.append(
        ResponseHarmonic(
          number: number, factor: Complex(modulus: 1, argument: phase) * Complex(wave * ratio)))
    }
    return found
  }

  /// The gain at this harmonic of an oscillator whose gain at the first is `first`, 1/s.
  func gain(_ first: Complex) -> Complex {
    factor * Complex(modulus: first.modulus, argument: Double(number) * first.argument)
  }
}
