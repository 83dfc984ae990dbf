// Normal numbers in bulk: a pure function of (seed, sample, purpose, step, component).
//
// Goals, in order: any number can be made again alone, whatever the batch, the order or the thread
// of the others; the quality of Threefry; speed (eight lanes, no branch, no table).
//
// Sources: Threefry-4x64-20 of Salmon et al. (see RandomStream.swift); G. E. P. Box and
// M. E. Muller, Ann. Math. Stat. 29 (1958) 610, doi:10.1214/aoms/1177706645.

extension Threefry {
  @inlinable @inline(__always)
  static func mix(_ x: inout SIMD8<UInt64>, _ y: inout SIMD8<UInt64>, _ r: UInt64) {
    x &+= y
    y = (y &<< SIMD8(repeating: r)) | (y &>> SIMD8(repeating: 64 - r))
    y ^= x
  }

  @inlinable @inline(__always)
  static func fourRounds(
    _ a: inout SIMD8<UInt64>, _ b: inout SIMD8<UInt64>, _ c: inout SIMD8<UInt64>,
    _ d: inout SIMD8<UInt64>, _ r: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)
  ) {
    mix(&a, &b, r.0)
    mix(&c, &d, r.1)
    mix(&a, &d, r.2)
    mix(&c, &b, r.3)
    mix(&a, &b, r.4)
    mix(&c, &d, r.5)
    mix(&a, &d, r.6)
    mix(&c, &b, r.7)
  }

  /// `block` for eight counters that differ in their second word only.
  @inlinable @inline(__always)
  static func blocks(
    _ counter: (UInt64, SIMD8<UInt64>, UInt64, UInt64), key: (UInt64, UInt64, UInt64, UInt64)
  ) -> (SIMD8<UInt64>, SIMD8<UInt64>, SIMD8<UInt64>, SIMD8<UInt64>) {
    typealias U = SIMD8<UInt64>
    let keys = (
      U(repeating: key.0), U(repeating: key.1), U(repeating: key.2), U(repeating: key.3),
      U(repeating: 0x1BD1_1BDA_A9FC_1A22 ^ key.0 ^ key.1 ^ key.2 ^ key.3)
    )
    let odd: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)
    let even: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)
    odd = (14, 16, 52, 57, 23, 40, 5, 37)
    even = (25, 33, 46, 12, 58, 22, 32, 32)
    var a = U(repeating: counter.0 &+ key.0)
    var b = counter.1 &+ keys.1
    var c = U(repeating: counter.2 &+ key.2)
    var d = U(repeating: counter.3 &+ key.3)
    fourRounds(&a, &b, &c, &d, odd)
    a &+= keys.1
    b &+= keys.2
    c &+= keys.3
    d &+= keys.4 &+ U(repeating: 1)
    fourRounds(&a, &b, &c, &d, even)
    a &+= keys.2
    b &+= keys.3
    c &+= keys.4
    d &+= keys.0 &+ U(repeating: 2)
    fourRounds(&a, &b, &c, &d, odd)
    a &+= keys.3
    b &+= keys.4
    c &+= keys.0
    d &+= keys.1 &+ U(repeating: 3)
    fourRounds(&a, &b, &c, &d, even)
    a &+= keys.4
    b &+= keys.0
    c &+= keys.1
    d &+= keys.2 &+ U(repeating: 4)
    fourRounds(&a, &b, &c, &d, odd)
    a &+= keys.0
    b &+= keys.1
    c &+= keys.2
    d &+= keys.3 &+ U(repeating: 5)
    return (a, b, c, d)
  }
}

/// The standard normal numbers of one sample: for each step as many as there are components.
public struct NormalBatch: Sendable {
  private let key: (UInt64, UInt64, UInt64, UInt64)

  /// The draws made here share no block with those of a `RandomStream` of the same arguments.
  public init(seed: UInt64, sample: Int, instance: Int = 0, purpose: RandomPurpose) {
    key = (
      seed, UInt64(bitPattern: Int64(sample)), UInt64(bitPattern: Int64(instance)),
      purpose.rawValue
    )
  }

  /// Writes the numbers of components 0 ..< `count` at a step into `result`. The number of a
  /// component does not depend on `count`.
  public func fillNormals(_ result: UnsafeMutablePointer<Double>, count: Int, step: Int) {
    var start = 0
    while start + 32 <= count {
      let group = normals(step: step, group: start / 32)
      storeEight(group.0, result, start)
      storeEight(group.1, result, start + 8)
      storeEight(group.2, result, start + 16)
      storeEight(group.3, result, start + 24)
      start += 32
    }
    if start == count { return }
    let group = normals(step: step, group: start / 32)
    store(group.0, result, start, count)
    store(group.1, result, start + 8, count)
    store(group.2, result, start + 16, count)
    store(group.3, result, start + 24, count)
  }

  /// Components 32 group ..< 32 (group + 1), eight to a vector.
  @inline(__always)
  private func normals(
    step: Int, group: Int
  ) -> (SIMD8<Double>, SIMD8<Double>, SIMD8<Double>, SIMD8<Double>) {
    let lanes =
      SIMD8<UInt64>(repeating: UInt64(truncatingIfNeeded: 8 &* group))
      &+ SIMD8<UInt64>(0, 1, 2, 3, 4, 5, 6, 7)
    // The third word sets these blocks apart from those of a stream, where it is zero.
    let words = Threefry.blocks((UInt64(bitPattern: Int64(step)), lanes, 1, 0), key: key)
    let first = boxMuller(words.0, words.1)
    let second = boxMuller(words.2, words.3)
    return (first.0, first.1, second.0, second.1)
  }
}

/// Two normal numbers for two words, lane by lane.
@inline(__always)
private func boxMuller(
  _ a: SIMD8<UInt64>, _ b: SIMD8<UInt64>
) -> (SIMD8<Double>, SIMD8<Double>) {
  let radius = squareRoot(SIMD8<Double>(repeating: -2) * naturalLogarithm(uniform(a)))
  let (sine, cosine) = sineCosine(SIMD8<Double>(repeating: 2 * Double.pi) * uniform(b))
  return (radius * cosine, radius * sine)
}

/// The square root of positive normal numbers to one unit in the last place. The library's works
/// lane by lane behind a test for negative numbers, which takes the code around it apart into
/// lanes too; Newton's iteration for the reciprocal root stays whole.
@inline(__always)
private func squareRoot(_ x: SIMD8<Double>) -> SIMD8<Double> {
  typealias V = SIMD8<Double>
  let bits = unsafeBitCast(x, to: SIMD8<UInt64>.self)
  // The exponent halved and negated: right to 4 %, and the error is squared four times.
  let guess = SIMD8<UInt64>(repeating: 0x5FE6_EB50_C7B5_37A9) &- (bits &>> SIMD8(repeating: 1))
  var y = unsafeBitCast(guess, to: V.self)
  let half = V(repeating: -0.5) * x
  for _ in 0..<4 { y = y * multiplyAdd(half * y, y, V(repeating: 1.5)) }
  let root = x * y
  return multiplyAdd(V(repeating: 0.5) * y, multiplyAdd(-root, root, x), root)
}

/// Odd multiples of 2^-53 between 0 and 1, both excluded.
@inline(__always)
private func uniform(_ bits: SIMD8<UInt64>) -> SIMD8<Double> {
  let oneToTwo = (bits &>> SIMD8(repeating: 12)) | SIMD8(repeating: 0x3FF0_0000_0000_0000)
  return unsafeBitCast(oneToTwo, to: SIMD8<Double>.self) - SIMD8(repeating: 1 - 0x1p-53)
}

/// As many lanes as there are components from `start` on.
@inline(__always)
private func store(
  _ value: SIMD8<Double>, _ result: UnsafeMutablePointer<Double>, _ start: Int, _ count: Int
) {
  if start + 8 <= count {
    storeEight(value, result, start)
  } else if start < count {
    storePart(value, result, start, count)
  }
}
