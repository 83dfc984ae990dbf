// Memory seen as groups of eight numbers. The memory of C libraries is aligned to 16 bytes only, so
// a typed SIMD8 pointer on it would trap; these loads ask for no alignment and cost the same.

/// Eight consecutive numbers from `base + index`.
@inlinable @inline(__always)
public func loadEight(_ base: UnsafePointer<Double>, _ index: Int) -> SIMD8<Double> {
  UnsafeRawPointer(base + index).loadUnaligned(as: SIMD8<Double>.self)
}

/// Stores eight consecutive numbers at `base + index`.
@inlinable @inline(__always)
public func storeEight(
  _ value: SIMD8<Double>, _ base: UnsafeMutablePointer<Double>, _ index: Int
) {
  UnsafeMutableRawPointer(base + index).storeBytes(of: value, as: SIMD8<Double>.self)
}

/// The last `count - start` numbers, fewer than eight, followed by zeros.
@inlinable @inline(__always)
public func loadPart(
  _ base: UnsafePointer<Double>, _ start: Int, _ count: Int
) -> SIMD8<Double> {
  var part = SIMD8<Double>.zero
  for lane in 0..<(count - start) { part[lane] = base[start + lane] }
  return part
}

/// Stores the first `count - start` lanes at `base + start`.
@inlinable @inline(__always)
public func storePart(
  _ part: SIMD8<Double>, _ base: UnsafeMutablePointer<Double>, _ start: Int, _ count: Int
) {
  for lane in 0..<(count - start) { base[start + lane] = part[lane] }
}
