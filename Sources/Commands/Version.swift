/// The version that `--version`, the manual page and result files carry.
enum Version {
  static let number = "0.1.0"
}
