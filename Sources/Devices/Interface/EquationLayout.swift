/// Which unknowns there are, and which entries the matrices have: filled by the banks, read by the
/// simulator.
///
/// Unknown 0 is ground. The others up to `nodeCount` are node voltages, with the index of
/// `Circuit.nodeNames`; those that devices add follow. Each unknown has the equation (row) of the
/// same index.
public final class EquationLayout {
  public struct Unknown: Sendable {
    public enum Kind: Sendable {
      /// Volts.
      case voltage
      /// Amperes through a device that defines a voltage: it jumps with its circuit, and is not in
      /// the local error test.
      case current
      /// Amperes through an inductor: a state, in the error test.
      case inductorCurrent
      /// A state of the device's own; what counts as small, in its own unit.
      case state(scale: Double)
      /// A quantity defined by the others; not in the error test.
      case auxiliary(scale: Double)
    }

    public var kind: Kind
    /// Index into `Circuit.instances`; -1 for a node.
    public var instance: Int32
    /// What it is of its instance: "current", "x"; empty for a node.
    public var label: StaticString
  }

  /// A linear form of unknowns, some time ago: the equation of `unknown` is
  /// unknown - sum coefficient x(t - delay) = 0.
  public struct DelayedSignal: Sendable {
    public var terms: [Term]
    /// Seconds.
    public var delay: Double
    public var unknown: Int32
    /// Value until `delay` has passed; nil takes the signal's value at the start.
    public var initial: Double?
    /// Whether corners of the signal are met exactly at the output.
    public var propagatesCorners = true
    public var interpolatesLinearly = false

    public struct Term: Sendable, Hashable {
      public var unknown: Int32
      public var coefficient: Double
      public init(unknown: Int32, coefficient: Double) {
        self.unknown = unknown
        self.coefficient = coefficient
      }
    }
  }

  public let nodeCount: Int
  public private(set) var unknowns: [Unknown]
  public private(set) var delayedSignals: [DelayedSignal] = []
  /// The entries declared so far, in order; with repetitions.
  public private(set) var rows: [Int32] = []
  public private(set) var columns: [Int32] = []
  /// By unknown: whether its row has a charge.
  public private(set) var hasCharge: [Bool]
  /// The branch currents that others may refer to, by the instance's name.
  private var branches: [String: Int32] = [:]
  /// The inductances that K couples, by the instance's name: unknown and henries.
  private var inductors: [String: (unknown: Int32, inductance: Double)] = [:]

  public init(nodeCount: Int) {
    self.nodeCount = nodeCount
    unknowns = Array(
      repeating: Unknown(kind: .voltage, instance: -1, label: ""), count: nodeCount)
    hasCharge = Array(repeating: false, count: nodeCount)
  }

  public func add(_ kind: Unknown.Kind, instance: Int32, _ label: StaticString) -> Int32 {
    unknowns.append(Unknown(kind: kind, instance: instance, label: label))
    hasCharge.append(false)
    return Int32(unknowns.count - 1)
  }

  /// An unknown that repeats a linear form of unknowns after a delay; its equation is the
  /// simulator's affair.
  public func delay(
    _ terms: [DelayedSignal.Term], by delay: Double, instance: Int32, initial: Double? = nil,
    propagatesCorners: Bool = true, interpolatesLinearly: Bool = false
  ) -> Int32 {
    let unknown = add(.auxiliary(scale: 1e-6), instance: instance, "delayed")
    delayedSignals.append(
      DelayedSignal(
        terms: terms, delay: delay, unknown: unknown, initial: initial,
        propagatesCorners: propagatesCorners, interpolatesLinearly: interpolatesLinearly))
    return unknown
  }

  /// The number of entries declared: where the next bank's begin.
  public var entryCount: Int { rows.count }

  public func declare(row: Int32, column: Int32) {
    rows.append(row)
    columns.append(column)
  }

  public func declareCharge(row: Int32) { hasCharge[Int(row)] = true }

  public func register(branch unknown: Int32, of name: String) { branches[name] = unknown }

  public func branch(of name: String) -> Int32? { branches[name] }

  public func register(inductor name: String, branch unknown: Int32, inductance: Double) {
    inductors[name] = (unknown, inductance)
    branches[name] = unknown
  }

  public func inductor(_ name: String) -> (unknown: Int32, inductance: Double)? {
    inductors[name]
  }
}
