/// Pieces of a page.
enum HTML {
  /// Text as it stands between tags and in quoted attributes.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      // a page must not hold them, whatever a deck does
      case _ where scalar.value < 32 && scalar != "\n" && scalar != "\t": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// One cell of a table: what is read, and what rows are sorted by.
  struct Cell {
    var text: String
    /// Nil: by the text.
    var key: Double?
  }

  /// A table whose columns sort by the buttons in their heads.
  static func table(caption: String, columns: [String], rows: [[Cell]]) -> String {
    var text = "<div class=\"scroll\" tabindex=\"0\" role=\"region\""
    text += " aria-label=\"\(escaped(caption))\">\n"
    text += "<table class=\"sortable\">\n<caption>\(escaped(caption))</caption>\n<thead><tr>\n"
    for column in columns {
      text += "<th scope=\"col\" aria-sort=\"none\"><button type=\"button\">\(escaped(column))"
      text += "</button></th>\n"
    }
    text += "</tr></thead>\n<tbody>\n"
    for row in rows {
      text += "<tr>"
      for cell in row {
        let key = cell.key.map { $0.isFinite ? " data-key=\"\($0)\"" : " data-key=\"\"" } ?? ""
        text += "<td\(key)>\(escaped(cell.text))</td>"
      }
      text += "</tr>\n"
    }
    return text + "</tbody>\n</table>\n</div>\n"
  }

  /// Data for the page's script.
  static func data(_ value: JSON) -> String {
    // "<" would be the only way out of the element
    let text = value.rendered.replacing("<", with: "\\u003c")
    return "<script type=\"application/json\">\(text)</script>\n"
  }

  /// gnuplot's picture as part of a page: without its prologue, its names told apart from those of
  /// other pictures, named by a title.
  static func inline(svg: String, name: String, title: String) -> String {
    guard let start = svg.range(of: "<svg") else { return "" }
    var body = String(svg[start.lowerBound...])
    for quote in ["'", "\""] {
      body = body.replacing(" id=\(quote)", with: " id=\(quote)\(name)-")
      body = body.replacing("xlink:href=\(quote)#", with: "href=\(quote)#\(name)-")
    }
    body = body.replacing("url(#", with: "url(#\(name)-")
    body = body.replacing("<title>Gnuplot</title>", with: "<title>\(escaped(title))</title>")
    if let first = body.range(of: "<desc>"), let last = body.range(of: "</desc>") {
      body.removeSubrange(first.lowerBound..<last.upperBound)
    }
    let label = "role=\"img\" aria-label=\"\(escaped(title))\""
    return "<svg \(label)" + body.dropFirst(4)
  }
}
