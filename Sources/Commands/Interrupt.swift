// ^C asks the run to stop: the first sets a flag that experiments poll, so that what is done is
// kept; the second ends the process at once.

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether ^C was pressed.
enum Interrupt {
  private static let count = Atomic<Int>(0)

  /// True from the first ^C on; cheap enough to be asked every step.
  static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }

  /// Takes over SIGINT and SIGTERM, and lets a write to a closed pipe fail instead of killing.
  static func install() {
    // Touches the counter, so that the handler never runs its lazy initialisation.
    _ = count.load(ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        let earlier = Interrupt.count.wrappingAdd(1, ordering: .relaxed).oldValue
        if earlier > 0 { _exit(ExitStatus.interrupted.rawValue) }
      }
    }
    // Whoever started this process may have blocked them, and the mask is inherited.
    var wanted = sigset_t()
    sigemptyset(&wanted)
    sigaddset(&wanted, SIGINT)
    sigaddset(&wanted, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  /// - Throws: `Interrupted` where ^C was pressed.
  static func check() throws(Interrupted) {
    if isRequested { throw Interrupted() }
  }
}
