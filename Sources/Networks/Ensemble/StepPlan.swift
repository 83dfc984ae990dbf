import Numerics

/// Weights with which the stored drives of a trial enter a step; see `InterpolationWeights`.
final class StepPlan {
  /// Rows of weights, one for each stored drive.
  let mean: UnsafeMutablePointer<Double>
  let slope: UnsafeMutablePointer<Double>
  let ahead: UnsafeMutablePointer<Double>
  let aheadLower: UnsafeMutablePointer<Double>
  let aheadHigher: UnsafeMutablePointer<Double>
  private let nodes: UnsafeMutablePointer<Double>
  private let decays: UnsafeMutablePointer<Double>
  private let barycentric: UnsafeMutablePointer<Double>
  /// The stored drives that the rows belong to: real parts, the imaginary ones follow.
  let drives: UnsafeMutablePointer<UnsafeMutablePointer<Double>>

  private(set) var order = 1
  private(set) var step = 0.0
  /// Whether one more drive than the order needs is stored.
  private(set) var judgesHigher = false
  /// Integral of the correction's shape over the step, and of shape times time left.
  private(set) var integral = 0.0
  private(set) var moment = 0.0
  private(set) var integralLower = 0.0
  private(set) var integralHigher = 0.0
  /// Error of the flow itself (rms, rad), once it is predicted.
  var flowError = 0.0

  init() {
    mean = .allocate(capacity: 64)
    mean.initialize(repeating: 0, count: 64)
    slope = mean + 8
    ahead = mean + 16
    aheadLower = mean + 24
    aheadHigher = mean + 32
    nodes = mean + 40
    decays = mean + 48
    barycentric = mean + 56
    drives = .allocate(capacity: 8)
  }

  deinit {
    mean.deallocate()
    drives.deallocate()
  }

  /// How many stored drives the step reads.
  var depth: Int { judgesHigher ? order + 1 : order }

  /// - Parameters:
  ///   - times: of the stored drives, newest first, the first being `time`.
  ///   - rate: of the decaying basis, 1/s.
  func prepare(
    times: [Double], drives stored: (Int) -> UnsafeMutablePointer<Double>, from time: Double,
    step: Double, order: Int, rate: Double,
    judging: Bool = true
  ) {
    self.order = order
    self.step = step
    judgesHigher = judging && times.count > order && order < EnsembleTrial.orderMaximum
    let end = time + step
    let scaled = min(rate * step, 4)
    for j in 0..<depth {
      nodes[j] = (times[j] - end) / step
      decays[j] = exponential(scaled * nodes[j])
      drives[j] = stored(j)
      mean[j] = 0
      slope[j] = 0
      ahead[j] = 0
      aheadLower[j] = 0
    }
    let points = StepPoints.all
    let exponentials = SIMD4(
      exponential(scaled * points[0]), exponential(scaled * points[1]),
      exponential(scaled * points[2]), 1)
    let own = InterpolationWeights(
      nodes: nodes, count: order, decays: decays, barycentric: barycentric,
      exponentials: exponentials, rate: scaled,
      at: points
    ) { j, weight in
      mean[j] = (5 * (weight[0] + weight[2]) + 8 * weight[1]) / 18
      slope[j] = (weight[2] - weight[0]) * (10 * StepPoints.offset / 3)
      ahead[j] = weight[3]
    }
    integral = step * own.shapeIntegral
    moment = step * step * own.shapeMoment
    if judging && order > 1 {
      let lower = InterpolationWeights(
        nodes: nodes, count: order - 1, decays: decays, barycentric: barycentric,
        exponentials: exponentials, rate: scaled,
        at: points
      ) { j, weight in aheadLower[j] = weight[3] }
      integralLower = step * lower.shapeIntegral
    }
    if judgesHigher {
      let higher = InterpolationWeights(
        nodes: nodes, count: order + 1, decays: decays, barycentric: barycentric,
        exponentials: exponentials, rate: scaled,
        at: points
      ) { j, weight in aheadHigher[j] = weight[3] }
      integralHigher = step * higher.shapeIntegral
    }
  }
}
