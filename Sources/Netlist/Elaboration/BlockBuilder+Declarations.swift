import Schematic

extension BlockBuilder {
  /// `name=value` pairs to the end of the statement, commas tolerated.
  func assignments(_ cursor: inout Cursor) throws(Fault) -> [ParameterDeclaration] {
    var list: [ParameterDeclaration] = []
    while !cursor.atEnd {
      if cursor.take(",") { continue }
      try checkCount(list.count, at: cursor.here)
      let key = try cursor.key("name=value")
      list.append(try assignment(&cursor, key))
    }
    return list
  }

  /// No statement names more things than this: what is compared pairwise must stay short.
  static let countLimit = 10_000

  private func checkCount(_ count: Int, at origin: Origin) throws(Fault) {
    guard count < BlockBuilder.countLimit else {
      throw Fault(
        "too-many-arguments",
        "a statement takes at most \(BlockBuilder.countLimit) nodes or arguments", at: origin)
    }
  }

  func assignment(
    _ cursor: inout Cursor, _ key: Token
  ) throws(Fault) -> ParameterDeclaration {
    cursor.skipBlanks()
    let start = cursor.position
    if cursor.byte == UInt8(ascii: "\"") {
      let text = try cursor.quoted("a text")
      return ParameterDeclaration(
        name: key.text, text: text.text, origin: text.origin, place: key.origin)
    }
    let expression = try cursor.expression()
    return ParameterDeclaration(
      name: key.text, expression: expression, origin: cursor.origin(from: start),
      place: key.origin)
  }

  mutating func parameters(_ cursor: inout Cursor, global: Bool) throws(Fault) {
    let target = global ? 0 : frames.count - 1
    guard !cursor.atEnd else {
      throw Fault("expected-argument", "expected name=value", at: cursor.here)
    }
    var declarations: [ParameterDeclaration] = []
    while !cursor.atEnd {
      if cursor.take(",") { continue }
      try checkCount(declarations.count, at: cursor.here)
      // functions may be declared here too: .param f(x)='...'
      var ahead = cursor
      if ahead.word() != nil, ahead.take("(") {
        try function(&cursor)
        continue
      }
      declarations.append(try assignment(&cursor, try cursor.key("name=value")))
    }
    for declaration in declarations {
      if let fault = BlockBuilder.fault(ofName: declaration) { faults.report(fault) }
      if frames[target].block.parameters.updateValue(declaration, forKey: declaration.name)
        == nil
      {
        frames[target].block.parameterOrder.append(declaration.name)
      } else {
        faults.report(
          Fault(
            "duplicate-parameter", "'\(declaration.name)' is set twice; this value counts",
            at: declaration.origin, severity: .warning))
      }
    }
  }

  /// Names that no expression could read as a parameter.
  private static func fault(ofName declaration: ParameterDeclaration) -> Fault? {
    let name = declaration.name
    if ["time", "temp", "temper", "freq", "hertz"].contains(name) {
      return Fault(
        "reserved-name", "'\(name)' is known to every deck and cannot be a parameter",
        at: declaration.place, help: name.hasPrefix("temp") ? "set it with .temp" : nil)
    }
    guard let first = name.utf8.first, (48...57).contains(first) || first == 46 else { return nil }
    return Fault(
      "malformed-name", "the name of a parameter cannot begin as a number does",
      at: declaration.place)
  }

  /// `.func name(a, b) {body}`, with or without an equals sign.
  mutating func function(_ cursor: inout Cursor) throws(Fault) {
    let name = try cursor.word("the name of a function")
    try cursor.expect("(")
    var formals: [String] = []
    var known: Set<String> = []
    while !cursor.take(")") {
      try checkCount(formals.count, at: cursor.here)
      let formal = try cursor.word("the name of an argument")
      if !known.insert(formal.text).inserted {
        faults.report(
          Fault(
            "duplicate-argument", "there is already an argument '\(formal.text)'",
            at: formal.origin))
      }
      formals.append(formal.text)
      _ = cursor.take(",")
    }
    _ = cursor.take("=")
    let body = try cursor.expression(condition: true)
    guard Function.named[name.text] == nil,
      !ExpressionParser.probeFunctions.contains(name.text), name.text != "par"
    else {
      throw Fault(
        "reserved-function", "'\(name.text)' is a function of the language", at: name.origin)
    }
    let declaration = FunctionDeclaration(formals: formals, body: body, origin: name.origin)
    if let first = top.block.functions.updateValue(declaration, forKey: name.text) {
      throw duplicate("function", name, first.origin)
    }
  }

  /// `.model name type (a=1 b=2)`, brackets and commas tolerated.
  mutating func model(_ cursor: inout Cursor, _ line: LogicalLine) throws(Fault) {
    let name = try cursor.word("the name of a model")
    var type = try cursor.word("the type of the model")
    var base: Token?
    if type.text.hasPrefix("ako:") {
      base = Token(text: String(type.text.dropFirst(4)), origin: type.origin)
      // the type may be said again
      let start = cursor.position
      if cursor.key() == nil, let written = cursor.word() {
        type = written
      } else {
        cursor.position = start
      }
    }
    var declaration = ModelDeclaration(
      name: name, type: type, base: base, parameters: [], origin: line.origin)
    do throws(Fault) {
      declaration.parameters = try modelParameters(&cursor)
    } catch {
      // known all the same, so that its elements do not miss it
      declaration.fault = error
      cursor.position = cursor.end
    }
    if let first = top.block.models.updateValue(declaration, forKey: name.text) {
      throw duplicate("model", name, first.name.origin)
    }
  }

  /// Parameters of models whose values are texts with or without quotes.
  private static let texts =
    Set(["version", "mfg", "vendor"]).union(ForeignParameters.usualFiles.keys)

  private func modelParameters(
    _ cursor: inout Cursor
  ) throws(Fault) -> [ParameterDeclaration] {
    var list: [ParameterDeclaration] = []
    var bracketed = cursor.take("(")
    while !cursor.atEnd {
      if cursor.take(",") { continue }
      if bracketed, cursor.take(")") { break }
      if !bracketed, cursor.take("(") {
        bracketed = true
        continue
      }
      try checkCount(list.count, at: cursor.here)
      let key = try cursor.key("name=value")
      if Self.texts.contains(key.text) {
        // 3.3.0 is a version and no number, points.csv a file
        let text = try cursor.quoted("a text")
        list.append(
          ParameterDeclaration(
            name: key.text, text: text.text, origin: text.origin, place: key.origin))
      } else {
        list.append(try assignment(&cursor, key))
      }
    }
    return list
  }

  /// `.subckt name port ... [params:] a=1 b={2*a}`
  mutating func subcircuit(_ cursor: inout Cursor) throws(Fault) {
    guard let name = cursor.word() else {
      // opened all the same, so that its .ends finds it
      let nameless = Token(text: "", origin: cursor.here)
      frames = try push(
        Frame(kind: .subcircuit(name: nameless, ports: Ports(), parameters: [])), at: cursor.here)
      throw Fault(
        "expected-word", "expected the name of a subcircuit", at: cursor.here,
        label: cursor.found)
    }
    var ports = Ports()
    var parameters: [ParameterDeclaration] = []
    var fault: Fault?
    do throws(Fault) {
      ports = try self.ports(&cursor)
      parameters = try assignments(&cursor)
    } catch { fault = error }
    var frame = Frame(kind: .subcircuit(name: name, ports: ports, parameters: parameters))
    for declaration in parameters {
      frame.block.parameters[declaration.name] = declaration
      frame.block.parameterOrder.append(declaration.name)
    }
    // opened even where it is wrong, so that what follows stands inside it
    frames = try push(frame, at: name.origin)
    if let fault { throw fault }
  }

  private func ports(_ cursor: inout Cursor) throws(Fault) -> Ports {
    var ports = Ports()
    var known: Set<String> = []
    var isOptional = false
    var isBracketed = false
    while !cursor.atEnd {
      let start = cursor.position
      let key = cursor.key()
      if key != nil, !isOptional {
        cursor.position = start
        break
      }
      // the ports may stand in a bracket
      if ports.names.isEmpty, key == nil, cursor.take("(") { isBracketed = true }
      if isBracketed {
        if cursor.take(",") { continue }
        if cursor.take(")") {
          isBracketed = false
          continue
        }
      }
      try checkCount(ports.names.count, at: cursor.here)
      let port: Token
      if let key { port = key } else { port = try cursor.word("a port") }
      if key == nil {
        if port.text == "params:" || port.text == "params" { break }
        if port.text == "optional:" || port.text == "optional" {
          isOptional = true
          _ = cursor.take(":")
          continue
        }
        guard !isOptional else {
          throw Fault("expected-argument", "expected port=node behind optional:", at: port.origin)
        }
      }
      if !known.insert(port.text).inserted {
        faults.report(
          Fault("duplicate-port", "there is already a port '\(port.text)'", at: port.origin))
      } else if port.text == "0" {
        faults.report(
          Fault("ground-port", "ground is the same everywhere and no port", at: port.origin))
      }
      ports.names.append(port.text)
      if key != nil { ports.defaults.append(try cursor.word("the node of '\(port.text)'")) }
    }
    _ = cursor.take(":")
    return ports
  }

  mutating func ends(_ card: Token, _ cursor: inout Cursor) throws(Fault) {
    guard case .subcircuit(let open, _, _) = top.kind else {
      if case .branch = top.kind {
        throw Fault(
          "misplaced-ends", "this .ends stands inside an .if that is still open",
          at: card.origin)
      }
      // ends nothing, and so changes nothing
      _ = cursor.word()
      faults.report(
        Fault(
          "misplaced-ends", "there is no open subcircuit to end", at: card.origin,
          severity: .warning))
      return
    }
    let written = cursor.word()
    endSubcircuit()
    if let written, written.text != open.text {
      faults.report(
        Fault(
          "misplaced-ends", "this ends '\(open.text)', not '\(written.text)'",
          at: written.origin, severity: .warning))
    }
  }

  mutating func conditional(_ card: Token, _ cursor: inout Cursor) throws(Fault) {
    if card.text == ".if" {
      let kind = Kind.branch(
        .init(branches: []), condition: Expression(number: 0), origin: card.origin)
      frames = try push(Frame(kind: kind), at: card.origin)
      // opened first: where the condition is wrong, its .endif still has something to end
      top.kind = .branch(
        .init(branches: []), condition: try cursor.expression(condition: true), origin: card.origin)
      return
    }
    guard case .branch(var conditional, let condition, let origin) = top.kind else {
      throw Fault("misplaced-if", "there is no open .if for this", at: card.origin)
    }
    if card.text == ".endif" { return endConditional() }
    conditional.branches.append(
      .init(condition: condition, origin: origin, block: top.block))
    // a branch that is wrong is never taken
    top = Frame(
      kind: .branch(conditional, condition: Expression(number: 0), origin: card.origin))
    if condition == nil {
      throw Fault("misplaced-if", "nothing but .endif can follow .else", at: card.origin)
    }
    let next = card.text == ".else" ? nil : try cursor.expression(condition: true)
    top.kind = .branch(conditional, condition: next, origin: card.origin)
  }

  /// `Xname node ... subcircuit [params:] a=1`
  func call(
    _ name: Token, _ cursor: inout Cursor, _ line: LogicalLine
  ) throws(Fault) -> SubcircuitCall {
    var words: [Token] = []
    // the nodes may stand in a bracket: X1 (a b) s
    var isBracketed = cursor.take("(")
    while !cursor.atEnd {
      if isBracketed, cursor.take(")") {
        isBracketed = false
        continue
      }
      if isBracketed, cursor.take(",") { continue }
      let start = cursor.position
      if cursor.key() != nil {
        cursor.position = start
        break
      }
      let word = try cursor.word("a node or the name of a subcircuit")
      if word.text == "params:" || word.text == "params" { break }
      try checkCount(words.count, at: word.origin)
      words.append(word)
    }
    _ = cursor.take(":")
    let parameters = try assignments(&cursor)
    guard let definition = words.popLast() else {
      throw Fault(
        "expected-word", "expected nodes and the name of a subcircuit", at: name.origin)
    }
    return SubcircuitCall(
      name: name, array: try ArrayName(name), nodes: words, definition: definition,
      parameters: parameters, line: line)
  }
}
