import Numerics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@main
enum Main {
  static func main() {
    DenseProduct.endIdleThreads()
    Interrupt.install()
    exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }
}
