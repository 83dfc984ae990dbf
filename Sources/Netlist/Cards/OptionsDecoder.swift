import Schematic

/// `.options [package] name=value ...`: this program's options are kept, those of other simulators
/// are named in a warning, any other is a mistake.
enum OptionsDecoder: CardDecoder {
  static let names = [".options", ".option", ".opt"]
  static let phase = CardPhase.beforeParameters

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    guard !cursor.atEnd else {
      throw Fault("missing-value", "expected name=value", at: cursor.here, label: cursor.found)
    }
    var package: String?
    while !cursor.atEnd {
      let start = cursor.position
      if cursor.take(",") { continue }
      if let key = cursor.key() {
        try read(key, of: package, &cursor, context)
        continue
      }
      cursor.position = start
      let word = try cursor.word("name=value")
      // Xyce groups options in packages
      if package == nil, Option.packages.contains(word.text) {
        package = word.text
        continue
      }
      if let package, Option.known[word.text] == nil {
        foreign(word, of: package, context)
        continue
      }
      if let option = Option.known[word.text] {
        guard case .flag = option.kind else {
          throw Fault("missing-value", "'\(word.text)' needs a value", at: word.origin)
        }
        context.setOption(word, .number(1))
      } else {
        try refuse(word, context)
      }
    }
    return nil
  }

  /// Names mean other things in some packages: `nonlin reltol` is not the tolerance of time.
  private static func meaning(of key: Token, in package: String?) -> Option? {
    guard let package else { return Option.known[key.text] }
    guard let names = Option.byPackage[package], names.contains(key.text) else { return nil }
    return Option.known[key.text]
  }

  private static func foreign(_ word: Token, of package: String, _ context: DecodingContext) {
    context.report(
      Fault(
        "foreign-option",
        "the option '\(package) \(word.text)' of other simulators has no effect here",
        at: word.origin, severity: .warning))
  }

  private static func read(
    _ key: Token, of package: String?, _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) {
    guard let option = meaning(of: key, in: package) else {
      if let package { foreign(key, of: package, context) } else { try refuse(key, context) }
      cursor.skipBlanks()
      // a word, a text or an expression: read over
      if cursor.atValue { _ = try cursor.expression() } else { _ = try cursor.quoted("a value") }
      while cursor.take(","), cursor.atValue { _ = try cursor.expression() }
      return
    }
    guard !cursor.atEnd else {
      throw Fault(
        "missing-value", "expected a value of '\(key.text)'", at: cursor.here, label: cursor.found)
    }
    switch option.kind {
    case .choice(let known):
      let word = try cursor.quoted("a value of '\(key.text)'")
      let text = word.text.lowercased()
      guard known.contains(text) else {
        throw Fault(
          "unknown-choice", "'\(key.text)' cannot be '\(word.text)'", at: word.origin,
          label: NearMiss.label(text, among: known),
          help: "it can be \(known.joined(separator: ", "))")
      }
      context.setOption(key, .text(text))
    case .flag:
      context.setOption(key, .number(try cursor.flag(key.text) ? 1 : 0))
    case .numbers:
      var values: [Double] = []
      repeat {
        values.append(try context.number(&cursor, of: key.text, in: Option.positive))
        _ = cursor.take(",")
      } while cursor.atValue
      context.setOption(key, values.count == 1 ? .number(values[0]) : .numbers(values))
    case .number(let range) where package == "timeint" && key.text == "abstol":
      // Xyce's is of every unknown, and most of them are voltages
      let value = try context.number(&cursor, of: key.text, in: range)
      context.setOption(Token(text: "vntol", origin: key.origin), .number(value))
    case .number(let range):
      let value = try context.number(&cursor, of: key.text, in: range)
      context.setOption(key, .number(value))
      if key.text == "temp" { context.setTemperature(value) }
    case .whole(let range):
      context.setOption(key, .number(Double(try context.integer(&cursor, of: key.text, in: range))))
    }
  }

  private static func refuse(_ word: Token, _ context: DecodingContext) throws(Fault) {
    if Option.foreign.contains(word.text) {
      context.report(
        Fault(
          "foreign-option", "the option '\(word.text)' of other simulators has no effect here",
          at: word.origin, severity: .warning))
      return
    }
    let names = Option.known.keys.sorted()
    context.report(
      Fault(
        "unknown-option", "there is no option '\(word.text)'", at: word.origin,
        label: NearMiss.label(word.text, among: names)))
  }
}

/// An option of this program.
struct Option {
  enum Kind {
    case number(ClosedRange<Double>)
    case whole(ClosedRange<Int>)
    case flag
    case choice([String])
    /// One or more.
    case numbers
  }

  var kind: Kind
  var summary: String

  static let known: [String: Option] = [
    "fidelity": Option(
      kind: .choice(["circuit", "envelope", "phase"]), summary: "What is solved."),
    "coupling": Option(
      kind: .choice(["sine", "response"]),
      summary: "Coupling function of the phase fidelity: fundamentals or all that was measured."),
    "integrator": Option(
      kind: .choice(["implicit", "explicit"]),
      summary: "Formula of integration in time: any circuit, or fast for bare oscillators."),
    "dialect": Option(
      kind: .choice(Dialect.allCases.map(\.rawValue)), summary: "Meaning where simulators differ."),
    "seed": Option(kind: .whole(0...Int.max), summary: "Of every random draw."),
    "sample": Option(kind: .whole(0...Int(Int32.max)), summary: "Number of the random sample."),
    "reltol": Option(
      kind: .number(1e-15...1), summary: "Relative tolerance; 0.1 at most is used."),
    "abstol": Option(kind: .number(positive), summary: "Absolute tolerance of currents, amperes."),
    "vntol": Option(kind: .number(positive), summary: "Absolute tolerance of voltages, volts."),
    "chgtol": Option(kind: .number(positive), summary: "Absolute tolerance of charges, coulombs."),
    "gmin": Option(
      kind: .number(0...Double.infinity), summary: "Conductance across junctions, siemens."),
    "rshunt": Option(kind: .number(positive), summary: "From every node to ground, ohms."),
    "temp": Option(
      kind: .number(-273.15...Double.infinity), summary: "Temperature, degrees Celsius."),
    "tnom": Option(
      kind: .number(-273.15...Double.infinity), summary: "Of model parameters, degrees Celsius."),
    "scale": Option(
      kind: .number(positive), summary: "Unit of lengths written at elements, metres."),
    "delmax": Option(kind: .number(positive), summary: "Largest time step, seconds."),
    "interp": Option(kind: .flag, summary: "Whether results are kept at the print step only."),
    "initial_interval": Option(
      kind: .numbers, summary: "Step of the kept results, then times and their steps, seconds."),
    "breakpoints": Option(kind: .numbers, summary: "Times that are met exactly, seconds."),
    "energy": Option(kind: .flag, summary: "Whether energies are accounted for."),
    "measfail": Option(
      kind: .number(0...Double.infinity),
      summary: "Whether a failed measure is filed as FAILED (1) or as a number (0)."),
    "default_val": Option(kind: .number(everything), summary: "That number."),
    "measdgt": Option(kind: .whole(0...40), summary: "Digits behind the point of filed measures."),
    "measout": Option(kind: .flag, summary: "Whether measures are filed."),
    "measprint": Option(
      kind: .choice(["all", "stdout", "none"]), summary: "Where measures go; a file with all."),
    "use_cont_files": Option(
      kind: .flag, summary: "Whether a continuous measure has a file of its own."),
    "phase_output_radians": Option(
      kind: .flag, summary: "Whether phases of ac analyses are in radians, else degrees."),
    "maxord": Option(
      kind: .whole(1...6), summary: "Highest order of the integration formula, at most 5."),
    "noise": Option(kind: .flag, summary: "Whether devices make noise in time."),
    "noisefmax": Option(
      kind: .number(positive), summary: "Frequency up to which noise in time is flat, hertz."),
    "noisefmin": Option(
      kind: .number(positive), summary: "Frequency below which its 1/f part is flat, hertz."),
  ]

  static let everything = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
  static let positive = Double.leastNormalMagnitude...Double.infinity

  /// What this program understands of Xyce's groups; the rest is named in a warning.
  static let byPackage: [String: Set<String>] = [
    "timeint": ["reltol", "abstol", "delmax", "maxord", "breakpoints"],
    "device": ["temp", "tnom", "gmin"], "output": ["initial_interval", "phase_output_radians"],
    "parser": ["scale"],
    "measure": [
      "measfail", "default_val", "measdgt", "measout", "measprint", "use_cont_files",
    ],
  ]

  /// Xyce's groups.
  static let packages: Set<String> = [
    "timeint", "device", "nonlin", "nonlin-tran", "linsol", "output", "measure", "parser",
    "diagnostic", "restart", "sensitivity", "loca", "hbint", "linsol-hb", "linsol-ac",
    "nonlin-hb", "nonlin-twolevel", "mpdeint", "fft", "sampling", "embeddedsamples", "pces",
    "dist", "topology", "fault", "timeint-mpde", "mor_opts", "mor",
  ]

  /// What decks written for SPICE, ngspice, Xyce, HSPICE and LTspice set and this program does not
  /// need.
  static let foreign: Set<String> = [
    "acct", "noacct", "trans", "rawfmt", "rawpts", "noprint", "nopost", "rmin", "parhier",
    "absvar", "dvdt", "dc_pivot_check", "spef", "unwrap", "vshunt", "numthreads", "num_threads",
    "nosqueeze", "co", "gmindc", "gshunt", "gramp", "converge", "dcon", "lvltime", "dvtr", "list",
    "node", "nomod", "nopage", "opts", "numdgt", "limpts", "limtim",
    "cptime",
    "itl1", "itl2", "itl3", "itl4", "itl5", "itl6", "trtol", "pivtol", "pivrel", "lvltim",
    "lvlcod", "method", "mu", "xmu", "defl", "defw", "defad", "defas", "badmos3",
    "bypass", "noinit", "norefvalue", "noopiter", "savecurrents", "cshunt", "klu", "sparse",
    "autostop", "seedinfo", "warn", "maxwarns", "post", "probe", "brief",
    "ingold", "runlvl", "accurate", "captab", "fast", "plotwinsize", "gminsteps",
    "srcsteps", "cshuntinternal", "trytocompact", "erroption", "timestepsreversal", "minord",
    "newlte", "newbpstepping", "delmin", "conststep", "voltlim", "nltol", "maxstep", "rhstol",
    "type", "debuglevel", "digital_delay_mode", "printheader", "printfooter", "batch",
    "keepopinfo", "filetype", "nopagebreaks", "dcap", "abstolq", "relv", "ramptime", "absmos",
    "relmos", "absv", "absi", "reli", "nobypass", "incmode", "noincmode", "cstray", "nocstray",
    "lubypass", "nolubypass", "order", "fbbypass", "nofbbypass", "traceload", "notraceload",
    "trstepgrow", "trstephold", "trstepshrink", "trreject", "trsteporder", "trstepcoef", "dampmax",
    "dampmin", "dampstrategy", "roundofftol", "transits", "dtmin", "dtratio", "phase",
  ]
}
