import Numerics

/// Values and rates within the last step of `DormandPrince`, order 7. Three more slopes make the
/// polynomial of a step that is asked; algebraic unknowns are solved for at each time.
final class ContinuousOutput {
  private let equations: StateEquations
  private let coefficients: Numbers
  private let y: Numbers
  private let z: Numbers
  private let yRates: Numbers
  private let zRates: Numbers
  private let width: Int
  private var isMade = false
  /// Where it stands; nil before the first question about a step.
  private var time: Double?
  private var hasRates = false

  private static let order = 7

  init(_ equations: StateEquations) {
    self.equations = equations
    width = equations.stateWidth
    coefficients = alignedZeros(Self.order * width)
    y = alignedZeros(width)
    yRates = alignedZeros(width)
    z = alignedZeros(equations.algebraicWidth)
    zRates = alignedZeros(equations.algebraicWidth)
  }

  deinit {
    for memory in [coefficients, y, yRates, z, zRates] { memory.deallocate() }
  }

  /// The step is another one.
  func forget() { (isMade, time) = (false, nil) }

  /// Solves the equations at a time of the step.
  func move(to time: Double, in solver: DormandPrince) {
    if self.time == time { return }
    self.time = time
    hasRates = false
    // what a system throws it has thrown in the step already, at times as near
    try? solve(time, solver)
  }

  func values(into result: Numbers) { equations.join(y, z, into: result) }

  func rates(into result: Numbers, _ solver: DormandPrince) {
    if !hasRates, let time {
      let beside = solver.probingStep
      let isEarly = time - solver.stepStart <= 0.5 * solver.length
      try? equations.algebraicRates(
        at: time, y, z, yRates, other: isEarly ? time + beside : time - beside, into: zRates)
      hasRates = true
    }
    equations.join(yRates, zRates, into: result)
  }

  private func solve(_ time: Double, _ solver: DormandPrince) throws {
    let other = equations.algebraicWidth
    let atEnd = time == solver.time
    if atEnd || time == solver.stepStart {
      let place = atEnd && solver.hasStepped ? DormandPrinceTableau.last : 0
      y.update(from: solver.stageStates + place * width, count: width)
      z.update(from: solver.stageAlgebraics + place * other, count: other)
      yRates.update(from: solver.slopes + place * width, count: width)
      if solver.length > 0 { return }
    } else {
      if !isMade { try make(solver) }
      isMade = true
      let part = (time - solver.stepStart) / solver.length
      evaluate(part, from: solver.stageStates)
      let near = part < 0.5 ? 0 : DormandPrinceTableau.last
      equations.guess(
        y, nearY: solver.stageStates + near * width,
        nearZ: solver.stageAlgebraics + near * other, into: z)
    }
    _ = try equations.rates(
      at: time, y, z, into: yRates, step: solver.length, isResult: true)
  }

  /// y at a part of the step.
  private func evaluate(_ part: Double, from start: Numbers) {
    for k in 0..<equations.stateCount {
      var sum = 0.0
      for power in stride(from: Self.order - 1, through: 0, by: -1) {
        let factor = power.isMultiple(of: 2) ? part : 1 - part
        sum = (sum + coefficients[power * width + k]) * factor
      }
      y[k] = start[k] + sum
    }
  }

  private func make(_ solver: DormandPrince) throws {
    typealias Table = DormandPrinceTableau
    let (h, slopes, states) = (solver.length, solver.slopes, solver.stageStates)
    let (tableau, other) = (solver.tableau, equations.algebraicWidth)
    for slope in (Table.last + 1)..<Table.slopeCount {
      let near = tableau.near[slope]
      let (at, atOther) = (states + slope * width, solver.stageAlgebraics + slope * other)
      tableau.combine(slope, h, from: states, slopes, width, into: at)
      equations.guess(
        at, nearY: states + near * width, nearZ: solver.stageAlgebraics + near * other,
        into: atOther)
      _ = try equations.rates(
        at: solver.stepStart + tableau.nodes[slope] * h, at, atOther,
        into: slopes + slope * width, step: h, isResult: false)
    }
    let end = Table.last * width
    for k in 0..<equations.stateCount {
      let change = states[end + k] - states[k]
      let (first, last) = (h * slopes[k], h * slopes[end + k])
      coefficients[k] = change
      coefficients[width + k] = first - change
      coefficients[2 * width + k] = 2 * change - (first + last)
      for (row, weights) in Table.output.enumerated() {
        var sum = 0.0
        for slope in 0..<Table.slopeCount {
          sum = multiplyAdd(weights[slope], slopes[slope * width + k], sum)
        }
        coefficients[(3 + row) * width + k] = h * sum
      }
    }
  }
}
