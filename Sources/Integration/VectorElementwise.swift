// The operations of a vector that work element by element. Results may be stored over operands, as
// SUNDIALS allows: each group of eight is read before it is written.

import CSundials
import Numerics

typealias Eight = SIMD8<Double>
typealias Numbers = UnsafeMutablePointer<Double>

/// z = operation(x), eight at a time; the operation also sees the zero padding of the last group.
@inline(__always)
private func map(_ count: Int, _ x: Numbers, _ z: Numbers, _ operation: (Eight) -> Eight) {
  forEachEight(count) { $0.store(operation($0.load(x)), z) }
}

/// z = operation(x, y), eight at a time.
@inline(__always)
private func map(
  _ count: Int, _ x: Numbers, _ y: Numbers, _ z: Numbers, _ operation: (Eight, Eight) -> Eight
) {
  forEachEight(count) { $0.store(operation($0.load(x), $0.load(y)), z) }
}

/// z = a x + b y, without the products by one that the Nordsieck array's updates ask for.
func linearSum(_ a: Double, _ x: N_Vector?, _ b: Double, _ y: N_Vector?, _ z: N_Vector?) {
  let n = content(z).pointee.count
  let (xs, ys, zs) = (elements(x), elements(y), elements(z))
  let first = Eight(repeating: a)
  let second = Eight(repeating: b)
  if a == 1 && b == 1 {
    map(n, xs, ys, zs) { $0 + $1 }
  } else if a == 1 && b == -1 {
    map(n, xs, ys, zs) { $0 - $1 }
  } else if a == -1 && b == 1 {
    map(n, xs, ys, zs) { $1 - $0 }
  } else if a == 1 {
    map(n, xs, ys, zs) { multiplyAdd(second, $1, $0) }
  } else if b == 1 {
    map(n, xs, ys, zs) { multiplyAdd(first, $0, $1) }
  } else {
    map(n, xs, ys, zs) { multiplyAdd(first, $0, second * $1) }
  }
}

func fill(_ value: Double, _ z: N_Vector?) {
  elements(z).update(repeating: value, count: content(z).pointee.count)
}

func product(_ x: N_Vector?, _ y: N_Vector?, _ z: N_Vector?) {
  map(content(z).pointee.count, elements(x), elements(y), elements(z)) { $0 * $1 }
}

func quotient(_ x: N_Vector?, _ y: N_Vector?, _ z: N_Vector?) {
  map(content(z).pointee.count, elements(x), elements(y), elements(z)) { $0 / $1 }
}

func scale(_ factor: Double, _ x: N_Vector?, _ z: N_Vector?) {
  let n = content(z).pointee.count
  let (xs, zs) = (elements(x), elements(z))
  if factor == 1 {
    if xs != zs { zs.update(from: xs, count: n) }
  } else if factor == -1 {
    map(n, xs, zs) { -$0 }
  } else {
    let factors = Eight(repeating: factor)
    map(n, xs, zs) { factors * $0 }
  }
}

func absoluteValue(_ x: N_Vector?, _ z: N_Vector?) {
  map(content(z).pointee.count, elements(x), elements(z), magnitude)
}

/// Lane by lane; a lane of `b` that is not a number is passed over. The standard library's is a
/// call for each lane.
@inline(__always)
func larger(_ a: Eight, _ b: Eight) -> Eight { a.replacing(with: b, where: b .> a) }

@inline(__always)
func largestLane(_ x: Eight) -> Double {
  let four = x.lowHalf.replacing(with: x.highHalf, where: x.highHalf .> x.lowHalf)
  let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .> four.lowHalf)
  return two.x > two.y ? two.x : two.y
}

@inline(__always)
func magnitude(_ x: Eight) -> Eight {
  let bits = unsafeBitCast(x, to: SIMD8<UInt64>.self) & SIMD8(repeating: UInt64.max >> 1)
  return unsafeBitCast(bits, to: Eight.self)
}

func reciprocal(_ x: N_Vector?, _ z: N_Vector?) {
  let one = Eight(repeating: 1)
  map(content(z).pointee.count, elements(x), elements(z)) { one / $0 }
}

func addConstant(_ x: N_Vector?, _ value: Double, _ z: N_Vector?) {
  let values = Eight(repeating: value)
  map(content(z).pointee.count, elements(x), elements(z)) { $0 + values }
}

/// z = sum of c_j X_j in one pass over memory; z may be X_0.
func linearCombination(
  _ terms: Int32, _ factors: UnsafeMutablePointer<Double>?,
  _ vectors: UnsafeMutablePointer<N_Vector?>?, _ z: N_Vector?
) -> Int32 {
  guard terms > 0, let factors, let vectors else { return -1 }
  let n = content(z).pointee.count
  let zs = elements(z)
  let last = Int(terms)
  return withUnsafeTemporaryAllocation(of: Numbers.self, capacity: last) { xs in
    for j in 0..<last { xs.initializeElement(at: j, to: elements(vectors[j])) }
    forEachEight(n) { lanes in
      var sum = factors[0] * lanes.load(xs[0])
      for j in 1..<max(1, last) {
        sum = multiplyAdd(Eight(repeating: factors[j]), lanes.load(xs[j]), sum)
      }
      lanes.store(sum, zs)
    }
    return 0
  }
}

/// Z_j = a_j x + Y_j for each j.
func scaleAddMultiple(
  _ terms: Int32, _ factors: UnsafeMutablePointer<Double>?, _ x: N_Vector?,
  _ sources: UnsafeMutablePointer<N_Vector?>?, _ results: UnsafeMutablePointer<N_Vector?>?
) -> Int32 {
  guard terms > 0, let factors, let sources, let results else { return -1 }
  for j in 0..<Int(terms) { linearSum(factors[j], x, 1, sources[j], results[j]) }
  return 0
}
