import Numerics
import Schematic

/// Equations with two factors that random telegraph noise changes.
protocol TelegraphEquations: MemristiveEquations {
  var resistanceFactor: Double { get set }
  var growthFactor: Double { get set }
}

/// One noise of one instance: a factor that changes at exponentially distributed waiting times.
///
/// The waits are -ln(u) lambda td, as Xyce draws them; the draws are those of this instance alone,
/// so that a run can be repeated whatever other devices there are.
struct Telegraph {
  enum Target { case resistance, growth }

  /// In the bank's order.
  let k: Int
  let target: Target
  /// Seconds.
  private let meanWait: Double
  private let shortestWait: Double
  /// Half the distance of the two levels, or the largest deviation.
  private let deviation: Double
  private let first: RandomStream
  private var stream: RandomStream
  private var isHigh = false
  private(set) var factor = 1.0
  /// Of the next change, seconds.
  private(set) var next = 0.0

  init(
    k: Int, target: Target, meanWait: Double, shortestWait: Double, deviation: Double,
    stream: RandomStream
  ) {
    self.k = k
    self.target = target
    self.meanWait = meanWait
    self.shortestWait = shortestWait
    self.deviation = deviation
    first = stream
    self.stream = stream
    reset()
  }

  mutating func reset() {
    stream = first
    (isHigh, factor) = (false, 1)
    next = wait()
  }

  private mutating func wait() -> Double {
    max(shortestWait, -naturalLogarithm(stream.uniform()) * meanWait)
  }

  /// Makes the changes up to `time`; true where there were any.
  mutating func advance(to time: Double) -> Bool {
    guard time >= next else { return false }
    while time >= next {
      next += wait()
      switch target {
      case .resistance:
        isHigh.toggle()
        factor = isHigh ? 1 + deviation : 1 - deviation
      case .growth: factor = 1 - 2 * (stream.uniform() - 0.5) * deviation
      }
    }
    return true
  }

  /// None, or that of the resistance.
  static func ofResistance(
    _ values: DeviceValues, _ k: Int, _ input: BankInput, _ parameters: [Parameter]
  ) -> [Telegraph] {
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let wait = model("reslambda") * model("restd")
    guard model("resnoise") != 0, wait > 0 else { return [] }
    return [
      Telegraph(
        k: k, target: .resistance, meanWait: wait, shortestWait: model("reseptd"),
        deviation: 0.5 * model("resdelta") * model("resdeltagrad"),
        stream: stream(model("resseed"), values, input, purpose: 7))
    ]
  }

  /// None, or that of the state's slowing.
  static func ofGrowth(
    _ values: DeviceValues, _ k: Int, _ input: BankInput, _ parameters: [Parameter]
  ) -> [Telegraph] {
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let wait = model("xlambda") * model("restd")
    guard model("xnoise") != 0, wait > 0 else { return [] }
    return [
      Telegraph(
        k: k, target: .growth, meanWait: wait, shortestWait: model("xeptd"),
        deviation: model("xdelta"), stream: stream(model("xseed"), values, input, purpose: 8))
    ]
  }

  private static func stream(
    _ seed: Double, _ values: DeviceValues, _ input: BankInput, purpose: UInt64
  ) -> RandomStream {
    RandomStream(
      seed: seed == 0 ? input.seed : seed.bitPattern, instance: Int(values.index),
      purpose: RandomPurpose(rawValue: purpose))
  }
}

/// A bank whose instances may carry telegraph noise.
protocol TelegraphBank: LocalBank where Equations: TelegraphEquations {
  var telegraphs: [Telegraph] { get set }
}

extension TelegraphBank {
  func settle(_ evaluation: Evaluation) -> Bool {
    guard evaluation.moment.analysis == .transient else { return false }
    var changed = false
    for index in telegraphs.indices where telegraphs[index].advance(to: evaluation.moment.time) {
      impose(telegraphs[index])
      changed = true
    }
    return changed
  }

  func resetDiscreteState() {
    for index in telegraphs.indices {
      telegraphs[index].reset()
      impose(telegraphs[index])
    }
  }

  func nextBreakpoint(after time: Double) -> Double {
    telegraphs.reduce(.infinity) { $1.next > time ? min($0, $1.next) : $0 }
  }

  private func impose(_ telegraph: Telegraph) {
    switch telegraph.target {
    case .resistance: store.equations[telegraph.k].resistanceFactor = telegraph.factor
    case .growth: store.equations[telegraph.k].growthFactor = telegraph.factor
    }
  }
}
