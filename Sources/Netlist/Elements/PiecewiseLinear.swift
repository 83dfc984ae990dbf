import Schematic

extension FileSystem.Failure {
  var reason: String {
    switch self {
    case .missing: "there is no such file"
    case .folder: "this is a folder"
    case .tooLarge: "the file is too large"
    case .unreadable(let words): words
    }
  }
}

/// `PWL(t1 v1 t2 v2 ...) [r=start] [td=delay]` and `PWL file="points.csv"`.
enum PiecewiseLinear {
  static func read(
    _ cursor: inout Cursor, _ context: DecodingContext, into parameters: inout ParameterList,
    opened: Bool = false
  ) throws(Fault) {
    let word = Token(text: "pwl", origin: parameters.origin(of: "waveform") ?? context.origin)
    let open = opened || cursor.take("(")
    let start = cursor.position
    if let key = cursor.key() ?? fileWord(&cursor, from: start), key.text == "file" {
      try readFile(&cursor, context, into: &parameters)
      if open { try cursor.expect(")") }
      return
    }
    cursor.position = start
    var numbers: [Double] = []
    var origins: [Origin] = []
    var isPair = false
    while true {
      // pairs may stand in brackets of their own: PWL((0, 0) (1u, 1))
      if isPair, cursor.take(")") {
        isPair = false
        continue
      }
      guard try Waveform.moreArguments(&cursor, bracketed: open, of: word) else { break }
      if !isPair, cursor.take("(") {
        isPair = true
        continue
      }
      if open, let key = cursor.key() {
        try readAfter(key, &cursor, context, into: &parameters)
        continue
      }
      cursor.skipBlanks()
      let before = cursor.position
      numbers.append(try context.number(&cursor, of: "pwl.points"))
      origins.append(cursor.origin(from: before))
    }
    guard numbers.count > 1, numbers.count % 2 == 0 else {
      throw Fault(
        "odd-points", "pwl takes pairs of time and value", at: origins.last ?? word.origin,
        label: origins.isEmpty ? nil : "this time has no value")
    }
    for index in stride(from: 2, to: numbers.count, by: 2)
    where !(numbers[index] > numbers[index - 2]) {
      throw Fault(
        "points-not-increasing", "the times of pwl must increase", at: origins[index])
    }
    parameters.set("pwl.points", .numbers(numbers), at: word.origin)
    try checkRepeat(parameters)
  }

  /// `r=` and `td=`, behind the points.
  static func readAfter(
    _ key: Token, _ cursor: inout Cursor, _ context: DecodingContext,
    into parameters: inout ParameterList
  ) throws(Fault) {
    guard ["r", "td"].contains(key.text) else {
      throw cursor.unknownKey(key, among: ["r", "td"])
    }
    try context.readValue(
      of: try context.described("pwl.\(key.text)"), named: key.origin, &cursor, into: &parameters)
    try checkRepeat(parameters)
  }

  /// Points cannot repeat from a time that they do not reach.
  static func checkRepeat(_ parameters: ParameterList) throws(Fault) {
    guard let start = parameters["pwl.r"]?.number, let origin = parameters.origin(of: "pwl.r"),
      let last = parameters["pwl.points"]?.numbers?.dropLast().last, start >= last
    else { return }
    throw Fault(
      "out-of-range", "pwl repeats from a time before its last point", at: origin,
      label: "the last is at \(DeviceDescription.numberText(last))")
  }

  /// Xyce's `PWL FILE "name"`, without the equals sign.
  private static func fileWord(_ cursor: inout Cursor, from start: Int) -> Token? {
    cursor.position = start
    guard let word = cursor.word(), word.text == "file" else { return nil }
    return word
  }

  private static func readFile(
    _ cursor: inout Cursor, _ context: DecodingContext, into parameters: inout ParameterList
  ) throws(Fault) {
    let token = try cursor.quoted("the name of a file")
    let path = context.path(token)
    let numbers = try PointsFile.read(path, named: token)
    parameters.set("pwl.file", .text(path), at: token.origin)
    parameters.set("pwl.points", .numbers(numbers), at: token.origin)
  }
}
