// Counter-based random numbers: (seed, sample, instance, purpose, counter) -> bits.
//
// Goals, in order: any draw can be made again alone, whatever the order or thread of the others;
// statistical quality; speed in bulk (a vector of oscillators draws eight lanes at once).
//
// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as
// 1, 2, 3", SC11 (2011), doi:10.1145/2063384.2063405: Threefry-4x64 with 20 rounds. The test
// compares with the known answers of its authors.

/// What a draw is for; part of the key, so that purposes never share numbers.
public struct RandomPurpose: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt64
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  public static let parameter = RandomPurpose(rawValue: 1)
  public static let corruption = RandomPurpose(rawValue: 2)
  public static let thermalNoise = RandomPurpose(rawValue: 3)
  public static let initialState = RandomPurpose(rawValue: 4)
  public static let patterns = RandomPurpose(rawValue: 5)
  public static let weights = RandomPurpose(rawValue: 6)
  public static let design = RandomPurpose(rawValue: 7)
}

/// The Threefry-4x64-20 block function on any lane type.
public enum Threefry {
  /// Encrypts `counter` with `key` (four words each); lanes are independent.
  @inlinable @inline(__always)
  public static func block(
    _ counter: (UInt64, UInt64, UInt64, UInt64), key: (UInt64, UInt64, UInt64, UInt64)
  ) -> (UInt64, UInt64, UInt64, UInt64) {
    let k4 = 0x1BD1_1BDA_A9FC_1A22 ^ key.0 ^ key.1 ^ key.2 ^ key.3
    var a = counter.0 &+ key.0
    var b = counter.1 &+ key.1
    var c = counter.2 &+ key.2
    var d = counter.3 &+ key.3
    fourRounds(&a, &b, &c, &d, first: true)
    a &+= key.1
    b &+= key.2
    c &+= key.3
    d &+= k4 &+ 1
    fourRounds(&a, &b, &c, &d, first: false)
    a &+= key.2
    b &+= key.3
    c &+= k4
    d &+= key.0 &+ 2
    fourRounds(&a, &b, &c, &d, first: true)
    a &+= key.3
    b &+= k4
    c &+= key.0
    d &+= key.1 &+ 3
    fourRounds(&a, &b, &c, &d, first: false)
    a &+= k4
    b &+= key.0
    c &+= key.1
    d &+= key.2 &+ 4
    fourRounds(&a, &b, &c, &d, first: true)
    a &+= key.0
    b &+= key.1
    c &+= key.2
    d &+= key.3 &+ 5
    return (a, b, c, d)
  }

  @inlinable @inline(__always)
  static func mix(_ x: inout UInt64, _ y: inout UInt64, _ r: UInt64) {
    x &+= y
    y = (y &<< r) | (y &>> (64 &- r))
    y ^= x
  }

  @inlinable @inline(__always)
  static func fourRounds(
    _ a: inout UInt64, _ b: inout UInt64, _ c: inout UInt64, _ d: inout UInt64, first: Bool
  ) {
    if first {
      mix(&a, &b, 14)
      mix(&c, &d, 16)
      mix(&a, &d, 52)
      mix(&c, &b, 57)
      mix(&a, &b, 23)
      mix(&c, &d, 40)
      mix(&a, &d, 5)
      mix(&c, &b, 37)
    } else {
      mix(&a, &b, 25)
      mix(&c, &d, 33)
      mix(&a, &d, 46)
      mix(&c, &b, 12)
      mix(&a, &b, 58)
      mix(&c, &d, 22)
      mix(&a, &d, 32)
      mix(&c, &b, 32)
    }
  }
}

/// One stream of draws for a seed, sample (trial), instance and purpose.
public struct RandomStream: RandomNumberGenerator, Sendable {
  @usableFromInline let key: (UInt64, UInt64, UInt64, UInt64)
  @usableFromInline var counter: UInt64 = 0
  @usableFromInline var buffer: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  @usableFromInline var used = 4
  @usableFromInline var spare: Double?

  public init(seed: UInt64, sample: Int = 0, instance: Int = 0, purpose: RandomPurpose) {
    key = (
      seed, UInt64(bitPattern: Int64(sample)), UInt64(bitPattern: Int64(instance)),
      purpose.rawValue
    )
  }

  @inlinable
  public mutating func next() -> UInt64 {
    if used == 4 {
      buffer = Threefry.block((counter, 0, 0, 0), key: key)
      counter &+= 1
      used = 0
    }
    defer { used += 1 }
    switch used {
    case 0: return buffer.0
    case 1: return buffer.1
    case 2: return buffer.2
    default: return buffer.3
    }
  }

  /// A draw from the open interval (0, 1): multiples of 2^-53, shifted by half a step.
  @inlinable
  public mutating func uniform() -> Double {
    (Double(next() >> 11) + 0.5) * 0x1p-53
  }

  /// A draw from the standard normal distribution (Box and Muller, 1958).
  @inlinable
  public mutating func normal() -> Double {
    if let value = spare {
      spare = nil
      return value
    }
    let radius = (-2 * naturalLogarithm(uniform())).squareRoot()
    let angle = 2 * Double.pi * uniform()
    spare = radius * sine(angle)
    return radius * cosine(angle)
  }
}
