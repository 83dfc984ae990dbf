// What one signal was at accepted steps, to be read at earlier times.
//
// Between recorded points the signal is a local polynomial through up to six of them, all of one
// smooth piece: corners and jumps are marked as recorded, and no polynomial looks across.
// Six points (order six) do not spoil a formula of order five. Times behind the last recorded point
// are read from the polynomial that also goes through the present, still unknown value: it comes
// with the exact weight of that value, so that delays shorter than the step have true derivatives.
//
// Points lie in a ring, the oldest dropped when no delay can reach them; reading moves a cursor,
// so that delays that read at ever later times pay nothing for finding their place.

/// The past of one signal.
public struct SignalHistory: Sendable {
  /// The polynomial between recorded points.
  public enum Interpolation: Hashable, Sendable {
    case smooth
    case linear
  }

  /// A value of the past, and how it depends on the value of the present.
  public struct Reading: Hashable, Sendable {
    public var value: Double
    /// The derivative by the present value; 0 where the past alone decides.
    public var weight: Double
  }

  public let interpolation: Interpolation
  /// How far back reading goes, in seconds: the longest delay.
  public let reach: Double
  /// The largest number of points of one polynomial.
  static let pointsMaximum = 6

  /// The ring: `count` points from `head` on; the capacity is a power of two.
  private var times: [Double]
  private var values: [Double]
  /// For each point the serial number of its smooth piece.
  private var pieces: [Int]
  private var head = 0
  public private(set) var count = 0
  private var piece = 0

  /// - Precondition: `reach` is not negative.
  public init(reach: Double, interpolation: Interpolation = .smooth) {
    precondition(reach >= 0, "a delay is not negative")
    self.reach = reach
    self.interpolation = interpolation
    times = [Double](repeating: 0, count: 16)
    values = times
    pieces = [Int](repeating: 0, count: 16)
  }

  /// The time and value recorded last; nil before the first.
  public var last: (time: Double, value: Double)? {
    count == 0 ? nil : (time(count - 1), value(count - 1))
  }

  /// Records the signal at a later time than all before.
  ///
  /// At a time recorded before, a different value is a jump: it begins a new smooth piece.
  /// - Precondition: times do not fall.
  public mutating func append(time newTime: Double, value newValue: Double) {
    if let last {
      precondition(newTime >= last.time, "history goes forward")
      if newTime == last.time {
        if newValue == last.value { return }
        piece += 1
      }
    }
    trim(before: newTime - reach)
    if count == times.count { grow() }
    let place = (head + count) & (times.count - 1)
    (times[place], values[place], pieces[place]) = (newTime, newValue, piece)
    count += 1
  }

  /// Marks the point recorded last as a corner: what follows is another smooth piece, which begins
  /// with the same value.
  public mutating func markCorner() {
    guard let last else { return }
    piece += 1
    if count == times.count { grow() }
    let place = (head + count) & (times.count - 1)
    (times[place], values[place], pieces[place]) = (last.time, last.value, piece)
    count += 1
  }

  /// Forgets all.
  public mutating func removeAll() { (head, count, piece) = (0, 0, 0) }

  /// Drops points that no polynomial of a reachable time needs.
  private mutating func trim(before limit: Double) {
    while count > Self.pointsMaximum && time(Self.pointsMaximum) < limit {
      head = (head + 1) & (times.count - 1)
      count -= 1
    }
  }

  private mutating func grow() {
    let old = times.count
    func unrolled<Element>(_ ring: [Element]) -> [Element] {
      let straight = Array(ring[head...] + ring[..<head])
      return straight + straight
    }
    (times, values, pieces) = (unrolled(times), unrolled(values), unrolled(pieces))
    precondition(times.count == 2 * old, "a ring doubles")
    head = 0
  }

  func time(_ k: Int) -> Double { times[(head + k) & (times.count - 1)] }
  func value(_ k: Int) -> Double { values[(head + k) & (values.count - 1)] }
  func piece(_ k: Int) -> Int { pieces[(head + k) & (pieces.count - 1)] }

  /// The first point later than `time`, looked for from `guess` on.
  func index(after time: Double, near guess: Int) -> Int {
    var k = min(max(guess, 0), count)
    while k > 0 && self.time(k - 1) > time { k -= 1 }
    while k < count && self.time(k) <= time { k += 1 }
    return k
  }
}
