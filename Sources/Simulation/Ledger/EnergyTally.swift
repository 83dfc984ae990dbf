/// Where the energy of one transient analysis went, instance by instance.
///
///     supplied = dissipated + stored + impulses + what does not balance
public struct EnergyTally: Sendable, Hashable {
  /// One instance; joules.
  public struct Row: Sendable, Hashable {
    /// Index into `Circuit.instances`.
    public var instance: Int32
    /// Delivered to the circuit; negative where a source was charged.
    public var supplied: Double
    /// Turned into heat.
    public var dissipated: Double
    /// Held at the end less held at the start.
    public var stored: Double

    public init(instance: Int32, supplied: Double, dissipated: Double, stored: Double) {
      self.instance = instance
      self.supplied = supplied
      self.dissipated = dissipated
      self.stored = stored
    }
  }

  /// One an instance, in the circuit's order.
  public var rows: [Row]
  /// Lost in no time at jumps, where sources and capacitors are joined without resistance: half of
  /// what a stepped source sends into a capacitor.
  public var impulses: Double
  /// What sources gave in all, not counting what they took back at other times.
  public var delivered: Double
  /// Held by all instances at the start.
  public var initiallyStored: Double

  public init(
    rows: [Row], impulses: Double = 0, delivered: Double = 0, initiallyStored: Double = 0
  ) {
    self.rows = rows
    self.impulses = impulses
    self.delivered = delivered
    self.initiallyStored = initiallyStored
  }
}
