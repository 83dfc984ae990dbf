import Schematic

/// Collects the faults of one deck, each place and kind once.
final class FaultCollector {
  /// After so many errors reading stops: the rest would follow from the first ones.
  static let limit = 500

  private(set) var faults: [Fault] = []
  private var seen: Set<Key> = []
  private(set) var errorCount = 0

  private struct Key: Hashable {
    var identifier: String
    var origin: Origin
  }

  var isFull: Bool { errorCount >= FaultCollector.limit }

  func report(_ fault: Fault) {
    guard !isFull, seen.insert(Key(identifier: fault.identifier, origin: fault.origin)).inserted
    else { return }
    faults.append(fault)
    guard fault.severity == .error else { return }
    errorCount += 1
    if isFull {
      faults.append(
        Fault("too-many-faults", "more than \(FaultCollector.limit) errors: the rest is not shown"))
    }
  }
}
