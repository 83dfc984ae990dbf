import Integration

/// Points along the solver's last step.
extension CircuitEquations {
  /// Loads the solver's polynomial at a time of its last step.
  func load(_ solver: some TimeStepper, at time: Double) {
    solver.interpolate(at: time, into: buffers.values + 1)
    solver.interpolate(at: time, derivative: 1, into: buffers.rates + 1)
    moment.time = time
  }
}
