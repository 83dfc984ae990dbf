import Foundation

/// Ways around for Newton's method: a parameter leads from easy equations to the true ones, in
/// steps that shrink where Newton fails and grow where it does not.
extension OperatingPoint {
  private static let stepsMaximum = 400
  /// The shortest step, as a part of the whole way: where a chain of ten thousand inverters begins
  /// to amplify, a thousandth of a per cent decides.
  private static let stepLeast = 1e-7

  /// Conductances from every node to ground, from 10 mS down to nothing.
  func conductanceStepping(_ start: [Double]) throws -> [Double]? {
    defer { equations.shunt = 0 }
    // the parameter counts decades: 1e-2 S * 10^-s
    return try follow(from: 0, to: 14, firstStep: 1, start) { decades in
      equations.shunt = decades >= 14 ? 0 : 1e-2 * pow(10, -decades)
    }
  }

  /// Independent sources from nothing to their values.
  func sourceStepping(_ start: [Double]) throws -> [Double]? {
    defer { equations.moment.sourceFactor = 1 }
    let zeros = [Double](repeating: 0, count: start.count)
    return try follow(from: 0, to: 1, firstStep: 0.1, zeros) { factor in
      equations.moment.sourceFactor = factor
    }
  }

  /// Implicit Euler steps with a capacitance at every node beside the circuit's own, ever longer.
  func pseudoTransient(_ start: [Double]) throws -> [Double]? {
    guard problem.rateFactor == 0 else { return nil }
    defer {
      equations.shunt = 0
      equations.anchor = nil
      problem.rest()
    }
    var x = start
    var rate = 1e12
    for _ in 0..<Self.stepsMaximum {
      equations.shunt = rate * 1e-12
      equations.anchor = x
      problem.step(from: x, rateFactor: rate)
      if let next = try newton(from: x) {
        x = next
        rate /= 2
        if rate < 1e-3 { break }
      } else {
        rate *= 8
        if rate > 1e21 { return nil }
      }
    }
    equations.shunt = 0
    equations.anchor = nil
    problem.rest()
    return try newton(from: x) ?? newton(from: x, .lineSearch)
  }

  private func follow(
    from begin: Double, to end: Double, firstStep: Double, _ start: [Double],
    _ set: (Double) -> Void
  ) throws -> [Double]? {
    set(begin)
    guard var x = try newton(from: start) ?? newton(from: start, .lineSearch) else { return nil }
    var (reached, step) = (begin, firstStep)
    for _ in 0..<Self.stepsMaximum {
      let next = min(end, reached + step)
      set(next)
      if let found = try newton(from: x) {
        x = found
        reached = next
        step *= 1.5
        if reached >= end { return x }
      } else {
        step /= 4
        if step < Self.stepLeast * (end - begin) { return nil }
      }
    }
    return nil
  }
}
