public import Devices

/// The discrete side of the equations: switching, corners, delays; and points to ask devices about.
extension CircuitEquations {
  /// Makes `x` (ground removed) the state that `settle`, `restartDelays` and `pointEvaluation`
  /// refer to; rates of nil are zero.
  func loadPoint(
    _ time: Double, _ x: UnsafePointer<Double>, _ rates: UnsafePointer<Double>?
  ) {
    buffers.load(x, rates)
    moment.time = time
  }

  /// The loaded point, to ask banks about.
  public var pointEvaluation: Evaluation { buffers.evaluation(moment) }

  /// Lets switches and comparisons choose the state that belongs to the loaded point; whether any
  /// changed.
  func settle() -> Bool {
    let evaluation = pointEvaluation
    var changed = false
    for bank in banks where bank.settle(evaluation) {
      changed = true
      lastSwitched = bank.instances[0]
    }
    if changed {
      invalidateLinearPart()
      switchings += 1
    }
    return changed
  }

  /// The loaded point is what a restart at `time` has made of values and rates: delayed signals
  /// repeat later what jumped or bent.
  func restartDelays(at time: Double) {
    delayed.restart(
      time: time, elapsed: moment.time - time, values: buffers.values, rates: buffers.rates)
  }

  /// The loaded point is where delayed signals begin.
  /// - Parameter imposesInitial: whether delays' own initial values count (UIC).
  func startDelays(at time: Double, imposesInitial: Bool) {
    delayed.start(time: time, values: buffers.values, imposesInitial: imposesInitial)
  }

  /// The next time at which a source or a delayed signal has a corner.
  func nextBreakpoint(after time: Double) -> Double {
    var next = delayed.nextBreakpoint(after: time)
    for bank in banks { next = min(next, bank.nextBreakpoint(after: time)) }
    return next
  }
}

extension CircuitEquations {
  /// The point at rest with the unknowns `x` (ground removed), to evaluate outputs at; valid until
  /// the next evaluation.
  public func restingPoint(_ x: [Double], abscissa: Double = 0) -> SolutionPoint {
    x.withUnsafeBufferPointer { loadPoint(0, $0.baseAddress!, nil) }
    return SolutionPoint(
      abscissa: abscissa, evaluation: pointEvaluation, temperature: circuit.temperature)
  }
}

extension CircuitEquations {
  func makeSourcePlaces() -> [String: (bank: Int, index: Int)] {
    var places: [String: (bank: Int, index: Int)] = [:]
    for (number, bank) in banks.enumerated() {
      for (index, instance) in bank.instances.enumerated() {
        let own = circuit.instances[Int(instance)]
        if own.device == "V" || own.device == "I" { places[own.name] = (number, index) }
      }
    }
    return places
  }
}
