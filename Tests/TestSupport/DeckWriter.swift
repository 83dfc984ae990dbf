/// Writes decks by choosing among the productions of the grammar.
public struct DeckWriter {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// Steele, Lea and Flood's SplitMix64, Proc. OOPSLA (2014) 453.
  private mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((word ^ (word >> 31)) % UInt64(limit))
  }

  private mutating func one(_ choices: String...) -> String { choices[below(choices.count)] }

  private mutating func node() -> String { one("a", "b", "c", "0", "a", "b") }

  private mutating func number() -> String {
    one("1", "0.5", "1k", "2.2u", "4k7", "1e-9", "-3", "{p}", "'q*2'", "{p+q}", "10meg")
  }

  private mutating func time() -> String { one("1n", "10n", "1u", "0.5u", "{p*1n}") }

  private mutating func quantity() -> String {
    one("v(a)", "v(a,b)", "i(v1)", "p(r1)", "{\(expression(2))}", "r1:r", "n(b)", "@r1[i]", "w(r1)")
  }

  private mutating func expression(_ depth: Int) -> String {
    guard depth > 0 else { return one("1", "v(a)", "p", "time", "i(v1)", "2.5", "temp", "pi") }
    let (x, y) = (expression(depth - 1), expression(depth - 1))
    switch below(8) {
    case 0: return "(\(x) \(one("+", "-", "*", "/", "**", "<", ">=", "==", "&&", "||")) \(y))"
    case 1: return "\(one("sin", "exp", "abs", "sqr", "u2", "stp", "ddt", "tanh", "nint"))(\(x))"
    case 2: return "\(one("min", "max", "pow", "atan2", "hypot", "fmod", "sign"))(\(x), \(y))"
    case 3: return "(\(x) > 0 ? \(y) : \(x))"
    case 4: return "\(one("table", "pwl", "cubic", "akima", "bli"))(\(x), 0, 0, 1, \(y), 2, 4)"
    case 5: return "limit(\(x), \(y), 2)"
    case 6: return "f(\(x))"
    default: return "-(\(x))"
    }
  }

  private mutating func waveform() -> String {
    let open = one("(", " ", " (")
    let close = open == " " ? "" : ")"
    let body =
      switch below(4) {
      case 0: "pulse\(open)0 1 \(time()) 1n 1n \(time()) 1u"
      case 1: "sin\(open)0 1 1meg 0 \(number())"
      case 2: "pwl\(open)0 0 1n \(number()) 1u 1"
      default: "exp\(open)0 1 0 \(time()) 1u \(time())"
      }
    return body + close
  }

  private mutating func element(_ index: Int) -> String {
    let nodes = below(4) == 0 ? "(\(node()) \(node()))" : "\(node()) \(node())"
    switch below(18) {
    case 12: return "T\(index) \(nodes) c 0 z0=\(one("50", "75")) td=\(one("1n", "{p*3n}", "0.4u"))"
    case 13: return "YDELAY d\(index) \(nodes) a 0 td=\(one("2n", "0.1u", "0"))"
    case 14: return "YMEMRISTOR y\(index) \(nodes) ym \(one("", "xo=0.3"))"
    case 15: return "W\(index) \(nodes) v1 wm"
    case 16:
      return one(
        "F\(index) \(nodes) v1 2", "H\(index) \(nodes) v1 50", "G\(index) \(nodes) a b 1m",
        "I\(index) \(nodes) \(waveform())", "L\(index + 2) \(nodes) 1u ic=1m")
    case 17:
      return "L\(index + 200) \(nodes) 1u\nL\(index + 300) a 0 4u\n"
        + "K\(index) L\(index + 200) L\(index + 300) \(one("0.5", "0.99", "1"))"
    case 0, 1: return "R\(index + 2) \(nodes) \(number()) \(one("", "m=2", "tc1=1m", "tc=1m,2u"))"
    case 2: return "C\(index) \(nodes) \(number()) \(one("", "ic=1"))"
    case 3: return "L\(index + 2) \(nodes) 1u"
    case 4: return "V\(index + 2) \(nodes) \(one("1", "dc 2", "ac 1 90", "")) \(waveform())"
    case 5: return "B\(index) \(nodes) \(one("V", "I"))={\(expression(3))}"
    case 6:
      return "E\(index) \(nodes) \(one("a b 2", "poly(1) a b 0 1", "value={\(expression(2))}"))"
    case 7: return "D\(index) \(nodes) dm \(one("", "2", "off"))"
    case 8: return "M\(index) a b c 0 nm w=1u l=1u \(one("", "nf=1", "m=2"))"
    case 9: return "X\(index) \(node()) \(node()) part \(one("", "g=2", "m=3", "params: g={p}"))"
    case 10: return "X\(index)[0:2] n[0:2] \(node()) part g={index+1}"
    default: return "S\(index) \(nodes) a 0 sm \(one("on", "off", ""))"
    }
  }

  private mutating func measure(_ index: Int) -> String {
    let what =
      switch below(7) {
      case 0: "\(one("max", "min", "avg", "rms", "integ", "max_at")) \(quantity()) from=1n to=1u"
      case 1: "find \(quantity()) at=1n"
      case 2: "when \(quantity())=0.5 \(one("rise=1", "cross=last", "fall=2", "td=1n"))"
      case 3: "trig v(a) val=0.1 rise=1 targ v(b) val=0.9 fall=last"
      case 4: "param='m0 + \(index)'"
      case 5: "err\(one("", "1", "2")) \(quantity()) \(quantity())"
      default: "deriv \(quantity()) when v(a)=\(number())"
      }
    return ".\(one("meas", "measure")) \(one("tran", "dc", "ac", "tran_cont")) m\(index) \(what)"
  }

  private mutating func card(_ index: Int) -> String {
    switch below(14) {
    case 12: return ".four 1meg v(a) v(b)"
    case 13: return ".data d p q\n+ 1 2 3 4\n.enddata\n.step data=d"
    case 0: return ".tran \(time()) 2u \(one("", "0", "0 1n", "uic"))"
    case 1: return ".dc v1 0 1 0.1 \(one("", "r1 list 1 2 3"))"
    case 2: return ".ac \(one("dec", "oct", "lin")) 3 1 1k"
    case 3: return ".noise v(a,b) v1 dec 2 1 1k \(one("", "1"))"
    case 4: return ".step \(one("p 1 3 1", "lin r1 1 3 1", "r1:r list 1 2", "dec temp 1 10 2"))"
    case 5, 6: return measure(index)
    case 7, 8: return ".print \(one("tran", "dc", "ac")) \(quantity()) \(quantity())"
    case 9: return ".\(one("ic", "nodeset")) v(a)=1"
    case 10: return ".options \(one("reltol=1e-4", "timeint abstol=1e-8", "itl4=100", "interp"))"
    default: return ".if (p \(one("=", "==", ">", "<")) 1)\n\(element(index + 100))\n.endif"
    }
  }

  public mutating func deck() -> String {
    var lines = [
      "composed", ".param p=1 q={p+1}", ".func f(x) {x*p}", ".model dm d", ".model nm nmos",
      ".model sm sw vt=1", ".model wm csw it=1m",
      ".model ym memristor level=1", ".subckt part x y g=1", "R1 x y {g}", ".ends", "R1 a b 1k",
      "R2 b c 1",
      "V1 c 0 1",
    ]
    for index in 1...1 + below(6) { lines.append(element(index)) }
    for index in 0..<below(6) { lines.append(card(index)) }
    return lines.joined(separator: one("\n", "\n", "\r\n")) + "\n.end\n"
  }
}
