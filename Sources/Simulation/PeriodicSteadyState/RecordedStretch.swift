import Devices

/// Accepted steps of a transient analysis: times, values and rates, between which cubics run.
struct RecordedStretch {
  private(set) var times: [Double] = []
  /// Ground removed.
  private var values: [[Double]] = []
  private var rates: [[Double]] = []

  mutating func append(_ time: Double, _ evaluation: Evaluation, count: Int) {
    if let last = times.last, time <= last {
      if time == last { return }
      // a passage inside the step recorded last
      let place = times.firstIndex { $0 >= time } ?? times.count
      if place < times.count, times[place] == time { return }
      insert(time, evaluation, count, at: place)
      return
    }
    insert(time, evaluation, count, at: times.count)
  }

  private mutating func insert(
    _ time: Double, _ evaluation: Evaluation, _ count: Int, at place: Int
  ) {
    times.insert(time, at: place)
    values.insert((0..<count).map { evaluation.values[$0 + 1] }, at: place)
    rates.insert((0..<count).map { evaluation.rates[$0 + 1] }, at: place)
  }

  mutating func forget(before time: Double) {
    let first = times.firstIndex { $0 >= time } ?? times.count
    if first < times.count / 2 { return }
    times.removeFirst(first)
    values.removeFirst(first)
    rates.removeFirst(first)
  }

  /// What lies from one recorded time to another.
  func stretch(from start: Double, to end: Double) -> RecordedStretch {
    var result = RecordedStretch()
    for k in times.indices where times[k] >= start && times[k] <= end {
      result.times.append(times[k])
      result.values.append(values[k])
      result.rates.append(rates[k])
    }
    return result
  }

  var period: Double { times[times.count - 1] - times[0] }

  /// Largest less smallest value of each unknown.
  var swings: [Double] {
    guard let first = values.first else { return [] }
    var (low, high) = (first, first)
    for point in values {
      for k in point.indices {
        low[k] = min(low[k], point[k])
        high[k] = max(high[k], point[k])
      }
    }
    return zip(low, high).map { $1 - $0 }
  }

  /// The stretch as an orbit, whose intervals are short where the steps were.
  func orbit(intervals: Int, corners: [Double]) -> PeriodicOrbit {
    let start = times[0]
    let span = period
    var phases: [Double] = []
    // steps of no length would have no density
    for time in times where (time - start) / span - (phases.last ?? -1) > 1e-9 {
      phases.append((time - start) / span)
    }
    phases[phases.count - 1] = 1
    let density = (1..<phases.count).map { 1 / (phases[$0] - phases[$0 - 1]) }
    let mesh = CollocationMesh.equidistributed(phases, density: density, count: intervals)
    var orbit = PeriodicOrbit(
      period: span, mesh: CollocationMesh.withCorners(mesh, corners), unknownCount: values[0].count)
    let n = orbit.unknownCount
    for stage in 0..<orbit.stageCount {
      let state = state(at: start + span * orbit.phase(ofStage: stage))
      for k in 0..<n { orbit.states[stage * n + k] = state[k] }
    }
    return orbit
  }

  /// By the cubic that has the values and rates of the steps' ends.
  private func state(at time: Double) -> [Double] {
    var (low, high) = (0, times.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if times[middle] <= time { low = middle } else { high = middle }
    }
    let length = times[high] - times[low]
    let s = min(max((time - times[low]) / length, 0), 1)
    let t = 1 - s
    let (a, b) = (t * t * (1 + 2 * s), s * s * (1 + 2 * t))
    let (c, d) = (length * s * t * t, -length * s * s * t)
    return values[low].indices.map { k in
      a * values[low][k] + b * values[high][k] + c * rates[low][k] + d * rates[high][k]
    }
  }
}
