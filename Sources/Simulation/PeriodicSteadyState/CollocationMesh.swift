// Where an orbit's intervals end. The error of a cubic on an interval of length h goes with
// h^4 |x''''|, so the intervals are laid such that h |x''''|^(1/4) is the same in all, as far as
// neighbours' third derivatives tell the fourth; the mean of the monitor is added to it, so that
// quiet stretches keep half of their share.
//
// Source: R. D. Russell, J. Christiansen, SIAM J. Numer. Anal. 15 (1978) 59, doi:10.1137/0715004.

import Numerics

/// Meshes for orbits.
enum CollocationMesh {
  /// `count` intervals such that each holds the same part of the integral of `density`, which is
  /// constant on the intervals of `mesh`.
  static func equidistributed(_ mesh: [Double], density: [Double], count: Int) -> [Double] {
    let lengths = density.indices.map { mesh[$0 + 1] - mesh[$0] }
    let total = zip(density, lengths).reduce(0) { $0 + $1.0 * $1.1 }
    let mean = total / (mesh[mesh.count - 1] - mesh[0])
    guard mean > 0, mean.isFinite else { return uniform(count) }
    var result = [0.0]
    var interval = 0
    var held = 0.0
    let whole = 2 * total
    for k in 1..<count {
      let wanted = whole * Double(k) / Double(count)
      while interval < density.count - 1,
        held + (density[interval] + mean) * lengths[interval] < wanted
      {
        held += (density[interval] + mean) * lengths[interval]
        interval += 1
      }
      result.append(mesh[interval] + (wanted - held) / (density[interval] + mean))
    }
    return result + [1]
  }

  static func uniform(_ count: Int) -> [Double] {
    (0...count).map { Double($0) / Double(count) }
  }

  /// A mesh of `count` intervals for the orbit, which ends intervals at the phases `corners`.
  ///
  /// - Parameters:
  ///   - scales: what unknowns are measured in.
  ///   - isTested: which unknowns count.
  static func adapted(
    to orbit: PeriodicOrbit, count: Int, scales: [Double], isTested: [Bool], corners: [Double]
  ) -> [Double] {
    let density = monitor(orbit, scales, isTested)
    return withCorners(equidistributed(orbit.mesh, density: density, count: count), corners)
  }

  /// |x''''|^(1/4) of the unknown that needs the shortest intervals.
  private static func monitor(
    _ orbit: PeriodicOrbit, _ scales: [Double], _ isTested: [Bool]
  ) -> [Double] {
    let count = orbit.intervalCount
    let lengths = (0..<count).map { orbit.mesh[$0 + 1] - orbit.mesh[$0] }
    let places = RadauFormula.places
    // of the cubic through the four places, whatever the length
    let third = places.indices.map { j in
      6 / places.indices.reduce(1) { $1 == j ? $0 : $0 * (places[j] - places[$1]) }
    }
    func thirdDerivative(_ interval: Int, _ unknown: Int) -> Double {
      var sum = 0.0
      for place in places.indices {
        let stage = orbit.stage(place, of: interval)
        sum += third[place] * orbit.states[stage * orbit.unknownCount + unknown]
      }
      return sum / (lengths[interval] * lengths[interval] * lengths[interval])
    }
    // at each boundary, between an interval and the next
    var jumps = [Double](repeating: 0, count: count)
    for unknown in 0..<orbit.unknownCount where isTested[unknown] {
      let derivatives = (0..<count).map { thirdDerivative($0, unknown) }
      for k in 0..<count {
        let next = (k + 1) % count
        let fourth =
          2 * abs(derivatives[next] - derivatives[k]) / (lengths[k] + lengths[next])
        jumps[k] = max(jumps[k], fourth / scales[unknown])
      }
    }
    return (0..<count).map { k in
      let larger = max(jumps[k], jumps[(k + count - 1) % count])
      return larger.isFinite ? larger.squareRoot().squareRoot() : 0
    }
  }

  /// Moves the nearest ends of intervals to the corners, behind each of which an interval vanishes
  /// in which the unknowns may jump.
  static func withCorners(_ mesh: [Double], _ corners: [Double]) -> [Double] {
    if corners.isEmpty { return mesh }
    let jump = 1e-7
    var ends = corners.filter { $0 > 0 && $0 < 1 }.flatMap { [$0, $0 + jump] }
    if corners.contains(where: { $0 == 0 || $0 == 1 }) { ends.append(jump) }
    let near = 0.2 / Double(mesh.count)
    let others = mesh.filter { end in
      end == 0 || end == 1 || !ends.contains { abs($0 - end) < near }
    }
    return (others + ends.filter { $0 < 1 }).sorted()
  }
}
