import Numerics
import Ranks

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
    let status = Program.run(Array(CommandLine.arguments.dropFirst()))
    Ranks.leave()
    exit(status.rawValue)
  }
}
