import Numerics

/// The tableau as the inner loops read it.
final class CompiledTableau {
  typealias Weights = UnsafeMutablePointer<Double>

  let nodes: Weights
  let errorOfOrder5: Weights
  let errorOfOrder3: Weights
  /// By slope, the earlier one that is nearest in time.
  let near: UnsafeMutablePointer<Int>

  /// Weights that are not zero, with the slope they belong to; `starts` marks each row's.
  private let weights: Weights
  private let sources: UnsafeMutablePointer<Int>
  private let starts: UnsafeMutablePointer<Int>

  init() {
    typealias Table = DormandPrinceTableau
    func numbers(_ values: [Double]) -> Weights {
      let made = alignedZeros(values.count)
      made.update(from: values, count: values.count)
      return made
    }
    func indices(_ values: [Int]) -> UnsafeMutablePointer<Int> {
      let made = UnsafeMutablePointer<Int>.allocate(capacity: values.count)
      made.initialize(from: values, count: values.count)
      return made
    }
    nodes = numbers(Table.nodes)
    errorOfOrder5 = numbers(Table.errorOfOrder5)
    errorOfOrder3 = numbers(Table.errorOfOrder3)
    near = indices(
      Table.nodes.indices.map { slope in
        (0..<slope).min {
          abs(Table.nodes[$0] - Table.nodes[slope]) < abs(Table.nodes[$1] - Table.nodes[slope])
        } ?? 0
      })
    var (weights, sources, starts): ([Double], [Int], [Int]) = ([], [], [])
    for row in Table.weights {
      starts.append(weights.count)
      for (source, weight) in row.enumerated() where weight != 0 {
        weights.append(weight)
        sources.append(source)
      }
    }
    self.weights = numbers(weights)
    self.sources = indices(sources)
    self.starts = indices(starts + [weights.count])
  }

  deinit {
    for memory in [nodes, errorOfOrder5, errorOfOrder3, weights] { memory.deallocate() }
    for memory in [near, sources, starts] { memory.deallocate() }
  }

  /// start + h * sum of weighted slopes; arrays are whole groups of eight, `width` numbers a slope.
  @inline(__always)
  func combine(
    _ slope: Int, _ h: Double, from start: Numbers, _ slopes: Numbers, _ width: Int,
    into result: Numbers
  ) {
    let (first, end) = (starts[slope], starts[slope + 1])
    let steps = Eight(repeating: h)
    var place = 0
    while place < width {
      var sum = Eight.zero
      for term in first..<end {
        sum = multiplyAdd(
          Eight(repeating: weights[term]), loadEight(slopes, sources[term] * width + place), sum)
      }
      storeEight(multiplyAdd(steps, sum, loadEight(start, place)), result, place)
      place += 8
    }
  }
}
