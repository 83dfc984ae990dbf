import Schematic

/// What a decoder may ask of the deck around the statement it reads.
final class DecodingContext {
  let elaborator: Elaborator
  let scope: Scope
  /// Letter of the element, upper case ("R", "YSTO"); name of the card, with the point.
  let kind: String
  /// The element's name as written, lower case, with its element number in an array.
  let name: String
  /// The statement.
  let origin: Origin
  /// Number of this element in its array, row-major, and how many there are; nil for no array.
  let index: Int?
  let count: Int
  /// A mistake of this statement has been told; what merely follows from it need not be.
  private(set) var hasReported = false
  private var bracketIsOpen = false

  init(
    _ elaborator: Elaborator, _ scope: Scope, kind: String, name: String, origin: Origin,
    index: Int? = nil, count: Int = 1
  ) {
    self.elaborator = elaborator
    self.scope = scope
    self.kind = kind
    self.name = name
    self.origin = origin
    self.index = index
    self.count = count
  }

  /// Hierarchical: "xneuron[3].rload".
  var fullName: String { scope.prefix + name }

  /// Tells a mistake without ending the decoding.
  func report(_ fault: Fault) {
    hasReported = hasReported || fault.severity == .error
    elaborator.report(fault, in: scope)
  }

  /// What the catalogue says of this element's device.
  var device: DeviceDescription? { elaborator.devices[kind] }

  /// A value and where it was written.
  struct Written {
    var value: ParameterValue
    var origin: Origin
  }

  /// Reads the value of parameter `parameter` of this element or card: a number, a text in double
  /// quotes, or an expression of circuit quantities. The parameter's name keys random draws.
  func value(_ cursor: inout Cursor, of parameter: String) throws(Fault) -> Written {
    cursor.skipBlanks()
    let start = cursor.position
    if let number = try cursor.literal() {
      return Written(value: .number(number), origin: cursor.origin(from: start))
    }
    if cursor.byte == UInt8(ascii: "\"") {
      let text = try cursor.quoted("a text")
      return Written(value: .text(text.text), origin: text.origin)
    }
    let expression = try cursor.expression()
    let origin = cursor.origin(from: start)
    return Written(value: try bind(expression, of: parameter), origin: origin)
  }

  /// As `value`, where only a number will do.
  func number(_ cursor: inout Cursor, of parameter: String) throws(Fault) -> Double {
    let written = try value(&cursor, of: parameter)
    switch written.value {
    case .number(let number): return number
    case .expression:
      throw Fault(
        "not-constant", "'\(parameter)' must be a constant, not an expression of the circuit",
        at: written.origin)
    default:
      throw Fault("not-a-number", "'\(parameter)' must be a number", at: written.origin)
    }
  }

  /// As `number`, where only one in `range` will do.
  func number(
    _ cursor: inout Cursor, of parameter: String, in range: ClosedRange<Double>
  ) throws(Fault) -> Double {
    cursor.skipBlanks()
    let start = cursor.position
    let value = try number(&cursor, of: parameter)
    let described = DeviceDescription.Parameter(parameter, unit: "1", range: range, "")
    if let fault = described.fault(of: .number(value), at: cursor.origin(from: start)) {
      throw fault
    }
    return value
  }

  /// As `number`, where only a whole number in `range` will do.
  func integer(
    _ cursor: inout Cursor, of parameter: String, in range: ClosedRange<Int>
  ) throws(Fault) -> Int {
    cursor.skipBlanks()
    let start = cursor.position
    let number = try number(&cursor, of: parameter)
    guard let whole = Int(exactly: number), range.contains(whole) else {
      throw Fault(
        "out-of-range",
        "'\(parameter)' must be a whole number from \(range.lowerBound) to \(range.upperBound)",
        at: cursor.origin(from: start))
    }
    return whole
  }

  /// The value of an expression read by `Cursor.expression()`.
  func bind(_ expression: Expression, of parameter: String) throws(Fault) -> ParameterValue {
    try elaborator.bind(
      expression, in: scope, instance: fullName, place: parameter, index: index)
  }

  /// Reads a node of this element and gives its index, made if new. `out[0:191]` gives the node of
  /// this element of an array as long.
  func terminal(_ cursor: inout Cursor) throws(Fault) -> Int32 {
    // the nodes may stand in a bracket: R1 (a b) 1k
    if cursor.take("(") { bracketIsOpen = true }
    if bracketIsOpen { _ = cursor.take(",") }
    let node = try terminal(try cursor.word("a node"))
    if bracketIsOpen, cursor.take(")") { bracketIsOpen = false }
    return node
  }

  func terminal(_ token: Token) throws(Fault) -> Int32 {
    guard let array = try elaborator.arrayName(token) else {
      return elaborator.node(token.text, in: scope, at: token.origin)
    }
    guard let index, array.count == count else {
      throw Fault(
        "array-length",
        index == nil
          ? "'\(token.text)' is \(array.count) nodes, but this element is no array"
          : "'\(token.text)' is \(array.count) nodes for \(count) elements", at: token.origin)
    }
    return elaborator.node(array.element(index), in: scope, at: token.origin)
  }

  /// Whether a `.model` of this name can be seen from here.
  func isModel(_ name: String) -> Bool { scope.model(name) != nil }

  /// Index of the model, which is evaluated if this is its first use.
  func model(_ token: Token) throws(Fault) -> Int32 {
    try elaborator.model(token, in: scope)
  }

  /// The evaluated model with this index.
  func model(at index: Int32) -> Model { elaborator.circuit.models[Int(index)] }

  /// The finished instance of this element.
  func instance(
    _ terminals: [Int32], _ parameters: ParameterList, model: Int32 = -1
  ) throws(Fault) -> Instance {
    Instance(
      name: fullName, device: kind, model: model, cell: scope.cell, terminals: terminals,
      parameters: parameters, origin: origin)
  }

  // MARK: for cards

  func setOption(_ name: Token, _ value: ParameterValue) {
    elaborator.circuit.options[name.text] = .init(value: value, origin: name.origin)
  }

  func setTemperature(_ celsius: Double) {
    if !elaborator.temperatureIsGiven { elaborator.circuit.temperature = celsius }
  }

  /// Index of a node that some element is connected to: "x1.out", "out[3]".
  /// - Throws: "unknown-node" with the nearest name.
  func existingNode(_ token: Token) throws(Fault) -> Int32 {
    try elaborator.existingNode(token.text, in: scope, at: token.origin)
  }

  /// The nodes of `out[*]` or `out[2:5]`, in order; one for a plain name.
  func existingNodes(_ token: Token) throws(Fault) -> [Int32] {
    try elaborator.existingNodes(token, in: scope)
  }

  /// Names of the synapse matrices, whether they were right or not.
  var synapseNames: [String] {
    elaborator.synapses.map {
      $0.scope.prefix + ($0.statement.name.text.split(separator: "!").last ?? "")
    }
  }

  /// Whether an element of this name exists: "x1.vdd", "vdd".
  func isInstance(_ name: String) -> Bool { elaborator.isInstance(scope.prefix + name) }

  /// The path of a file named in this statement, absolute, relative to the file it is written in.
  func path(_ token: Token) -> String { elaborator.path(token.text, at: token.origin) }

  /// The files of a pattern such as "images/*.png", absolute and sorted.
  /// - Throws: "no-such-file" where there is none.
  func files(_ token: Token) throws(Fault) -> [String] {
    try elaborator.files(token.text, at: token.origin)
  }
}
