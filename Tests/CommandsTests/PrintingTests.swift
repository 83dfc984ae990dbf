import Foundation
import Synchronization
import Testing

@testable import Commands

@Suite struct PrintingTests {
  @Test func jsonHasNullForWhatIsNotFinite() throws {
    let value = JSON.object([
      "b": .number(.nan), "a": .array([.number(.infinity), .number(0.1), .integer(3)]),
      "c": .optional(nil as Double?), "d": .text("a/b \"c\""), "e": .bool(true), "f": .object([:]),
    ])
    let data = Data(value.rendered.utf8)
    let read = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(read["b"] is NSNull && read["c"] is NSNull)
    let list = try #require(read["a"] as? [Any])
    #expect(list[0] is NSNull)
    #expect(list[1] as? Double == 0.1)
    #expect(list[2] as? Int == 3)
    #expect(read["d"] as? String == "a/b \"c\"")
    #expect(value.rendered.hasSuffix("}\n"))
  }

  @Test func numbersRoundTrip() throws {
    for value in [1.0 / 3, 6.02214076e23, -1e-300, 4.9e-308, 0] {
      let text = JSON.array([.number(value)]).rendered
      let read = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Double])
      #expect(read == [value])
    }
  }

  @Test func quantities() {
    #expect(Quantity.text(4.31e-6, unit: "s") == "4.31 us")
    #expect(Quantity.text(1.3e-7, unit: "J", digits: 3) == "130 nJ")
    #expect(Quantity.text(-2500, unit: "V") == "-2.5 kV")
    #expect(Quantity.text(0, unit: "A") == "0 A")
    #expect(Quantity.text(nil, unit: "s") == "-")
    #expect(Quantity.text(9.9999e-4, unit: "s", digits: 3) == "1 ms")
    #expect(Quantity.percent(0.04212) == "4.21 %")
    #expect(Quantity.text(.nan) == "-")
  }

  @Test func tables() {
    var table = TextTable([("name", .left), ("value", .right)])
    table.append(["a", "1"])
    table.append(["longer", "12.5"])
    #expect(table.text == "name    value\na           1\nlonger   12.5\n")
  }

  @Test func nearMisses() {
    #expect(NearMiss.nearest(to: "recal", among: ["check", "recall"]) == "recall")
    #expect(NearMiss.nearest(to: "rceall", among: ["check", "recall"]) == "recall")
    #expect(NearMiss.nearest(to: "dev", among: ["check", "devices"]) == "devices")
    #expect(NearMiss.nearest(to: "zzz", among: ["check", "recall"]) == nil)
  }

  @Test func progressLines() {
    let line = Progress.line(label: "recall", unit: "trials", done: 60, total: 240, seconds: 5)
    #expect(line == "recall  60/240 trials  25 %  12 trials/s  0:15 left")
    let start = Progress.line(label: "recall", unit: "trials", done: 0, total: 240, seconds: 0)
    #expect(start == "recall  0/240 trials  0 %")
    #expect(Progress.clock(3723) == "1:02:03")
    #expect(Progress.clock(.infinity) == "long")
  }

  @Test func progressDrawsOnlyWhereItShould() {
    final class Log: Sendable {
      let texts = Mutex<[String]>([])
    }
    for (style, drawn) in [(Progress.Style.silent, 0), (.plain, 0), (.terminal, 2)] {
      let log = Log()
      let progress = Progress(label: "a", unit: "b", style: style) { text in
        log.texts.withLock { $0.append(text) }
      }
      for done in 0..<100 { progress.update(done, of: 100) }
      progress.finish()
      progress.update(100, of: 100)
      #expect(log.texts.withLock { $0.count } == drawn, "\(style)")
    }
  }
}
