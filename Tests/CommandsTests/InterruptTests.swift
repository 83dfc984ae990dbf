import Foundation
import Testing

@testable import Commands

@Suite struct InterruptTests {
  /// Signals go to the process, as a terminal sends them: threads of the concurrency runtime block
  /// them, so they arrive a little later on another thread.
  @Test func theFirstIsAFlagTheSecondEnds() async {
    await #expect(processExitsWith: .exitCode(130)) {
      Interrupt.install()
      Interrupt.willBePolled()
      if Interrupt.isRequested { exit(2) }
      kill(getpid(), SIGINT)
      for _ in 0..<5000 where !Interrupt.isRequested { usleep(1000) }
      if !Interrupt.isRequested { exit(3) }
      kill(getpid(), SIGINT)
      usleep(5_000_000)
      exit(4)
    }
  }

  @Test func withoutARunTheFirstEnds() async {
    await #expect(processExitsWith: .exitCode(130)) {
      Interrupt.install()
      kill(getpid(), SIGINT)
      usleep(5_000_000)
      exit(2)
    }
  }
}
