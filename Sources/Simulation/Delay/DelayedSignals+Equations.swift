public import Devices
import Integration
public import Numerics

extension DelayedSignals {
  @inline(__always)
  func valueOfSignal(_ index: Int, _ values: UnsafePointer<Double>) -> Double {
    var sum = 0.0
    for k in Int(termStarts[index])..<Int(termStarts[index + 1]) {
      sum += terms[k].coefficient * values[Int(terms[k].unknown)]
    }
    return sum
  }

  /// The sum of the terms' magnitudes.
  @inline(__always)
  func sizeOfSignal(_ index: Int, _ values: UnsafePointer<Double>) -> Double {
    var sum = 0.0
    for k in Int(termStarts[index])..<Int(termStarts[index + 1]) {
      sum += abs(terms[k].coefficient * values[Int(terms[k].unknown)])
    }
    return sum
  }

  /// Adds f of the delayed unknowns' rows.
  public func evaluate(_ evaluation: Evaluation) {
    guard !isEmpty else { return }
    look(evaluation.moment)
    let (values, currents) = (evaluation.values, evaluation.currents)
    for k in 0..<unknownCount {
      let unknown = Int(unknowns[k])
      currents[unknown] += values[unknown] - bases[Int(readingOf[k])]
    }
    guard hasWeights else { return }
    for index in 0..<signalCount { present[index] = valueOfSignal(index, values) }
    for k in 0..<unknownCount {
      let reading = Int(readingOf[k])
      currents[Int(unknowns[k])] -= weights[reading] * present[Int(signalOf[reading])]
    }
  }

  /// Adds df/dx.
  public func linearise(_ evaluation: Evaluation) {
    guard !isEmpty else { return }
    look(evaluation.moment)
    hadWeights = hasWeights
    let matrix = evaluation.conductances
    slots.withUnsafeBufferPointer { slots in
      firstSlots.withUnsafeBufferPointer { firstSlots in
        for k in 0..<unknownCount { matrix[Int(slots[firstSlots[k]])] += 1 }
        guard hasWeights else { return }
        for k in 0..<unknownCount where weights[Int(readingOf[k])] != 0 {
          let (reading, first) = (Int(readingOf[k]), firstSlots[k])
          let start = Int(termStarts[Int(signalOf[reading])])
          for term in start..<Int(termStarts[Int(signalOf[reading]) + 1]) {
            matrix[Int(slots[first + 1 + term - start])] -=
              weights[reading] * terms[term].coefficient
          }
        }
      }
    }
  }

  /// Small-signal entries at `angularFrequency`, rad/s: 1 and -c_k exp(-j omega delay), by slot.
  public func smallSignal(
    _ angularFrequency: Double, add: (_ slot: Int, _ value: Complex) -> Void
  ) {
    for k in 0..<unknownCount {
      let angle = angularFrequency * plan.readings[Int(readingOf[k])].delay
      var slot = firstSlots[k]
      add(Int(slots[slot]), Complex(1, 0))
      for term in plan.terms(ofReading: readingOf[k]) {
        slot += 1
        let factor = -term.coefficient
        add(Int(slots[slot]), Complex(factor * cosine(angle), -factor * sine(angle)))
      }
    }
  }

  /// Whatever has been looked up no longer holds.
  func forgetReadings() { evaluatedTime = .nan }

  /// Brings bases and weights to the moment's time.
  private func look(_ moment: Moment) {
    if moment.analysis == .transient {
      guard moment.time != evaluatedTime || moment.takesLeftLimit != evaluatedLeft else { return }
      (evaluatedTime, evaluatedLeft) = (moment.time, moment.takesLeftLimit)
      hasWeights = false
      for index in groups.indices where groups[index].isSeen {
        read(index, moment.time, left: moment.takesLeftLimit)
      }
      return
    }
    forgetReadings()
    hasWeights = true
    for (index, reading) in plan.readings.enumerated() {
      if moment.analysis == .initial, let initial = reading.initial {
        (bases[index], weights[index]) = (initial, 0)
      } else {
        (bases[index], weights[index]) = (0, 1)
      }
    }
  }

  /// A jump may lie exactly at the time read, which is rounded: it is passed by some units in the
  /// last place, towards the side asked for.
  private func read(_ index: Int, _ now: Double, left: Bool) {
    let delay = groups[index].delay
    let margin = 8 * max(abs(now), delay).ulp
    if delay <= 2 * margin || history.count == 0 {
      set(index, base: 0, weight: 1)
      return
    }
    let past = now - delay + (left ? -margin : margin)
    let stencil = history.stencil(
      at: past, now: now, interpolation: groups[index].interpolation,
      cursor: &groups[index].cursor)
    let range = groups[index].readings
    history.read(
      stencil, signals: signalOf + range.lowerBound, readerCount: range.count,
      into: bases + range.lowerBound)
    let weight = stencil.presentWeight
    for reading in range { weights[reading] = weight }
    if weight != 0 { hasWeights = true }
    guard past < startTime, imposesInitial else { return }
    for reading in range {
      guard let initial = plan.readings[reading].initial else { continue }
      (bases[reading], weights[reading]) = (initial, 0)
    }
  }

  private func set(_ index: Int, base: Double, weight: Double) {
    hasWeights = hasWeights || weight != 0
    for reading in groups[index].readings { (bases[reading], weights[reading]) = (base, weight) }
  }
}
