import Testing

@testable import Simulation

struct AnalysisFailureTests {
  @Test func saysWhatIsWorstWhenAndWhatToTry() {
    let failure = AnalysisFailure(
      analysis: "transient analysis", message: "the step became too small",
      equation: "node x1.out", residual: 0.25, times: [1, 2], advice: "a larger reltol")
    #expect(
      failure.description == """
        transient analysis: the step became too small; worst equation: node x1.out (residual \
        0.25); last accepted times: 1.0, 2.0 s; try: a larger reltol
        """)
  }
}
