import Schematic

/// Parameters that other simulators' larger models know, and that change nothing in the ones here:
/// layout of transistors, limits that only warn, makers' names.
enum ForeignParameters {
  /// By the letter of the element.
  static let ofInstances: [String: Set<String>] = [
    "M": ["sa", "sb", "sd", "nf", "sca", "scb", "scc", "sc", "geo", "min", "rgeo", "thermal"],
    "D": ["thermal"], "V": ["distof1", "distof2"], "I": ["distof1", "distof2"],
  ]

  /// By the type of the model.
  static let ofModels: [String: Set<String>] = [
    "d": [
      "fv_max", "bv_max", "id_max", "te_max", "pd_max", "rth0", "cth0", "mfg", "vpk", "iave",
      "type", "ikr", "ikp", "tcv", "tlev", "tlevc", "tt1", "tt2", "cta", "ctp", "tpb", "tphp",
      "lm", "lp", "wm", "wp", "xom", "xoi", "xm", "xp", "version",
    ],
    "nmos": transistors, "pmos": transistors, "r": ["bv_max", "mfg"], "c": ["bv_max", "mfg"],
  ]

  /// Of levels 2 and 3 and larger ones, which decks leave on cards of level 1: ngspice and gnucap
  /// compute nothing from them at level 1 either.
  private static let transistors: Set<String> = [
    "mfg", "version", "nfs", "xj", "ucrit", "uexp", "utra", "vmax", "neff", "delta", "theta", "eta",
    "kappa", "tcv", "bex", "tlev", "tlevc", "xqc", "wd", "nlev", "gdsnoi", "pbsw", "jssw", "n",
    "lmin", "lmax", "wmin", "wmax", "acm", "hdif", "ldif", "xl", "xw", "mos", "binunit", "capop",
    "capmod", "xpart", "rdc", "rsc", "dell", "del", "wic", "vfb0", "snoi", "tcj", "tpb", "tpbsw",
  ]

  /// Parameters of models that name files, and the files' names where the model gives none.
  static let usualFiles = ["fxpdata": "filep.dat", "fxmdata": "filem.dat"]

  static func warning(_ name: String, at origin: Origin) -> Fault {
    Fault(
      "foreign-parameter", "the parameter '\(name)' of other simulators has no effect here",
      at: origin, severity: .warning)
  }
}
