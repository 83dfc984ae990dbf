import Schematic

/// `Kname L1 L2 [L3 ...] k`.
enum MutualInductanceDecoder: ElementDecoder {
  static let letters = ["K"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Instance? {
    var inductors: [Token] = []
    var parameters = ParameterList()
    // the inductors may stand in a bracket
    var isBracketed = cursor.take("(")
    while !cursor.atEnd {
      if isBracketed {
        if cursor.take(",") { continue }
        if cursor.take(")") {
          isBracketed = false
          continue
        }
      }
      let start = cursor.position
      if let key = cursor.key() {
        try context.readParameter(key, &cursor, into: &parameters)
        continue
      }
      if let word = cursor.word(), isInductor(word.text) {
        inductors.append(word)
        continue
      }
      cursor.position = start
      let value = try context.described("k")
      // a bare word is a parameter only where it comes last
      if parameters["k"] == nil, let word = cursor.word(), !word.text.isNumberLike, !cursor.atEnd {
        throw Fault(
          "not-an-inductor", "'\(word.text)' is no inductor", at: word.origin,
          help: "K elements name inductors, then the coupling coefficient")
      }
      cursor.position = start
      try context.readValue(of: value, &cursor, into: &parameters)
    }
    guard inductors.count > 1 else {
      throw Fault(
        "too-few-inductors", "a mutual inductance couples two inductors or more",
        at: context.origin)
    }
    var names: [String] = []
    for inductor in inductors {
      guard !names.contains(context.scope.prefix + inductor.text) else {
        throw Fault(
          "given-twice", "'\(inductor.text)' is named twice", at: inductor.origin)
      }
      names.append(context.scope.prefix + inductor.text)
    }
    parameters.set(
      "inductors", .text(names.joined(separator: " ")),
      at: inductors[0].origin.through(inductors[inductors.count - 1].origin))
    return try context.finished([], parameters)
  }

  /// The last part of a hierarchical name begins with L.
  private static func isInductor(_ name: String) -> Bool {
    name.split(separator: ".").last?.first == "l"
  }
}

extension Origin {
  /// From here to the end of a later place in the same file.
  func through(_ last: Origin) -> Origin {
    guard last.file == file, last.offset >= offset else { return self }
    return Origin(file: file, offset: offset, length: last.offset + last.length - offset)
  }
}

extension String {
  /// Begins as a number does.
  var isNumberLike: Bool {
    guard let first = utf8.first else { return false }
    return (48...57).contains(first) || [43, 45, 46].contains(first)
  }
}
