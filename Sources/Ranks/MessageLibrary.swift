// MPI behind a lock: it is asked for calls of any one thread at a time. Its own error handler ends
// all ranks where a call fails, and so codes that calls return say nothing.

import CMPI
import Foundation
import Synchronization

final class MessageLibrary: Sendable {
  private let table: Mutex<oscine_mpi>

  /// Names the library where it is in no place that the system looks in.
  static let variable = "OSCINE_LIBMPI"

  /// Loads the library and joins the other ranks.
  ///
  /// - Throws: `RankFailure` where there is no Open MPI.
  init() throws(RankFailure) {
    var table = oscine_mpi()
    let path = ProcessInfo.processInfo.environment[Self.variable]
    if let missing = Self.load(&table, path) {
      throw RankFailure(
        "the MPI library cannot be loaded: \(missing)",
        help: "install Open MPI (libopenmpi3 in Debian), or name its libmpi by \(Self.variable)")
    }
    // ranks that wait for each other let others have the processor meanwhile, or on a busy machine
    // each would wait for the other's turn; whoever sets it otherwise is heeded
    setenv("OMPI_MCA_mpi_yield_when_idle", "1", 0)
    var provided: Int32 = 0
    _ = table.initialise(nil, nil, Int32(oscine_mpi_serialised), &provided)
    guard provided >= Int32(oscine_mpi_serialised) else {
      throw RankFailure("the MPI library was built for programs with one thread")
    }
    self.table = Mutex(table)
  }

  private static func load(_ table: inout oscine_mpi, _ path: String?) -> String? {
    guard let path else { return oscine_mpi_load(&table, nil).map { String(cString: $0) } }
    return path.withCString { oscine_mpi_load(&table, $0).map { String(cString: $0) } }
  }

  func call<Value>(_ body: (inout oscine_mpi) -> sending Value) -> sending Value {
    table.withLock(body)
  }
}
