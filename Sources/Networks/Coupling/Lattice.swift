/// Oscillators on a rectangle, row-major: oscillator x + y * width stands at (x, y).
public struct Lattice: Hashable, Sendable {
  public enum Boundary: String, Sendable, CaseIterable {
    /// Nothing couples across the edges.
    case open
    /// Opposite edges are neighbours.
    case periodic
  }

  public var width: Int
  public var height: Int
  public var boundary: Boundary
  public var count: Int { width * height }

  public init(width: Int, height: Int, boundary: Boundary = .open) {
    precondition(width > 0 && height > 0, "a lattice has sites")
    self.width = width
    self.height = height
    self.boundary = boundary
  }
}
