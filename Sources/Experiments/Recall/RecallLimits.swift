// What one recall may take. A deck that asks for more gets a located fault before anything runs, in
// place of a machine without memory or a run that nobody lives to see.

import Networks
import Ranks
import Schematic

enum RecallLimits {
  /// Pixels of all stored images together; each takes 24 bytes.
  static let pixels = 1 << 25
  /// Bytes that the trials' records may take until they are written.
  static let recordBytes = 2.0 * 0x1p30
  /// Bytes of weights that a rule without factors trains.
  static let weightBytes = 2.0 * 0x1p30
  /// Time steps of one trial.
  static let steps = 1e8
  /// Shortest run, s: light crosses no device in it.
  static let stopTimeMinimum = 1e-15
  static let delayLevels = 1 << 16

  /// What ranks can share: networks without noise, of weights in factors.
  /// - Throws: "not-shared".
  static func check(
    _ cards: MemoryCards, fidelity: NetworkFidelity, sharedBy ranks: Ranks
  ) throws(Faults) {
    if ranks.isAlone { return }
    let rules = ["hebb", "pseudoinverse"]
    if fidelity == .circuit {
      throw Faults([notShared("memories at circuit fidelity", at: cards.synapse.origin)])
    }
    if cards.recall.thermal {
      throw Faults([notShared("trials with thermal noise", at: cards.recall.origin)])
    }
    guard let train = cards.train, rules.contains(train.rule) else {
      throw Faults([
        notShared(
          "full matrices of weights", at: cards.train?.ruleOrigin ?? cards.synapse.weightsOrigin)
      ])
    }
    if cards.patterns.width * cards.patterns.height < 8 * ranks.count {
      throw Faults([notShared("networks as small as this", at: cards.patterns.origin)])
    }
  }

  static func notShared(_ what: String, at origin: Origin) -> Fault {
    Fault(
      "not-shared", "ranks do not share \(what)", at: origin,
      help: "thermal=off, rule=pseudoinverse or hebb, ideal synapses; or run one process")
  }

  /// - Throws: "patterns-too-large".
  static func check(
    imageCount: Int, width: Int, height: Int, at origin: Origin
  ) throws(Fault) {
    let pixels = Double(imageCount) * Double(width) * Double(height)
    guard pixels <= Double(Self.pixels) else {
      throw Fault(
        "patterns-too-large",
        "\(imageCount) images of \(width) x \(height) pixels need \(size(24 * pixels)); the limit"
          + " is \(size(24 * Double(Self.pixels)))", at: origin, help: "fewer or smaller images")
    }
  }

  /// - Throws: "weights-too-large" where N x N weights take more memory than the limit.
  static func check(weightsOf oscillators: Int, at origin: Origin) throws(Fault) {
    let bytes = 16 * Double(oscillators) * Double(oscillators)
    guard bytes <= weightBytes else {
      throw Fault(
        "weights-too-large",
        "a full matrix of weights for \(oscillators) oscillators needs \(size(bytes)); the limit is"
          + " \(size(weightBytes))", at: origin,
        help: "smaller images; in a recall the rules hebb and pseudoinverse keep O(N P)")
    }
  }

  /// - Throws: "recall-too-large" where the trials' records take more memory than the limit.
  static func check(
    _ card: RecallCard, samples: Int, patterns: Int, network: NetworkPlan
  ) throws(Fault) {
    let trials = Double(patterns) * Double(card.trials)
    let numbers =
      Double(samples) * Double(1 + network.terms.count)
      + 2 * Double(network.block.total) + Double(patterns)
    let bytes = trials * (512 + 8 * numbers)
    guard bytes <= recordBytes else {
      throw Fault(
        "recall-too-large",
        "\(Int(trials)) trials with \(samples) samples each need \(size(bytes)); the limit is"
          + " \(size(recordBytes))", at: card.origin, help: "fewer trials=, or fewer samples=")
    }
  }

  /// - Throws: "run-too-long" where a trial takes more time steps than the limit, "bad-stop-time"
  ///   where the run is too short to be one, "rates-not-finite" where the equations' rates are no
  ///   numbers.
  static func check(_ card: RecallCard, samples: Int, network: NetworkPlan) throws(Fault) {
    guard card.stopTime >= stopTimeMinimum else {
      throw Fault(
        "bad-stop-time", "tstop must be at least \(stopTimeMinimum) s", at: card.stopTimeOrigin)
    }
    let rate = network.fastestRate
    guard rate.isFinite else {
      throw Fault(
        "rates-not-finite", "the network's fastest rate is \(rate) 1/s", at: card.origin,
        help: "look at feedback, detuning, temperature and the views' constants")
    }
    let fixed = card.thermal ? card.stepMaximum : nil
    let step = fixed ?? RecallBatch.stepPerRate / max(rate, 1e-300)
    let steps = max(card.stopTime / step, Double(samples))
    guard steps <= Self.steps else {
      throw Fault(
        "run-too-long",
        "a trial takes about \(short(steps)) steps of \(short(step)) s; the limit is"
          + " \(short(Self.steps))", at: card.stopTimeOrigin,
        help: "shorten tstop" + (fixed == nil ? "" : ", or lengthen step")
          + "; the fastest rate is \(short(rate)) 1/s")
    }
  }

  /// Two digits.
  private static func short(_ value: Double) -> String {
    guard value.isFinite, value > 0 else { return "\(value)" }
    var exponent = 0
    var mantissa = value
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    return "\((mantissa * 10).rounded() / 10)e\(exponent)"
  }

  private static func size(_ bytes: Double) -> String {
    let gigabytes = bytes / 0x1p30
    return gigabytes < 100 ? "\((gigabytes * 10).rounded() / 10) GiB" : "\(short(gigabytes)) GiB"
  }
}
