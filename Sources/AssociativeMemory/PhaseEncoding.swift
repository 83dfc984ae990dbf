import Numerics

/// How a grey level becomes the phase of an oscillator.
public enum PhaseEncoding: String, Sendable, Codable, CaseIterable {
  /// phi = pi v: black and white lie half a turn apart, so nothing wraps around.
  case half
  /// phi = 2 pi v: black and white are the same phase.
  case full

  /// The range of phases in radians, by which recall errors are divided.
  @inlinable
  public var range: Double { self == .half ? Double.pi : 2 * Double.pi }

  /// The phase in radians of a grey level in [0, 1].
  @inlinable
  public func phase(grey: Double) -> Double { range * grey }

  /// The grey level in [0, 1] of a phase already rotated onto its target's frame. Half circle: a
  /// phase outside [0, pi] takes the nearer end. Full circle: the phase modulo 2 pi.
  public func grey(phase: Double) -> Double {
    switch self {
    case .full:
      let turns = phase / (2 * Double.pi)
      return turns - turns.rounded(.down)
    case .half:
      // Centred on mid-range, so that the far side of the circle splits evenly between the ends.
      let deviation = wrapped(phase - Double.pi / 2)
      return min(max(deviation / Double.pi + 0.5, 0), 1)
    }
  }
}
