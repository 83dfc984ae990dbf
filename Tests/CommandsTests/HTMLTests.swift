import Testing

@testable import Commands

/// What a deck says must not become part of a page's tree.
@Suite struct HTMLTests {
  @Test func textStaysText() {
    #expect(HTML.escaped("a<b & \"c\">\u{1}") == "a&lt;b &amp; &quot;c&quot;&gt; ")
    let data = HTML.data(.object(["a": .text("</script><b>")]))
    #expect(data.matches(of: /<\/?[a-z]+/).count == 2, "\(data)")
    let table = HTML.table(
      caption: "<i>", columns: ["<b>"], rows: [[.init(text: "<u>", key: .nan)]])
    #expect(table.contains("<td data-key=\"\">&lt;u&gt;</td>"))
    #expect(!table.contains("<i>") && !table.contains("<b>"))
  }

  @Test func picturesKeepTheirNamesApart() {
    let svg = """
      <?xml version="1.0"?>
      <svg width="2">
      <title>Gnuplot</title><desc>Produced by GNUPLOT</desc>
      <g id="canvas"><circle id='dot'/><use xlink:href='#dot' fill="url(#dot)"/></g></svg>
      """
    let inline = HTML.inline(svg: svg, name: "f1", title: "a < b")
    #expect(
      inline == """
        <svg role="img" aria-label="a &lt; b" width="2">
        <title>a &lt; b</title>
        <g id="f1-canvas"><circle id='f1-dot'/><use href='#f1-dot' fill="url(#f1-dot)"/></g></svg>
        """)
  }
}
