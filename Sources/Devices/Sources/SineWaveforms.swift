import Numerics

/// The sine of a number of turns plus a phase in radians, exact for many turns.
private func sineOfTurns(_ turns: Double, phase: Double = 0) -> Double {
  sine(2 * Double.pi * (turns - turns.rounded(.down)) + phase)
}

/// vo + va sin(2 pi f (t - td) + phase) e^(-theta (t - td)), and its value at td before.
struct SineWaveform: Waveform {
  var offset: Double
  var amplitude: Double
  var frequency: Double
  var delay: Double
  var damping: Double
  /// Radians.
  var phase: Double

  func value(at time: Double, leftLimit: Bool) -> Double {
    let t = max(0, time - delay)
    let envelope = damping == 0 ? amplitude : amplitude * exponential(-damping * t)
    return offset + envelope * sineOfTurns(frequency * t, phase: phase)
  }

  func nextBreakpoint(after time: Double) -> Double {
    delay > 0 ? Instant.next(after: time, delay) : .infinity
  }
}

/// vo + va sin(2 pi fc t + phasec + mdi sin(2 pi fs t + phases)).
struct FrequencyModulatedWaveform: Waveform {
  var offset: Double
  var amplitude: Double
  var carrier: Double
  var index: Double
  var signal: Double
  var carrierPhase: Double
  var signalPhase: Double

  func value(at time: Double, leftLimit: Bool) -> Double {
    let deviation = index * sineOfTurns(signal * time, phase: signalPhase)
    return offset + amplitude * sineOfTurns(carrier * time, phase: carrierPhase + deviation)
  }

  func nextBreakpoint(after time: Double) -> Double { .infinity }
}

/// va (vo + sin(2 pi mf (t - td) + phasem)) sin(2 pi fc (t - td) + phasec), 0 before td.
struct AmplitudeModulatedWaveform: Waveform {
  var amplitude: Double
  var offset: Double
  var modulation: Double
  var carrier: Double
  var delay: Double
  var modulationPhase: Double
  var carrierPhase: Double

  func value(at time: Double, leftLimit: Bool) -> Double {
    guard Instant.displaced(time, leftLimit: leftLimit) >= delay else { return 0 }
    let t = max(0, time - delay)
    return amplitude * (offset + sineOfTurns(modulation * t, phase: modulationPhase))
      * sineOfTurns(carrier * t, phase: carrierPhase)
  }

  func nextBreakpoint(after time: Double) -> Double {
    delay > 0 ? Instant.next(after: time, delay) : .infinity
  }
}
