import Foundation
import Integration
import Testing

@Suite struct CVODEFailureTests {
  private struct Refusal: Error, Equatable { let time: Double }

  /// A value that is not finite, once, costs a smaller step and no accuracy.
  @Test(arguments: IntegrationMethod.allCases)
  func aPassingNaNIsSteppedAround(method: IntegrationMethod) throws {
    var calls = 0
    let system = FormulaSystem(
      1,
      formula: { _, y, f in
        calls += 1
        f[0] = calls == 20 ? .nan : -y[0]
      }, product: { _, _, v, f in f[0] = -v[0] })
    let solver = try CVODE(
      system, initial: [1], method: method,
      tolerances: Tolerances(relative: 1e-7, absolute: 1e-9))
    try solver.advance(to: 3)
    #expect(calls > 20)
    #expect(abs(solver.stateValues[0] - exp(-3)) < 1e-5)
  }

  /// y' = -sqrt(y) ends at t = 2, where the root of a negative number begins.
  @Test func aLastingNaNIsReportedWithItsTime() throws {
    let system = FormulaSystem(1, formula: { _, y, f in f[0] = -y[0].squareRoot() - 1e-3 })
    let solver = try CVODE(system, initial: [1])
    let failure = try #require(throws: IntegrationFailure.self) { try solver.advance(to: 5) }
    #expect(failure.time > 1.9 && failure.time < 2.01)
    #expect(failure.time == solver.time)
    #expect(failure.code.map { $0 < 0 } == true)
    #expect(failure.name.hasPrefix("CV_"))
    #expect(!failure.message.isEmpty && !failure.advice.isEmpty)
    #expect("\(failure)".contains(failure.name))
    #expect(abs(solver.stateValues[0]) < 0.01)
  }

  @Test func aNaNAtTheStartIsReported() throws {
    let system = FormulaSystem(2, formula: { _, _, f in (f[0], f[1]) = (0, .infinity) })
    let solver = try CVODE(system, initial: [1, 2], at: 3)
    let failure = try #require(throws: IntegrationFailure.self) { try solver.advance(to: 5) }
    #expect(failure.name == "CV_FIRST_RHSFUNC_ERR")
    #expect(failure.time == 3)
    #expect(throws: IntegrationFailure.self) { try CVODE(oscillator(), initial: [0, .nan]) }
  }

  /// What the system throws arrives unchanged, from the derivative and from the product.
  @Test func thrownErrorsArrive() throws {
    let system = FormulaSystem(
      1,
      formula: { time, y, f in
        if time > 0.5 { throw Refusal(time: 0.5) }
        f[0] = -y[0]
      })
    let solver = try CVODE(system, initial: [1])
    #expect(throws: Refusal(time: 0.5)) { try solver.advance(to: 2) }
    #expect(solver.time <= 0.5 && system.evaluations < 1000)
    #expect(abs(solver.stateValues[0] - exp(-solver.time)) < 1e-5)
    let stiff = FormulaSystem(
      1, formula: { _, y, f in f[0] = -y[0] }, product: { _, _, _, _ in throw Refusal(time: 0) })
    let other = try CVODE(stiff, initial: [1], method: .bdfKrylov)
    #expect(throws: Refusal(time: 0)) { try other.advance(to: 2) }
  }

  @Test func tooManyStepsAreRefused() throws {
    let solver = try CVODE(oscillator(), initial: [1, 0], stepsMaximum: 100)
    let failure = try #require(throws: IntegrationFailure.self) { try solver.advance(to: 1e6) }
    #expect(failure.code == -1 && failure.name == "CV_TOO_MUCH_WORK")
    #expect(failure.time > 0 && failure.time == solver.time)
    #expect(solver.statistics.steps == 100)
  }

  @Test func aStopThatCannotBeToldFromTheStart() throws {
    let solver = try CVODE(oscillator(), initial: [1, 0], at: 1)
    let failure = try #require(throws: IntegrationFailure.self) {
      try solver.advance(to: 1.0.nextUp)
    }
    #expect(failure.name == "CV_TOO_CLOSE")
  }

  @Test func refusedSettingsAreReported() throws {
    let failure = try #require(throws: IntegrationFailure.self) {
      try CVODE(oscillator(), initial: [1, 0], stepMaximum: -1)
    }
    #expect(failure.name == "CV_ILL_INPUT" && failure.message.contains("hmax"))
    let solver = try CVODE(oscillator(), initial: [1, 0], method: .bdfKrylov, orderMaximum: 99)
    try solver.advance(to: 1)
    #expect(solver.statistics.lastOrder <= IntegrationMethod.bdfKrylov.orderLimit)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = try CVODE(oscillator(), initial: [1, 0, 0])
    }
    await #expect(processExitsWith: .failure) {
      let solver = try CVODE(oscillator(), initial: [1, 0])
      try solver.advance(to: 1)
      var values = [0.0, 0.0]
      solver.interpolate(at: 100, into: &values)
    }
  }

  /// Nothing outlives a solver: neither its system nor its memory.
  @Test func nothingLeaks() throws {
    weak var watched: FormulaSystem?
    let before = residentBytes()
    for round in 0..<80 {
      let count = 50_000
      let system = FormulaSystem(
        count, formula: { _, y, f in for k in 0..<1 { f[k] = -y[k] } },
        product: { _, _, v, f in f[0] = -v[0] })
      watched = system
      let solver = try CVODE(
        system, initial: [Double](repeating: 1, count: count),
        method: round % 2 == 0 ? .adams : .bdfKrylov)
      if round % 4 < 2 { try solver.step() }
      #expect(throws: IntegrationFailure.self) {
        try CVODE(system, initial: [Double](repeating: .nan, count: count))
      }
    }
    #expect(watched == nil)
    // A solver holds more than ten states of 0.4 MB: leaked, they would be over 300 MB.
    #expect(residentBytes() - before < 100_000_000)
  }

  private func residentBytes() -> Int {
    let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? "0 0"
    return (Int(fields.split(separator: " ")[1]) ?? 0) * 4096
  }
}
