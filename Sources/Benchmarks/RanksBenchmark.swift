import Ranks

/// What sums over ranks cost, the best of many: one number, and a megabyte. Prints lines
/// "name value" on rank 0.
enum RanksBenchmark {
  static func run() throws {
    let ranks = try Ranks.join()
    let one = best(of: 200, times: 50, 1, ranks)
    let megabyte = best(of: 20, times: 5, 1 << 17, ranks)
    if ranks.isFirst {
      print("ranks \(ranks.count)")
      print("sum_seconds \(one)")
      print("sum_bytes_per_second \(Double(1 << 20) / (megabyte - one))")
    }
    Ranks.leave()
  }

  private static func best(of rounds: Int, times: Int, _ count: Int, _ ranks: Ranks) -> Double {
    var values = [Double](repeating: 1, count: count)
    var best = Double.infinity
    for _ in 0..<rounds {
      ranks.barrier()
      let start = ContinuousClock.now
      for _ in 0..<times { ranks.sum(&values, count: count) }
      best = min(best, (ContinuousClock.now - start) / .seconds(1) / Double(times))
    }
    return best
  }
}
