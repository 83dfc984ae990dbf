/// Whose meaning a deck has where simulators differ: `.options dialect=ngspice`.
enum Dialect: String, Sendable, CaseIterable {
  /// `log` is base 10, `^` is exclusive or.
  case xyce
  /// `log` is natural, `^` is power, `gnd` is ground.
  case ngspice
}
