import CMPI

// What all ranks do together: each calls the same, in the same order. A run of one process has
// nothing to do.

extension Ranks {
  /// Replaces each number by its sum over the ranks, which is the same to the bit on all of them.
  public func sum(_ values: UnsafeMutablePointer<Double>, count: Int) {
    note(count)
    library?.call { mpi in
      _ = mpi.reduce(mpi.in_place, values, Int32(count), mpi.real, mpi.sum, mpi.world)
    }
  }

  /// The same for the largest.
  public func maximum(_ values: UnsafeMutablePointer<Double>, count: Int) {
    note(count)
    library?.call { mpi in
      _ = mpi.reduce(mpi.in_place, values, Int32(count), mpi.real, mpi.maximum, mpi.world)
    }
  }

  public func sum(_ value: Double) -> Double {
    if isAlone { return value }
    var value = value
    sum(&value, count: 1)
    return value
  }

  public func maximum(_ value: Double) -> Double {
    if isAlone { return value }
    var value = value
    maximum(&value, count: 1)
    return value
  }

  public func sums(_ values: [Double]) -> [Double] {
    if isAlone { return values }
    var values = values
    values.withUnsafeMutableBufferPointer { sum($0.baseAddress!, count: $0.count) }
    return values
  }

  /// Whether it is so on any rank.
  public func any(_ condition: Bool) -> Bool {
    isAlone ? condition : maximum(condition ? 1 : 0) > 0
  }

  /// How many sums and maxima there were, and how many numbers in them.
  public var traffic: (sums: Int, numbers: Int) {
    (sumCount.load(ordering: .relaxed), summedNumbers.load(ordering: .relaxed))
  }

  private func note(_ count: Int) {
    if isAlone { return }
    sumCount.add(1, ordering: .relaxed)
    summedNumbers.add(count, ordering: .relaxed)
  }

  /// Waits until all ranks are here.
  public func barrier() { library?.call { mpi in _ = mpi.barrier(mpi.world) } }

  /// The handle of all ranks, for libraries that call MPI themselves; nil for one process.
  public var communicator: UnsafeMutableRawPointer? {
    let address = library?.call { UInt(bitPattern: $0.world) } ?? 0
    return UnsafeMutableRawPointer(bitPattern: address)
  }
}
