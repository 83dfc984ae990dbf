// What signals were at accepted steps, to be read at earlier times.
//
// All signals of a system are recorded at the same times, so they share the axis: finding a place
// in time and the weights of the polynomial there is done once for all that are read with one
// delay, and what is left for each is a sum of six products along rows of the recording.
//
// Between recorded points a signal is a local polynomial through up to six of them, all of one
// smooth piece: corners and jumps are marked as recorded, and no polynomial looks across.
// Six points (order six) do not spoil a formula of order five. Behind a corner the formula starts
// at order one, and the polynomial with two points. Times behind the last recorded point
// are read from the polynomial that also goes through the present, still unknown values: it comes
// with the exact weight of these, so that delays shorter than the step have true derivatives.
//
// Points lie in a ring, the oldest dropped when no delay can reach them from the last step; reading
// moves a cursor, so that delays that read at ever later times pay nothing for finding their place.

/// The common past of several signals.
public final class SignalHistory {
  public let signalCount: Int
  /// How far back reading goes, in seconds: the longest delay.
  public let reach: Double
  /// The largest number of points of one polynomial.
  static let pointsMaximum = 6

  /// The ring: `count` points from `head` on; the capacity is a power of two. A point is a time,
  /// the serial number of its smooth piece, and a row of values.
  private var capacity = 16
  private var times: UnsafeMutablePointer<Double>
  private var pieces: UnsafeMutablePointer<Int32>
  private var rows: UnsafeMutablePointer<Double>
  private var head = 0
  public private(set) var count = 0
  private var piece: Int32 = 0

  /// - Precondition: `reach` is not negative.
  public init(signalCount: Int, reach: Double) {
    precondition(reach >= 0, "a delay is not negative")
    self.signalCount = signalCount
    self.reach = reach
    times = .allocate(capacity: capacity)
    pieces = .allocate(capacity: capacity)
    rows = .allocate(capacity: max(1, capacity * signalCount))
  }

  deinit {
    times.deallocate()
    pieces.deallocate()
    rows.deallocate()
  }

  /// The time recorded last; nil before the first.
  public var lastTime: Double? { count == 0 ? nil : time(count - 1) }

  /// Records all signals (`signalCount` values) at a later time than all before.
  ///
  /// At the time recorded last it begins another smooth piece: with other values after a jump, with
  /// the same after a corner.
  /// - Precondition: times do not fall.
  public func append(time newTime: Double, values: UnsafePointer<Double>) {
    if let lastTime {
      precondition(newTime >= lastTime, "history goes forward")
      if newTime == lastTime { piece += 1 }
      // whoever asks for the step that ends here asks for times since the point before
      trim(before: lastTime - reach)
    }
    if count == capacity { grow() }
    let place = (head + count) & (capacity - 1)
    times[place] = newTime
    pieces[place] = piece
    (rows + place * signalCount).update(from: values, count: signalCount)
    count += 1
  }

  /// Forgets all.
  public func removeAll() { (head, count, piece) = (0, 0, 0) }

  /// Drops points that no polynomial of a reachable time needs.
  private func trim(before limit: Double) {
    while count > Self.pointsMaximum && time(Self.pointsMaximum) < limit {
      head = (head + 1) & (capacity - 1)
      count -= 1
    }
  }

  private func grow() {
    func unrolled<Element>(
      _ ring: UnsafeMutablePointer<Element>, _ width: Int
    ) -> UnsafeMutablePointer<Element> {
      let wider = UnsafeMutablePointer<Element>.allocate(capacity: max(1, 2 * capacity * width))
      let early = (capacity - head) * width
      wider.update(from: ring + head * width, count: early)
      (wider + early).update(from: ring, count: head * width)
      ring.deallocate()
      return wider
    }
    (times, pieces, rows) = (unrolled(times, 1), unrolled(pieces, 1), unrolled(rows, signalCount))
    capacity *= 2
    head = 0
  }

  @inline(__always)
  func time(_ k: Int) -> Double { times[(head + k) & (capacity - 1)] }

  @inline(__always)
  func piece(_ k: Int) -> Int32 { pieces[(head + k) & (capacity - 1)] }

  /// The values of point `k`.
  @inline(__always)
  func row(_ k: Int) -> UnsafePointer<Double> {
    UnsafePointer(rows + ((head + k) & (capacity - 1)) * signalCount)
  }

  /// The first point later than `time`, looked for from `guess` on.
  func index(after time: Double, near guess: Int) -> Int {
    var k = min(max(guess, 0), count)
    while k > 0 && self.time(k - 1) > time { k -= 1 }
    while k < count && self.time(k) <= time { k += 1 }
    return k
  }
}
