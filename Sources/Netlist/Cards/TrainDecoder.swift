import Schematic

/// `.train rule=pseudoinverse into=W`
enum TrainDecoder: CardDecoder {
  static let names = [".train"]
  static let rules = ["hebb", "iterative", "pseudoinverse", "storkey"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    var rule: Token?
    var into: Token?
    while !cursor.atEnd {
      let key = try cursor.key("rule= or into=")
      switch key.text {
      case "rule": rule = try cursor.word("a training rule")
      case "into": into = try cursor.word("the name of a synapse matrix")
      default: throw cursor.unknownKey(key, among: ["rule", "into"])
      }
    }
    guard let rule else {
      throw Fault("missing-argument", ".train needs rule=", at: context.origin)
    }
    guard rules.contains(rule.text) else {
      throw Fault(
        "unknown-choice", "there is no training rule '\(rule.text)'", at: rule.origin,
        label: NearMiss.label(rule.text, among: rules),
        help: "it can be \(rules.joined(separator: ", "))")
    }
    guard let into else {
      throw Fault("missing-argument", ".train needs into=", at: context.origin)
    }
    let synapses = context.synapseNames
    guard synapses.contains(into.text) else {
      throw Fault(
        "unknown-synapse", "no synapse matrix named '\(into.text)'", at: into.origin,
        label: NearMiss.label(into.text, among: synapses))
    }
    return .train(
      TrainCard(
        rule: rule.text, ruleOrigin: rule.origin, into: into.text, origin: context.origin,
        intoOrigin: into.origin))
  }
}
