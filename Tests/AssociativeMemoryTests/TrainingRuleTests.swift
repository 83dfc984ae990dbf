import AssociativeMemory
import Foundation
import Numerics
import TestSupport
import Testing

private func distance(_ a: ComplexMatrix, _ b: ComplexMatrix) -> Double {
  zip(a.elements, b.elements).map { ($0 - $1).modulus }.max() ?? 0
}

private func patterns(
  _ count: Int, width: Int = 8, height: Int = 6, encoding: PhaseEncoding = .full,
  seed: UInt64 = 1
) throws -> PatternSet {
  try PatternSet.random(
    count: count, width: width, height: height, encoding: encoding, seed: seed)
}

@Suite struct PseudoinverseRuleTests {
  @Test func projectorIdentities() throws {
    for encoding in PhaseEncoding.allCases {
      let set = try patterns(7, encoding: encoding)
      let weights = try PseudoinverseRule().train(set)
      guard case .lowRank(let factors) = weights else {
        Issue.record("the projector is of low rank")
        return
      }
      #expect(factors.rank == 7)
      let w = weights.expanded
      #expect(distance(multiply(w, w), w) < 1e-13)
      #expect(distance(w.adjoint, w) < 1e-15)
      #expect(distance(multiply(w, set.phasors), set.phasors) < 1e-13)
      let trace = (0..<w.rows).reduce(Complex.zero) { $0 + w[$1, $1] }
      #expect((trace - Complex(7)).modulus < 1e-12)
    }
  }

  /// Linear stability of a stored image: eigenvalues of A in [0, 1], exactly one equal to 1.
  @Test func stabilityMatrix() throws {
    let set = try patterns(6, encoding: .half, seed: 4)
    let w = try PseudoinverseRule().train(set).expanded
    let x = set.phasors
    for pattern in 0..<set.count {
      var a = RealMatrix(rows: w.rows, columns: w.rows)
      for j in 0..<w.rows {
        for i in 0..<w.rows {
          a[i, j] = (x[i, pattern].conjugate * w[i, j] * x[j, pattern]).real
        }
      }
      let values = try SymmetricEigen(a).values
      #expect(values[0] > -1e-12)
      #expect(abs(values[values.count - 1] - 1) < 1e-12)
      #expect(values[values.count - 2] < 1 - 1e-3)
    }
  }

  @Test func independentReferenceWeights() throws {
    struct Reference: Decodable {
      let patterns: [[Double]]
      let weightsReal: [[Double]]
      let weightsImag: [[Double]]
    }
    let data = try Data(contentsOf: Repository.file("Tests/Reference/phase-network.json"))
    let reference = try JSONDecoder().decode(Reference.self, from: data)
    let set = try PatternSet(
      names: ["a", "b", "c"], width: 4, height: 4, encoding: .full, phases: reference.patterns)
    let w = try PseudoinverseRule().train(set).expanded
    for i in 0..<16 {
      for j in 0..<16 {
        #expect(abs(w[i, j].real - reference.weightsReal[i][j]) < 1e-10)
        #expect(abs(w[i, j].imaginary - reference.weightsImag[i][j]) < 1e-10)
      }
    }
  }

  @Test func copiesAreNamed() throws {
    let set = try patterns(3)
    let turned = set.phases[1].map { $0 + 0.7 }
    let four = try PatternSet(
      names: ["cat", "dog", "cup", "hound"], width: 8, height: 6, encoding: .full,
      phases: set.phases + [turned])
    let failure = #expect(throws: TrainingFailure.self) { try PseudoinverseRule().train(four) }
    guard case .dependent(let list)? = failure else {
      Issue.record("a copy cannot be stored")
      return
    }
    #expect(list.count == 1)
    #expect(list[0].name == "hound" && list[0].isCopy)
    #expect(list[0].parts[0].name == "dog")
    #expect((list[0].parts[0].coefficient - Complex(modulus: 1, argument: 0.7)).modulus < 1e-9)
    #expect(
      TrainingFailure.dependent(list).description
        == "the images are linearly dependent: 'hound' equals 'dog' up to a global phase")
  }

  @Test func combinationsAreNamed() throws {
    // Three phasors at 120 degrees: 1 + e^{i pi/3 * 2} = e^{i pi/3}, pixel by pixel.
    let base = try patterns(1).phases[0]
    let other = try patterns(1, seed: 9).phases[0]
    let third = 2 * Double.pi / 3
    var stream = RandomStream(seed: 2, purpose: .parameter)
    // Each pixel of the second is a third of a turn from the first's, one way or the other.
    let second = base.map { $0 + (stream.uniform() < 0.5 ? third : -third) }
    let sum = zip(base, second).map { 0.5 * ($0 + $1) }
    let set = try PatternSet(
      names: ["a", "b", "odd", "sum"], width: 8, height: 6, encoding: .full,
      phases: [base, second, other, sum])
    let failure = #expect(throws: TrainingFailure.self) { try PseudoinverseRule().train(set) }
    guard case .dependent(let list)? = failure else {
      Issue.record("a sum cannot be stored")
      return
    }
    #expect(list.count == 1)
    let names = Set(list[0].parts.map(\.name) + [list[0].name])
    #expect(names == ["a", "b", "sum"])
  }

  @Test func morePatternsThanPixels() throws {
    let set = try patterns(5, width: 2, height: 2)
    #expect(throws: TrainingFailure.self) { try PseudoinverseRule().train(set) }
  }

  @Test func diagonalCanBeRemoved() throws {
    let w = try PseudoinverseRule(keepsDiagonal: false).train(patterns(3)).expanded
    #expect((0..<w.rows).allSatisfy { w[$0, $0] == .zero })
  }
}

@Suite struct OtherRuleTests {
  @Test func everyRuleIsFoundByName() {
    #expect(
      TrainingRules.all.map(\.name) == ["pseudoinverse", "hebb", "storkey", "iterative"])
    #expect(TrainingRules.rule(named: "hebb")?.name == "hebb")
    #expect(TrainingRules.rule(named: "heb") == nil)
  }

  /// Crosstalk of a pixel's field: P - 1 sums of N - 1 random phasors over N, and (P - 1)/N from
  /// the pixel itself. Each pair of images gives one draw of the sums' size, whose spread is its
  /// mean: 40 sets of 36 pairs tell the mean square to 2.6 %.
  @Test func hebbCrosstalk() throws {
    let (n, others) = (400.0, 8.0)
    var square = 0.0
    for seed in 0..<40 as Range<UInt64> {
      let set = try patterns(9, width: 20, height: 20, seed: seed)
      let fields = try HebbRule().train(set).product(with: set.phasors)
      for k in fields.elements.indices {
        let aligned = set.phasors.elements[k].conjugate * fields.elements[k]
        square += (aligned - Complex(1)).squaredModulus / (40 * n * 9)
      }
    }
    let expected = others * (n - 1) / (n * n) + (others / n) * (others / n)
    #expect(abs(square - expected) < 0.1 * expected)
  }

  /// Storkey's rule written as its definition, with all its sums.
  @Test func storkeyAgainstTheDefinition() throws {
    let set = try patterns(4, width: 4, height: 3)
    let n = set.pixelCount
    let x = set.phasors
    var slow = ComplexMatrix(rows: n, columns: n)
    for pattern in 0..<set.count {
      let old = slow
      func field(_ i: Int, _ j: Int) -> Complex {
        var sum = Complex.zero
        for k in 0..<n where k != i && k != j { sum += old[i, k] * x[k, pattern] }
        return sum
      }
      for i in 0..<n {
        for j in 0..<n {
          let (a, b) = (x[i, pattern], x[j, pattern].conjugate)
          slow[i, j] +=
            (a * b - a * field(j, i).conjugate - field(i, j) * b) / Double(n)
        }
      }
    }
    let fast = try StorkeyRule().train(set).expanded
    #expect(distance(fast, slow) < 1e-14)
    #expect(distance(fast, fast.adjoint) < 1e-14)
  }

  /// One image is stored alike by Storkey's and Hebb's rules.
  @Test func storkeyOfOneImageIsHebb() throws {
    let set = try patterns(1)
    let storkey = try StorkeyRule().train(set).expanded
    #expect(distance(storkey, try HebbRule().train(set).expanded) < 1e-15)
  }

  @Test func iterativeTendsToTheProjector() throws {
    let set = try patterns(4, seed: 6)
    let rule = IterativeRule(phaseTolerance: 1e-7, margin: 1 - 1e-7)
    let w = try rule.train(set).expanded
    #expect(distance(w, try PseudoinverseRule().train(set).expanded) < 1e-6)
  }

  @Test func iterativeMeetsItsMarginsOnLevels() throws {
    let set = try patterns(5, seed: 7)
    let levels = 8
    let rule = IterativeRule(levels: levels, phaseTolerance: 0.02)
    let w = try rule.train(set).expanded
    for weight in w.elements where weight.modulus > 0 {
      let place = weight.argument * Double(levels) / (2 * Double.pi)
      #expect(abs(place - place.rounded()) < 1e-9)
    }
    let fields = multiply(w, set.phasors)
    for k in fields.elements.indices {
      let aligned = set.phasors.elements[k].conjugate * fields.elements[k]
      #expect(abs(aligned.argument) <= 0.02)
      #expect(aligned.real >= rule.margin)
    }
    // Rounding the projector's phases instead misses the tolerance by far.
    var rounded = try PseudoinverseRule().train(set).expanded
    for k in rounded.elements.indices {
      let weight = rounded.elements[k]
      let place = (weight.argument * Double(levels) / (2 * Double.pi)).rounded()
      rounded.elements[k] = Complex(
        modulus: weight.modulus, argument: 2 * Double.pi * place / Double(levels))
    }
    let plain = multiply(rounded, set.phasors)
    let worst = plain.elements.indices.map {
      abs((set.phasors.elements[$0].conjugate * plain.elements[$0]).argument)
    }.max()
    #expect((worst ?? 0) > 5 * 0.02)
  }

  /// Images with most of their phase in common, as photographs have on the half circle.
  @Test func iterativeStoresCorrelatedImages() throws {
    let common = try patterns(1, width: 10, height: 8, encoding: .half).phases[0]
    let own = try patterns(8, width: 10, height: 8, encoding: .half, seed: 3).phases
    let set = try PatternSet(
      names: (1...8).map { "image \($0)" }, width: 10, height: 8, encoding: .half,
      phases: own.map { zip($0, common).map { 0.6 * $0 + 0.4 * $1 } })
    let w = try IterativeRule(levels: 64).train(set)
    let probe = Corruption.randomise(fraction: 0.25).probe(of: 4, in: set, trial: 0, seed: 1)
    let outcome = IdealRecall(tolerance: 1e-6).run(w, from: probe)
    let error = RecallError.of(phases: outcome.phases, target: set.phases[4], encoding: .half)
    #expect(error.value < 0.02)
  }

  @Test func iterativeTellsTheWorstPixel() throws {
    // Two images that differ in one pixel cannot both have large margins there in ten sweeps.
    let set = try patterns(1)
    var twin = set.phases[0]
    twin[5] += 1
    let two = try PatternSet(
      names: ["a", "b"], width: 8, height: 6, encoding: .full, phases: [set.phases[0], twin])
    let failure = #expect(throws: TrainingFailure.self) {
      try IterativeRule(sweepsMaximum: 10).train(two)
    }
    guard case .notConverged(let rule, let sweeps, _, let pixel, let error, _)? = failure else {
      Issue.record("ten sweeps cannot separate the twins")
      return
    }
    #expect(rule == "iterative" && sweeps == 10 && pixel == 5 && error > 0.01)
  }
}
