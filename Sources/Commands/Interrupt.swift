// ^C asks the run to stop: the first sets a flag that experiments poll, so that what is done is
// kept; the second, or the first while nothing polls, ends the process at once.

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
  private static let polled = Atomic<Bool>(false)

  /// From here on a run polls `isRequested`, and the first ^C leaves the end to it.
  static func willBePolled() { polled.store(true, ordering: .relaxed) }

  /// True from the first ^C on; cheap enough to be asked every step.
  static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }

  /// Takes over SIGINT and SIGTERM, and lets a write to a closed pipe fail instead of killing.
  static func install() {
    // Touches both, so that the handler never runs their lazy initialisation.
    _ = count.load(ordering: .relaxed)
    _ = polled.load(ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        let earlier = Interrupt.count.wrappingAdd(1, ordering: .relaxed).oldValue
        if earlier > 0 || !Interrupt.polled.load(ordering: .relaxed) {
          _exit(ExitStatus.interrupted.rawValue)
        }
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
}
