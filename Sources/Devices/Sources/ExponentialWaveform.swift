import Numerics

/// v1, from td1 on approaching v2 with tau1, from td2 on also falling back with tau2.
struct ExponentialWaveform: Waveform {
  var first: Double
  var second: Double
  var riseDelay: Double
  var riseConstant: Double
  var fallDelay: Double
  var fallConstant: Double

  func value(at time: Double, leftLimit: Bool) -> Double {
    let rise = max(0, time - riseDelay) / riseConstant
    let fall = max(0, time - fallDelay) / fallConstant
    return first + (second - first) * (exponential(-fall) - exponential(-rise))
  }

  func nextBreakpoint(after time: Double) -> Double {
    Instant.next(after: time, min(riseDelay, fallDelay), max(riseDelay, fallDelay))
  }
}
