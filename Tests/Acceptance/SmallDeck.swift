import Foundation
import TestSupport

/// A deck of 8 x 6 pixels on 48 oscillators, three photographs beside it, in a folder of its own.
struct SmallDeck {
  let folder: URL

  static let text = """
    three photographs on 48 oscillators
    .include "\(Repository.file("circuits/memory/neuron.lib").path)"
    .include "\(Repository.file("circuits/memory/delay-chain.lib").path)"
    .include "\(Repository.file("circuits/memory/tapped-chain.lib").path)"
    .param feedback=60u spread=1e-4 vdd=0.8
    Vdd vdd 0 {vdd}
    Xneuron[0:47] out[0:47] in[0:47] vdd 0 neuron feedback={feedback} detuning={agauss(0,spread,1)}
    YSYNAPSE W from=out[0:47] to=in[0:47] cell=delay_chain topology=chain levels=64
    .views file="cells.json"
    .options fidelity=envelope seed=1
    .patterns images="images/*.png" size=8x6 encode=half
    .train rule=pseudoinverse into=W
    .recall probes=corrupt(0.25) trials=2 tstop=1u stop=error<0.05 thermal=on samples=41
    .end
    """

  /// The deck's text with parts replaced.
  /// - Precondition: each part stands in it.
  static func changed(_ changes: [(String, String)]) -> String {
    changes.reduce(text) { text, change in
      precondition(text.contains(change.0), "no '\(change.0)' in the deck")
      return text.replacingOccurrences(of: change.0, with: change.1)
    }
  }

  static func with<Result>(
    _ changes: [(String, String)] = [], _ body: (SmallDeck) throws -> Result
  ) throws -> Result {
    try Scratch.with { folder in
      let files = FileManager.default
      let images = folder.appendingPathComponent("images")
      try files.createDirectory(at: images, withIntermediateDirectories: false)
      for name in ["camera", "horse", "rocket"] {
        try files.copyItem(
          at: Repository.file("netlists/images/\(name).png"),
          to: images.appendingPathComponent("\(name).png"))
      }
      try files.copyItem(
        at: Repository.file("circuits/memory/cells.json"),
        to: folder.appendingPathComponent("cells.json"))
      let deck = SmallDeck(folder: folder)
      try deck.write(changed(changes))
      return try body(deck)
    }
  }

  func write(_ text: String, as name: String = "deck.cir") throws {
    try text.write(
      to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
  }

  /// Recalls the deck into `out`, without pictures.
  func recall(
    _ words: [String] = [], json: Bool = true, into output: String = "out"
  ) throws -> BuiltProgram {
    try BuiltProgram.run(
      ["recall", "deck.cir", "-o", output, "--no-pictures", "--quiet"] + (json ? ["--json"] : [])
        + words, in: folder)
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
}
