import Schematic

/// A statement: one line with its `+` continuations, as a range of bytes of its file.
struct LogicalLine: Sendable {
  var file: Int32
  var start: Int32
  var end: Int32

  var origin: Origin { Origin(file: file, offset: start, length: end - start) }
}

/// Cuts a file into statements: comment lines and blank lines fall out, continuation lines are
/// joined (with comment and blank lines between them, which the cursor skips).
struct LineSplitter {
  let bytes: [UInt8]
  let file: Int32
  private var position: Int

  init(bytes: [UInt8], file: Int32) {
    self.bytes = bytes
    self.file = file
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The first physical line, whatever it holds: a deck's title.
  mutating func title() -> String {
    let start = position
    let end = endOfLine(start)
    position = min(end + 1, bytes.count)
    var text = bytes[start..<end]
    while let last = text.last, last == 13 || last == 32 || last == 9 { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }

  mutating func next() -> LogicalLine? {
    while position < bytes.count {
      let start = firstVisible(position)
      let end = endOfLine(start)
      position = min(end + 1, bytes.count)
      guard start < end, !isComment(bytes[start]) else { continue }
      var last = end
      // look over comments and blanks for a continuation
      var ahead = position
      while ahead < bytes.count {
        let first = firstVisible(ahead)
        let stop = endOfLine(first)
        if first < stop && bytes[first] == UInt8(ascii: "+") {
          last = stop
          position = min(stop + 1, bytes.count)
        } else if first < stop && !isComment(bytes[first]) {
          break
        }
        ahead = min(stop + 1, bytes.count)
      }
      if last == end && ahead > position { skipped(to: ahead) }
      return LogicalLine(file: file, start: Int32(start), end: Int32(last))
    }
    return nil
  }

  /// What lay between was comment and blank: no need to look at it again.
  private mutating func skipped(to ahead: Int) { position = ahead }

  private func isComment(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "$")
  }

  private func firstVisible(_ start: Int) -> Int {
    var i = start
    while i < bytes.count, bytes[i] == 32 || bytes[i] == 9 || bytes[i] == 13 { i += 1 }
    return i
  }

  private func endOfLine(_ start: Int) -> Int {
    var i = start
    while i < bytes.count, bytes[i] != 10 { i += 1 }
    return i
  }
}
