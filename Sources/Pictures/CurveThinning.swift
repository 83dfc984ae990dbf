import Numerics

/// A curve with no more points than a picture can show.
public enum CurveThinning {
  /// Leaves out points that cannot be seen: of those in a row that fall on the same of `columns`
  /// columns of the picture the first, the lowest, the highest and the last stay.
  ///
  /// - Precondition: as many x as y.
  public static func thinned(
    x: [Double], y: [Double], scale: PlotAxis.Scale = .linear, columns: Int = 2000
  ) -> (x: [Double], y: [Double]) {
    precondition(x.count == y.count, "a y for each x")
    guard x.count > 4 * columns else { return (x, y) }
    let places = scale == .linear ? x : x.map { $0 > 0 ? naturalLogarithm($0) : .nan }
    let finite = places.lazy.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), (high - low).isFinite,
      high > low
    else { return (x, y) }
    var kept: [Int] = []
    var start = 0
    let width = (high - low) / Double(columns)
    func column(_ index: Int) -> Int {
      places[index].isFinite ? Int((places[index] - low) / width) : -1
    }
    while start < x.count {
      let own = column(start)
      var (end, lowest, highest) = (start, start, start)
      while end + 1 < x.count, column(end + 1) == own, y[end + 1].isFinite == y[start].isFinite {
        end += 1
        if y[end] < y[lowest] { lowest = end }
        if y[end] > y[highest] { highest = end }
      }
      var last = -1
      for index in [start, min(lowest, highest), max(lowest, highest), end] where index > last {
        kept.append(index)
        last = index
      }
      start = end + 1
    }
    return (kept.map { x[$0] }, kept.map { y[$0] })
  }
}
