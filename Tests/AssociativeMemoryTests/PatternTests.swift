import AssociativeMemory
import Numerics
import Testing

@Suite struct PatternTests {
  @Test func encodingRoundTrip() {
    for grey in stride(from: 0.0, through: 1, by: 0.125) {
      #expect(
        abs(PhaseEncoding.half.grey(phase: PhaseEncoding.half.phase(grey: grey)) - grey) < 1e-15)
      if grey < 1 {
        let phase = PhaseEncoding.full.phase(grey: grey) - 4 * Double.pi
        #expect(abs(PhaseEncoding.full.grey(phase: phase) - grey) < 1e-15)
      }
    }
    #expect(PhaseEncoding.half.grey(phase: -0.1) == 0)
    #expect(PhaseEncoding.half.grey(phase: Double.pi + 0.1) == 1)
    #expect(PhaseEncoding.half.grey(phase: 2 * Double.pi - 0.1) == 0)
  }

  @Test func faultyPatternsAreRefused() {
    #expect(throws: PatternFailure.noPatterns) {
      try PatternSet(names: [], width: 2, height: 2, encoding: .half, phases: [])
    }
    #expect(throws: PatternFailure.noPixels(width: 0, height: 2)) {
      try PatternSet(names: ["a"], width: 0, height: 2, encoding: .half, phases: [[]])
    }
    #expect(throws: PatternFailure.wrongCount(name: "a", found: 3, expected: 4)) {
      try PatternSet(names: ["a"], width: 2, height: 2, encoding: .half, phases: [[1, 2, 3]])
    }
    #expect(throws: PatternFailure.notFinite(name: "a", pixel: 1)) {
      try PatternSet(names: ["a"], width: 2, height: 1, encoding: .half, phases: [[1, .nan]])
    }
  }

  @Test func randomPatternsDoNotDependOnTheirNumber() throws {
    let few = try PatternSet.random(count: 2, width: 5, height: 4, encoding: .half, seed: 3)
    let many = try PatternSet.random(count: 6, width: 5, height: 4, encoding: .half, seed: 3)
    #expect(many.phases.prefix(2) == few.phases[...])
    #expect(many.phases.joined().allSatisfy { $0 > 0 && $0 < Double.pi })
    #expect(many.phases[0] != many.phases[1])
  }
}

@Suite struct CorruptionTests {
  let set: PatternSet

  init() throws {
    set = try PatternSet.random(count: 3, width: 16, height: 12, encoding: .half, seed: 5)
  }

  @Test func exactlySoManyPixelsChange() {
    for trial in 0..<5 {
      let probe = Corruption.randomise(fraction: 0.25).probe(of: 1, in: set, trial: trial, seed: 8)
      #expect(zip(probe, set.phases[1]).filter { $0 != $1 }.count == 48)
      #expect(probe.allSatisfy { $0 >= 0 && $0 <= Double.pi })
    }
    #expect(
      Corruption.randomise(fraction: 0).probe(of: 0, in: set, trial: 0, seed: 8)
        == set.phases[0])
  }

  @Test func probesDependOnSeedTrialAndPatternAlone() {
    let all: [Corruption] = [
      .randomise(fraction: 0.3), .gaussian(deviation: 0.2), .occlude(fraction: 0.3),
    ]
    for corruption in all {
      let one = corruption.probe(of: 0, in: set, trial: 3, seed: 1)
      #expect(one == corruption.probe(of: 0, in: set, trial: 3, seed: 1))
      #expect(one != corruption.probe(of: 0, in: set, trial: 4, seed: 1))
      #expect(one != corruption.probe(of: 0, in: set, trial: 3, seed: 2))
    }
  }

  /// Every pixel is as likely as the others to be chosen.
  @Test func choiceIsUniform() {
    var hits = [Int](repeating: 0, count: set.pixelCount)
    let trials = 2000
    for trial in 0..<trials {
      let probe = Corruption.randomise(fraction: 0.25).probe(of: 0, in: set, trial: trial, seed: 2)
      for pixel in hits.indices where probe[pixel] != set.phases[0][pixel] { hits[pixel] += 1 }
    }
    let expected = 0.25 * Double(trials)
    let chi = hits.reduce(0.0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / (expected * 0.75)
    }
    // About N with standard deviation sqrt(2 N).
    #expect(abs(chi - 192) < 4 * (2 * 192.0).squareRoot())
  }

  @Test func noiseHasItsDeviation() throws {
    let middle = try PatternSet(
      names: ["grey"], width: 100, height: 100, encoding: .half,
      phases: [[Double](repeating: Double.pi / 2, count: 10_000)])
    let probe = Corruption.gaussian(deviation: 0.1).probe(of: 0, in: middle, trial: 0, seed: 1)
    let squares = probe.reduce(0) { $0 + ($1 - Double.pi / 2) * ($1 - Double.pi / 2) } / 10_000
    #expect(abs(squares.squareRoot() / Double.pi - 0.1) < 0.003)
    let loud = Corruption.gaussian(deviation: 2).probe(of: 0, in: middle, trial: 0, seed: 1)
    #expect(loud.allSatisfy { $0 >= 0 && $0 <= Double.pi })
    #expect(loud.contains(0) && loud.contains(Double.pi))
  }

  @Test func occlusionIsARectangleOfMidRange() {
    for trial in 0..<20 {
      let probe = Corruption.occlude(fraction: 0.3).probe(of: 2, in: set, trial: trial, seed: 4)
      let places = probe.indices.filter { probe[$0] == Double.pi / 2 }
      let rows = Set(places.map { $0 / 16 })
      let columns = Set(places.map { $0 % 16 })
      #expect(rows.count * columns.count == places.count)
      #expect(rows.count == rows.max()! - rows.min()! + 1)
      #expect(abs(Double(places.count) - 0.3 * 192) <= 4)
    }
    let whole = Corruption.occlude(fraction: 1).probe(of: 2, in: set, trial: 0, seed: 4)
    #expect(whole.allSatisfy { $0 == Double.pi / 2 })
  }

  @Test func numbersOutOfRangeAreRefused() {
    #expect(throws: PatternFailure.fractionOutOfRange(1.5)) {
      try Corruption.randomise(fraction: 1.5).check(for: set)
    }
    #expect(throws: PatternFailure.self) {
      try Corruption.gaussian(deviation: .nan).check(for: set)
    }
    #expect(throws: PatternFailure.wrongNumberOfProbes(found: 1, expected: 3)) {
      try Corruption.given([set.phases[0]]).check(for: set)
    }
    #expect(throws: Never.self) { try Corruption.given(set.phases).check(for: set) }
  }
}
