#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Carries out `body` with numbers nearer to 0 than 2.2e-308 taken for 0, on this thread.
///
/// A signal dies away along a line of thousands of nodes until its numbers have no full mantissa;
/// processors take a hundred times longer over these, and no result needs them.
public func withSubnormalsFlushed<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  var before = fenv_t()
  fegetenv(&before)
  defer { fesetenv(&before) }
  var flushing = before
  #if arch(x86_64)
    // flush results to zero, take operands for zero
    flushing.__mxcsr |= 1 << 15 | 1 << 6
  #elseif arch(arm64)
    flushing.__fpcr |= 1 << 24
  #endif
  fesetenv(&flushing)
  return try body()
}
