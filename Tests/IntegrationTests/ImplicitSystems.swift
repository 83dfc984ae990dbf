import Foundation
import Integration
import Numerics

/// A small implicit system from closures, its Jacobian dense and by central differences of what is
/// smooth; only tests can afford it.
final class SmallSystem: ImplicitSystem {
  typealias Rows = (_ t: Double, _ x: [Double], _ rates: [Double]) -> [Double]
  let unknownCount: Int
  let chargeRows: [Int]
  let pattern: SparsePattern
  private let slots: [Int32]
  let equations: Rows
  let chargeFunction: ([Double]) -> [Double]
  var eventFunction: ((Double, [Double]) -> [Double])?
  var powers: ((Double, [Double], [Double], [Double]) -> [Double])?
  let eventCount: Int
  let quadratureCount: Int
  var acceptedTimes: [Double] = []
  /// Of the differences by rates; 1 is exact where they appear linearly.
  var rateStep = 1e-6

  init(
    _ n: Int, chargeRows: [Int] = [], events: Int = 0, quadratures: Int = 0,
    charges: @escaping ([Double]) -> [Double] = { _ in [] }, equations: @escaping Rows
  ) {
    unknownCount = n
    self.chargeRows = chargeRows
    eventCount = events
    quadratureCount = quadratures
    chargeFunction = charges
    self.equations = equations
    let rows = (0..<n * n).map { Int32($0 % n) }
    let columns = (0..<n * n).map { Int32($0 / n) }
    (pattern, slots) = SparsePattern.assemble(count: n, rows: rows, columns: columns)
  }

  private func array(_ x: UnsafePointer<Double>, _ n: Int) -> [Double] {
    Array(UnsafeBufferPointer(start: x, count: n))
  }

  func evaluate(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>,
    residual: UnsafeMutablePointer<Double>, charges: UnsafeMutablePointer<Double>
  ) throws {
    let f = equations(time, array(x, unknownCount), array(rates, unknownCount))
    for k in 0..<unknownCount { residual[k] = f[k] }
    for (k, q) in chargeFunction(array(x, unknownCount)).enumerated() { charges[k] = q }
  }

  func jacobian(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>, rateFactor: Double,
    values: UnsafeMutablePointer<Double>, chargeValues: UnsafeMutablePointer<Double>
  ) throws {
    let n = unknownCount
    let (base, slopes) = (array(x, n), array(rates, n))
    for j in 0..<n {
      let (h, k) = (1e-6 * max(1, abs(base[j])), rateStep * max(1, abs(slopes[j])))
      var (up, down, fast, slow) = (base, base, slopes, slopes)
      (up[j], down[j], fast[j], slow[j]) = (base[j] + h, base[j] - h, slopes[j] + k, slopes[j] - k)
      let (a, b) = (equations(time, up, slopes), equations(time, down, slopes))
      let (c, d) = (equations(time, base, fast), equations(time, base, slow))
      let (p, q) = (chargeFunction(up), chargeFunction(down))
      for i in 0..<n {
        values[Int(slots[i + j * n])] +=
          (a[i] - b[i]) / (2 * h) + rateFactor * (c[i] - d[i]) / (2 * k)
      }
      for (m, row) in chargeRows.enumerated() {
        chargeValues[Int(slots[row + j * n])] += (p[m] - q[m]) / (2 * h)
      }
    }
  }

  func events(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>,
    into values: UnsafeMutablePointer<Double>
  ) throws {
    guard let eventFunction else { return }
    for (k, v) in eventFunction(time, array(x, unknownCount)).enumerated() { values[k] = v }
  }

  func quadratures(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>,
    chargeRates: UnsafePointer<Double>, into values: UnsafeMutablePointer<Double>
  ) throws {
    guard let powers else { return }
    let all = powers(
      time, array(x, unknownCount), array(rates, unknownCount),
      array(chargeRates, chargeRows.count))
    for (k, v) in all.enumerated() { values[k] = v }
  }

  func accepted(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>
  ) throws { acceptedTimes.append(time) }
}

extension IDA {
  /// Steps to the stop time.
  func run(to stop: Double) throws {
    try setStopTime(stop)
    while try step() != .reachedStop {}
  }
}
