#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension DenseProduct {
  /// Ends the threads that OpenBLAS starts when the program is loaded. Each would wait busily for
  /// its first work, tens of milliseconds of processor time; a product that wants them starts them
  /// again.
  public static func endIdleThreads() {
    // not in its header, and not in builds without threads
    guard let program = dlopen(nil, RTLD_LAZY),
      let symbol = dlsym(program, "blas_thread_shutdown_")
    else { return }
    typealias Shutdown = @convention(c) () -> Int32
    _ = unsafeBitCast(symbol, to: Shutdown.self)()
  }
}
