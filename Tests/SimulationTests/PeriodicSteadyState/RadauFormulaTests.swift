import Numerics
import Testing

@testable import Simulation

@Suite struct RadauFormulaTests {
  @Test func integratesDegreeFour() {
    for degree in 0...4 {
      let sum = (0..<3).reduce(0.0) { sum, stage in
        let place = RadauFormula.places[stage + 1]
        return sum + RadauFormula.weights[stage] * (0..<degree).reduce(1) { p, _ in p * place }
      }
      #expect(abs(sum - 1 / Double(degree + 1)) < 1e-15)
    }
  }

  @Test func differentiatesCubics() {
    for (stage, slopes) in RadauFormula.derivative.enumerated() {
      let place = RadauFormula.places[stage + 1]
      let cubes = RadauFormula.places.map { $0 * $0 * $0 - 2 * $0 + 5 }
      let found = zip(slopes, cubes).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(found - (3 * place * place - 2)) < 1e-12)
    }
  }

  /// The period's error falls with the fifth power of the intervals' length.
  @Test func orderOfThePeriod() throws {
    let periodic = try PeriodicCase(VanDerPolTests.circuit(1) + "\n.pss v(n)")
    let exact = 6.6632868593231301896996820305
    let solution = try periodic.solve()
    func error(_ count: Int) throws -> Double {
      let orbit = solution.orbit.onMesh(CollocationMesh.uniform(count))
      let system = CollocationEquations(
        periodic.deck.equations, orbit, startTime: 0, isDriven: false)
      let newton = try PeriodicNewton(
        system, scales: [Double](repeating: 2, count: orbit.unknownCount))
      try newton.solve()
      return abs(newton.system.orbit.period - exact)
    }
    let (coarse, fine) = (try error(40), try error(80))
    let order = naturalLogarithm(coarse / fine) / naturalLogarithm(2)
    #expect(order > 4.5 && order < 6.5, "order \(order), errors \(coarse) and \(fine)")
  }
}
