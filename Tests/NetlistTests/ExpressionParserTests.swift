import Numerics
import Schematic
import Testing

@testable import Netlist

@Suite struct ExpressionParserTests {
  private func parse(_ text: String, _ dialect: Dialect = .xyce) throws -> Expression {
    let bytes = Array(text.utf8)
    let source = SourceFile(path: "t", folder: "/", bytes: bytes)
    let line = LogicalLine(file: 0, start: 0, end: Int32(bytes.count))
    var cursor = Cursor(line, in: source, dialect: dialect, faults: FaultCollector())
    let expression = try cursor.expression()
    try cursor.finish()
    return expression
  }

  private func value(_ text: String, _ dialect: Dialect = .xyce) throws -> Double {
    try parse(text, dialect).evaluate(in: StaticEnvironment())
  }

  @Test(arguments: [
    ("1+2*3", 7.0), ("{(1+2)*3}", 9), ("'2**3**2'", 512), ("-2**2", -4), ("2**-1", 0.5),
    ("1 + 2", 3), ("{ 8 / 4 / 2 }", 1), ("1 ? 2 : 0 ? 3 : 4", 2), ("0 ? 2 : 0 ? 3 : 4", 4),
    ("{1 < 2 && 3 >= 3 || 0}", 1), ("!0", 1), ("{1 == 2 ^ 1 == 1}", 1), ("7%4", 3),
    ("if(1 > 2, 5, 6)", 6), ("limit(5, 0, 1)", 1), ("log(100)", 2), ("ln(1)", 0),
    ("table(1.5, 1, 10, 2, 20)", 15),
    ("{table {1+0.5} = (1, 10) (2, 20)}", 15), ("{2*(table {5} (1,10), (2,20))}", 40),
    ("min(3, 1, 2)", 1), ("{temp}", 27), ("--3", 3),
  ])
  func values(_ text: String, _ expected: Double) throws {
    #expect(abs(try value(text) - expected) < 1e-12)
  }

  @Test func dialects() throws {
    #expect(try value("2^3", .ngspice) == 8)
    #expect(try value("{2^3}", .xyce) == 0)
    #expect(abs(try value("log(2)", .ngspice) - naturalLogarithm(2)) < 1e-15)
  }

  @Test func blanksSeparateBareValues() throws {
    let bytes = Array("0 -1 2*3 a + b c".utf8)
    let source = SourceFile(path: "t", folder: "/", bytes: bytes)
    var cursor = Cursor(
      LogicalLine(file: 0, start: 0, end: Int32(bytes.count)), in: source, dialect: .xyce,
      faults: FaultCollector())
    var sizes: [Int] = []
    while !cursor.atEnd { sizes.append(try cursor.expression().nodes.count) }
    #expect(sizes == [1, 1, 3, 3, 1])
  }

  /// Random trees written out and read again give Swift's own value.
  @Test func randomExpressions() throws {
    var stream = RandomStream(seed: 5, purpose: .parameter)
    func tree(_ depth: Int) -> (text: String, value: Double) {
      if depth == 0 {
        let value = (stream.uniform() * 1000).rounded() / 64
        return ("\(value)", value)
      }
      let a = tree(depth - 1)
      let b = tree(depth - 1)
      switch Int(stream.uniform() * 7) {
      case 0: return ("(\(a.text)+\(b.text))", a.value + b.value)
      case 1: return ("(\(a.text) - \(b.text))", a.value - b.value)
      case 2: return ("\(a.text)*\(b.text)", a.value * b.value)
      case 3: return ("sin(\(a.text))", sine(a.value))
      case 4: return ("max(\(a.text), \(b.text))", max(a.value, b.value))
      case 5: return ("if(\(a.text) < \(b.text), 1, \(a.text))", a.value < b.value ? 1 : a.value)
      default: return ("abs(-(\(a.text)))", abs(a.value))
      }
    }
    for _ in 0..<200 {
      let (text, expected) = tree(4)
      let found = try value("{\(text)}")
      #expect(abs(found - expected) <= 1e-9 * max(1, abs(expected)), "\(text)")
    }
  }

  @Test(arguments: [
    ("4.7u", 4.7e-6), ("1k", 1e3), ("10MEGohm", 1e7), ("3mil", 76.2e-6), ("2X", 2e6),
    ("1.5e3", 1500), ("1e-3k", 1), (".5", 0.5), ("100pF", 1e-10), ("1a", 1), ("1aF", 1e-18),
    ("2Amps", 2), ("5T", 5e12),
    ("2µ", 2e-6), ("123456789012345678901234", 1.2345678901234568e23), ("10V", 10), ("1E3Hz", 1e3),
  ])
  func numbers(_ text: String, _ expected: Double) throws {
    #expect(try value(text) == expected)
  }

  @Test(arguments: [
    ("1m5", "malformed-number"), ("1e999", "number-overflow"), ("{1+", "expected-value"),
    ("{1", "unterminated-expression"), ("{1 2}", "expected-operator"),
    ("(1", "unterminated-expression"),
    ("1 ? 2", "expected-mark"), ("v(a,b,c)", "wrong-argument-count"), ("a = 2", "unexpected-text"),
  ])
  func mistakes(_ text: String, _ identifier: String) {
    #expect { try parse(text) } throws: { ($0 as? Fault)?.identifier == identifier }
  }

  @Test func deepNestingIsRefused() {
    for text in [
      String(repeating: "(", count: 100_000), String(repeating: "-", count: 100_000) + "1",
      String(repeating: "1**", count: 100_000) + "1", String(repeating: "sin(", count: 100_000),
      String(repeating: "1?1:", count: 100_000) + "1",
    ] {
      #expect { try parse(text) } throws: { ($0 as? Fault)?.identifier == "nesting-too-deep" }
    }
  }

  @Test func longSumsAreFine() throws {
    #expect(try value(String(repeating: "1+", count: 100_000) + "1") == 100_001)
  }

  @Test func warnings() {
    let reading = DeckText.read("R1 a 0 10MOhm\nR2 a 0 {2^3}\n.param p={(1>2)^(2>1)}")
    #expect(reading.circuit != nil)
    #expect(reading.faults.map(\.identifier) == ["milli-suffix", "exclusive-or"])
    #expect(reading.faults.allSatisfy { $0.severity == .warning })
  }
}
