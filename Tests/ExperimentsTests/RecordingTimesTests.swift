import Testing

@testable import Experiments

@Suite struct RecordingTimesTests {
  /// stop * n / n is not always stop: 5 us in 49 intervals comes out one bit late.
  @Test(arguments: [5e-6, 2e-6, 3e-6, 1.2e-6, 7e-6])
  func endAtTheStopTime(stop: Double) {
    for samples in 2...1000 {
      let times = RecallPlan.recordingTimes(until: stop, samples: samples)
      #expect(times.first == 0 && times.last == stop)
      #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
    }
  }
}
