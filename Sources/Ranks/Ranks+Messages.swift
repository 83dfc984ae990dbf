import CMPI

extension Ranks {
  /// Bytes that another rank has sent.
  public struct Message: Sendable {
    public var from: Int
    public var bytes: [UInt8]
  }

  /// Sends bytes to another rank, which must receive them sooner or later; long ones wait for that.
  /// - Precondition: fewer than 2^31 bytes.
  public func send(_ bytes: [UInt8], to rank: Int) {
    library?.call { mpi in
      bytes.withUnsafeBytes { bytes in
        _ = mpi.send(bytes.baseAddress, Int32(bytes.count), mpi.byte, Int32(rank), 0, mpi.world)
      }
    }
  }

  /// The next message that has come, from whichever rank; nil, at once, where there is none.
  public func poll() -> Message? {
    library?.call { mpi -> Message? in
      var found: Int32 = 0
      var status = oscine_mpi_status()
      _ = mpi.probe(Int32(oscine_mpi_any_source), 0, mpi.world, &found, &status)
      if found == 0 { return nil }
      var count: Int32 = 0
      _ = mpi.count(&status, mpi.byte, &count)
      let from = status.source
      let bytes = [UInt8](unsafeUninitializedCapacity: Int(count)) { bytes, filled in
        _ = mpi.receive(bytes.baseAddress, count, mpi.byte, from, 0, mpi.world, &status)
        filled = Int(count)
      }
      return Message(from: Int(from), bytes: bytes)
    }
  }
}
