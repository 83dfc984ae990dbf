// The C library's elementary functions under the names the rest of the project uses, so that no
// other file has to know which C module a platform has.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

public func sine(_ x: Double) -> Double { sin(x) }
public func cosine(_ x: Double) -> Double { cos(x) }
public func tangent(_ x: Double) -> Double { tan(x) }
public func arcSine(_ x: Double) -> Double { asin(x) }
public func arcCosine(_ x: Double) -> Double { acos(x) }
/// The angle of the point (x, y), in (-pi, pi].
public func arcTangent(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
public func arcTangent(_ x: Double) -> Double { atan(x) }
public func exponential(_ x: Double) -> Double { exp(x) }
public func naturalLogarithm(_ x: Double) -> Double { log(x) }
public func decimalLogarithm(_ x: Double) -> Double { log10(x) }
public func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
public func hyperbolicSine(_ x: Double) -> Double { sinh(x) }
public func hyperbolicCosine(_ x: Double) -> Double { cosh(x) }
public func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
public func areaSine(_ x: Double) -> Double { asinh(x) }
public func areaCosine(_ x: Double) -> Double { acosh(x) }
public func areaTangent(_ x: Double) -> Double { atanh(x) }

/// `angle` brought into (-pi, pi].
@inlinable @inline(__always)
public func wrapped(_ angle: Double) -> Double {
  angle - 2 * Double.pi * (angle / (2 * Double.pi)).rounded(.toNearestOrEven)
}
