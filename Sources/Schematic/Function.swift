/// The operators and functions of deck expressions.
public enum Function: UInt8, Sendable, Hashable, CaseIterable {
  // operators
  case add, subtract, multiply, divide, remainder, power, negate
  case not, and, or, exclusiveOr
  case equal, notEqual, less, lessEqual, greater, greaterEqual
  /// `c ? a : b` and `if(c, a, b)`.
  case select
  // one argument
  case abs, sqrt, exp, ln, log10
  case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh
  case sgn, int, nint, floor, ceil, stp, uramp, decibel, real, imaginary, phase
  /// Of the printed or behavioural quantity in time; their values come from the environment.
  case ddt, sdt
  // two
  case atan2, pow, pwr, pwrs, sign, fmod
  // several
  case min, max, limit
  /// `table(x, x0, y0, x1, y1, ...)`: straight lines between points, constant outside.
  case table
  /// As `table`, with the end lines continued outside.
  case pwl
  /// Natural cubic spline through the points, straight outside.
  case spline
  /// Akima's spline through the points: as smooth to the eye, without overshoot.
  case akima
  /// The polynomial through all the points, in barycentric form.
  case barycentric
  // of time, their first argument, with the meaning of the sources of the same name
  case pulse, sinusoid, exponentialPulse, frequencyModulated
  // drawn once a sample for each place they are written
  case agauss, gauss, aunif, unif
  /// A function of the deck's own, by name; gone once an expression is bound.
  case user

  /// The names decks use; the value is fixed by the table except for `log`, which the dialect says.
  public static let named: [String: Function] = [
    "if": .select, "abs": .abs, "sqrt": .sqrt, "exp": .exp, "ln": .ln, "log": .log10,
    "log10": .log10, "sin": .sin, "cos": .cos, "tan": .tan, "asin": .asin, "arcsin": .asin,
    "acos": .acos, "arccos": .acos, "atan": .atan, "arctan": .atan, "sinh": .sinh, "cosh": .cosh,
    "tanh": .tanh, "asinh": .asinh, "acosh": .acosh, "atanh": .atanh, "sgn": .sgn, "int": .int,
    "nint": .nint, "floor": .floor, "ceil": .ceil, "stp": .stp, "u": .stp, "uramp": .uramp,
    "db": .decibel, "re": .real, "img": .imaginary, "ph": .phase, "m": .abs, "ddt": .ddt,
    "sdt": .sdt, "idt": .sdt, "atan2": .atan2, "pow": .pow, "pwr": .pow, "pwrs": .pwrs,
    "sign": .sign, "fmod": .fmod, "mod": .fmod, "min": .min, "max": .max, "limit": .limit,
    "table": .table, "fasttable": .table, "tablefile": .table, "pwl": .pwl, "spline": .akima,
    "akima": .akima, "cubic": .spline, "bli": .barycentric, "barycentric": .barycentric,
    "wodicka": .akima, "fasttablefile": .table, "splinefile": .akima, "akimafile": .akima,
    "cubicfile": .spline, "blifile": .barycentric, "barycentricfile": .barycentric,
    "wodickafile": .akima, "agauss": .agauss, "gauss": .gauss,
    "aunif": .aunif, "unif": .unif, "spice_pulse": .pulse, "spice_sin": .sinusoid,
    "spice_exp": .exponentialPulse, "spice_sffm": .frequencyModulated, "ternary_fcn": .select,
    "r": .real,
  ]

  /// How many arguments it takes.
  public var arity: ClosedRange<Int> {
    switch self {
    case .add, .subtract, .multiply, .divide, .remainder, .power, .and, .or, .exclusiveOr,
      .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .atan2, .pow, .pwr, .pwrs,
      .sign, .fmod, .unif, .aunif:
      2...2
    case .agauss, .gauss: 2...3
    case .select, .limit: 3...3
    case .min, .max: 1...1_000
    case .table, .pwl, .spline, .akima, .barycentric: 3...200_001
    case .pulse: 3...8
    case .sinusoid: 4...7
    case .exponentialPulse: 7...7
    case .frequencyModulated: 6...6
    case .user: 0...1_000
    default: 1...1
    }
  }

  /// Its value is a truth value: 0 or 1.
  public var isLogical: Bool {
    switch self {
    case .not, .and, .or, .exclusiveOr, .equal, .notEqual, .less, .lessEqual, .greater,
      .greaterEqual:
      true
    default: false
    }
  }

  /// It is given by points: x, then pairs of x and y.
  public var isOfPoints: Bool {
    switch self {
    case .table, .pwl, .spline, .akima, .barycentric: true
    default: false
    }
  }

  /// Whether real operands have a real value; where not, an evaluation in a circuit goes on with
  /// the real part of the principal value.
  public func isReal(at operands: [Double]) -> Bool {
    guard let x = operands.first else { return true }
    return switch self {
    case .sqrt, .ln, .log10: x >= 0
    case .asin, .acos, .atanh: x.magnitude <= 1
    case .acosh: x >= 1
    case .power, .pow: x >= 0 || operands[1] == operands[1].rounded()
    default: true
    }
  }

  public var isRandom: Bool {
    switch self {
    case .agauss, .gauss, .aunif, .unif: true
    default: false
    }
  }
}
