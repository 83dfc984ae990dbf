public import Numerics

/// Weights that depend only on the displacement between two sites of a lattice,
/// W[(x, y), (x', y')] = K(x - x', y - y'): a product is two Fourier transforms, O(N log N).
public final class ConvolutionCoupling: CouplingOperator {
  public let lattice: Lattice
  public var count: Int { lattice.count }
  public var name: String { "convolution (\(lattice.width) x \(lattice.height))" }

  /// Sizes of the transform: the lattice's own when periodic, else enough for no wrap-around.
  private let columns: Int
  private let rows: Int
  /// Transform of the kernel, divided by the number of points.
  private let spectrum: [Complex]
  private let forward: FourierTransform
  private let backward: FourierTransform
  private let buffer: CouplingWorkspace

  /// - Parameter kernel: K(dx, dy), for |dx| < width and |dy| < height; asked once for each
  ///   displacement that can occur (for 0 <= dx < width, 0 <= dy < height when periodic).
  public convenience init(_ lattice: Lattice, kernel: (Int, Int) -> Complex) {
    let periodic = lattice.boundary == .periodic
    let columns = periodic ? lattice.width : Self.transformSize(2 * lattice.width - 1)
    let rows = periodic ? lattice.height : Self.transformSize(2 * lattice.height - 1)
    var points = [Complex](repeating: .zero, count: rows * columns)
    let first = periodic ? (0, 0) : (1 - lattice.width, 1 - lattice.height)
    for dy in first.1..<lattice.height {
      for dx in first.0..<lattice.width {
        points[(dy + rows) % rows * columns + (dx + columns) % columns] = kernel(dx, dy)
      }
    }
    let transform = FourierTransform(shape: [rows, columns], direction: .forward, inPlace: true)
    points.withUnsafeMutableBufferPointer { transform.execute($0.baseAddress!) }
    let scale = 1 / Double(rows * columns)
    self.init(lattice, columns: columns, rows: rows, spectrum: points.map { scale * $0 })
  }

  private init(_ lattice: Lattice, columns: Int, rows: Int, spectrum: [Complex]) {
    self.lattice = lattice
    self.columns = columns
    self.rows = rows
    self.spectrum = spectrum
    forward = FourierTransform(shape: [rows, columns], direction: .forward, inPlace: true)
    backward = FourierTransform(shape: [rows, columns], direction: .backward, inPlace: true)
    buffer = CouplingWorkspace(count: rows * columns)
  }

  public var cost: Double {
    let points = Double(rows * columns)
    return 10 * points * (naturalLogarithm(max(2, points)) / naturalLogarithm(2))
      / CouplingCost.transform
  }

  public func apply(
    _ sources: UnsafePointer<Complex>, into results: UnsafeMutablePointer<Complex>, columns: Int
  ) {
    for column in 0..<columns {
      convolve(sources + column * count, into: results + column * count)
    }
  }

  private func convolve(
    _ source: UnsafePointer<Complex>, into result: UnsafeMutablePointer<Complex>
  ) {
    let points = buffer.sources
    if lattice.boundary == .open { points.update(repeating: .zero, count: rows * columns) }
    for y in 0..<lattice.height {
      (points + y * columns).update(from: source + y * lattice.width, count: lattice.width)
    }
    forward.execute(points)
    spectrum.withUnsafeBufferPointer { spectrum in
      for k in 0..<rows * columns { points[k] = points[k] * spectrum[k] }
    }
    backward.execute(points)
    for y in 0..<lattice.height {
      (result + y * lattice.width).update(from: points + y * columns, count: lattice.width)
    }
  }

  public func copy() -> any CouplingOperator {
    ConvolutionCoupling(lattice, columns: columns, rows: rows, spectrum: spectrum)
  }

  /// The smallest size from `minimum` on without prime factors above 5, which FFTW likes.
  private static func transformSize(_ minimum: Int) -> Int {
    var size = minimum
    while true {
      var rest = size
      for factor in [2, 3, 5] {
        while rest % factor == 0 { rest /= factor }
      }
      if rest == 1 { return size }
      size += 1
    }
  }
}
