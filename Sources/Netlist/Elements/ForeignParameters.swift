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
      "type",
    ],
    "nmos": ["mfg"], "pmos": ["mfg"], "r": ["bv_max", "mfg"], "c": ["bv_max", "mfg"],
  ]

  /// Parameters of models that name files, and the files' names where the model gives none.
  static let usualFiles = ["fxpdata": "filep.dat", "fxmdata": "filem.dat"]

  static func warning(_ name: String, at origin: Origin) -> Fault {
    Fault(
      "foreign-parameter", "the parameter '\(name)' of other simulators has no effect here",
      at: origin, severity: .warning)
  }
}
