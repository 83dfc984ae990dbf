import Devices
import Foundation
import Netlist
import Numerics
import Schematic
import Testing

/// No input may crash the reader: decks of both corpora, cut up and put together again at random,
/// are read to the end, within bounds. The seed is fixed and the time bounded; for a longer hunt
/// set OSCINE_FUZZ_SECONDS and OSCINE_FUZZ_SEED.
@Suite struct MutationTests {
  /// Pieces of the grammar, to be put where they do not belong.
  static let fragments = [
    "{", "}", "(", ")", "'", "\"", "=", ",", "+ ", "\n+ ", "\n", "*", "$", ";", ".if (1)\n",
    ".endif\n", ".else\n", ".subckt s a b\n", ".ends\n", ".model m d\n", "[0:3]", "[*]", "[", "]",
    "1e999", "-", "1k", "V(", "I(r1)", "time", "**", "?", ":", "&&", "||", "^", "PULSE(", "POLY(2)",
    "TABLE", "PWL(", ".end\n", ".lib tt\n", ".endl\n", ".include \"mutant.cir\"\n", ".param a=a\n",
    ".func f(x) {f(x)}\n", "X1 a b s\n", "\u{0}", "\u{FF}", "é", "{index}", "agauss(0,1,1)",
    ".step ", ".dc ", ".measure tran m ", ".print tran ", "list", "dec", "999999999999", "ddt(",
    "model=", "W=", "ic=", "params:", "=-1", "0", "gnd", ".global ", ".data d r\n",
    "YSYNAPSE W from=a[0:3] to=b[0:3] cell=s\n", "K1 l1 l2 2\n", "YSTO x a 0 model=m\n",
  ].map { Array($0.utf8) }

  private struct Source {
    var stream: RandomStream

    init(seed: UInt64) {
      stream = RandomStream(seed: seed, sample: 0, instance: 0, purpose: .parameter)
    }

    mutating func below(_ limit: Int) -> Int {
      limit < 2 ? 0 : min(limit - 1, Int(stream.uniform() * Double(limit)))
    }
  }

  @Test func mutantsAreReadToTheEnd() throws {
    let decks = try ["Good", "Faulty"].flatMap { folder in
      try Corpus.decks(in: folder).filter { !$0.hasPrefix("hostile") && $0 != "array-huge" }.map {
        name in
        Array(
          try Data(contentsOf: Corpus.folder(folder).appendingPathComponent(name + ".cir")))
      }
    }
    let path = Corpus.folder("Good").appendingPathComponent("mutant.cir").path
    let environment = ProcessInfo.processInfo.environment
    let seconds = environment["OSCINE_FUZZ_SECONDS"].flatMap { Double($0) } ?? 2
    let limit = environment["OSCINE_FUZZ_SECONDS"] == nil ? 1500 : Int.max
    var source = Source(seed: environment["OSCINE_FUZZ_SEED"].flatMap { UInt64($0) } ?? 20)
    let clock = ContinuousClock()
    let start = clock.now
    var count = 0
    var withoutError = 0
    while count < limit, clock.now - start < .seconds(seconds) {
      let mutant = mutate(decks, &source)
      let before = clock.now
      let reading = DeckReader.read(text: mutant, path: path, devices: Catalogue.all)
      #expect((reading.circuit == nil) == reading.faults.contains { $0.severity == .error })
      if reading.circuit != nil { withoutError += 1 }
      if count % 16 == 0 { _ = Corpus.rendered(reading) }
      count += 1
      // generous: one deck in hundreds of bytes takes milliseconds
      #expect(clock.now - before < .seconds(30), "\(String(decoding: mutant, as: UTF8.self))")
    }
    // the mutants are decks still: some are read, most have faults
    #expect(count > 20)
    #expect(withoutError < count)
  }

  private func mutate(_ decks: [[UInt8]], _ source: inout Source) -> [UInt8] {
    var deck = decks[source.below(decks.count)]
    for _ in 0...source.below(6) {
      let place = source.below(deck.count + 1)
      switch source.below(7) {
      case 0: deck.insert(contentsOf: Self.fragments[source.below(Self.fragments.count)], at: place)
      case 1:
        let length = min(source.below(20), deck.count - place)
        deck.removeSubrange(place..<place + length)
      case 2:
        if place < deck.count { deck[place] = UInt8(source.below(256)) }
      case 3: swapLines(&deck, &source)
      case 4:
        // a line of another deck
        let other = decks[source.below(decks.count)].split(separator: 10)
        guard !other.isEmpty else { continue }
        deck.insert(contentsOf: [10] + other[source.below(other.count)] + [10], at: place)
      case 5:
        let length = min(source.below(40), deck.count - place)
        let piece = Array(deck[place..<place + length])
        for _ in 0..<source.below(8) { deck.insert(contentsOf: piece, at: place) }
      default: deck.removeSubrange(min(place + 200, deck.count)..<deck.count)
      }
    }
    return deck
  }

  private func swapLines(_ deck: inout [UInt8], _ source: inout Source) {
    var lines = deck.split(separator: 10, omittingEmptySubsequences: false)
    guard lines.count > 1 else { return }
    lines.swapAt(source.below(lines.count), source.below(lines.count))
    deck = Array(lines.joined(separator: [10]))
  }
}
