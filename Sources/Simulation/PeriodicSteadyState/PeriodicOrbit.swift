/// One period of all unknowns: polynomials of degree three on the intervals of a mesh.
///
/// Phases are fractions of the period, 0 to 1. The state at the end of an interval is that at the
/// start of the next, and the last ends where the first begins.
public struct PeriodicOrbit: Sendable {
  /// Seconds.
  public internal(set) var period: Double
  /// The ends of the intervals as phases, from 0 to 1.
  public internal(set) var mesh: [Double]
  /// Unknowns, ground removed.
  public let unknownCount: Int
  /// Stage by stage, three an interval, ground removed.
  public internal(set) var states: [Double]

  public var intervalCount: Int { mesh.count - 1 }
  public var stageCount: Int { RadauFormula.stageCount * intervalCount }

  init(period: Double, mesh: [Double], unknownCount: Int) {
    self.period = period
    self.mesh = mesh
    self.unknownCount = unknownCount
    states = Array(repeating: 0, count: 3 * (mesh.count - 1) * unknownCount)
  }

  /// The phase of a stage.
  public func phase(ofStage stage: Int) -> Double {
    let (interval, own) = stage.quotientAndRemainder(dividingBy: RadauFormula.stageCount)
    if own == 2 { return mesh[interval + 1] }
    return mesh[interval] + RadauFormula.places[own + 1] * (mesh[interval + 1] - mesh[interval])
  }

  /// Seconds that a stage stands for in an integral over the period.
  public func weight(ofStage stage: Int) -> Double {
    let (interval, own) = stage.quotientAndRemainder(dividingBy: RadauFormula.stageCount)
    return period * (mesh[interval + 1] - mesh[interval]) * RadauFormula.weights[own]
  }

  /// The stage that an interval starts from: the last of the interval before.
  func startStage(of interval: Int) -> Int {
    interval == 0 ? stageCount - 1 : RadauFormula.stageCount * interval - 1
  }

  /// The stage at place 0 (the start) to 3 of an interval.
  func stage(_ place: Int, of interval: Int) -> Int {
    place == 0 ? startStage(of: interval) : RadauFormula.stageCount * interval + place - 1
  }

  /// The interval in which a phase lies, and where in it, 0 to 1.
  func place(of phase: Double) -> (interval: Int, position: Double) {
    var (low, high) = (0, intervalCount)
    while high - low > 1 {
      let middle = (low + high) / 2
      if mesh[middle] <= phase { low = middle } else { high = middle }
    }
    return (low, (phase - mesh[low]) / (mesh[low + 1] - mesh[low]))
  }

  /// All unknowns at a phase.
  public func state(at phase: Double) -> [Double] {
    combination(at: phase) { RadauFormula.basis(at: $0) }
  }

  /// Their rates of change, per second.
  public func rates(at phase: Double) -> [Double] {
    let (interval, _) = place(of: phase)
    let length = period * (mesh[interval + 1] - mesh[interval])
    return combination(at: phase) { RadauFormula.slopes(at: $0).map { $0 / length } }
  }

  private func combination(
    at phase: Double, _ weights: (Double) -> [Double]
  ) -> [Double] {
    let (interval, position) = place(of: phase)
    var result = [Double](repeating: 0, count: unknownCount)
    for (place, weight) in weights(position).enumerated() {
      let first = stage(place, of: interval) * unknownCount
      for k in 0..<unknownCount { result[k] += weight * states[first + k] }
    }
    return result
  }

  /// The largest magnitude of each unknown along the orbit.
  var largest: [Double] {
    var sizes = [Double](repeating: 0, count: unknownCount)
    for stage in 0..<stageCount {
      for k in 0..<unknownCount {
        sizes[k] = max(sizes[k], abs(states[stage * unknownCount + k]))
      }
    }
    return sizes
  }

  /// The same curve on another mesh.
  func onMesh(_ other: [Double]) -> PeriodicOrbit {
    var result = PeriodicOrbit(period: period, mesh: other, unknownCount: unknownCount)
    for stage in 0..<result.stageCount {
      let values = state(at: result.phase(ofStage: stage))
      for k in 0..<unknownCount { result.states[stage * unknownCount + k] = values[k] }
    }
    return result
  }
}
