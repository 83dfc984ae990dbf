import Foundation
import Pictures
import Sweep

/// A campaign as one page that needs nothing else: no network, no files beside it.
struct ReportPage {
  let results: CampaignResults
  let films: [ReportFilm]
  /// Names and pictures; a picture is a whole SVG file.
  let figures: [(caption: String, svg: String)]
  /// The command that makes this page.
  let command: String

  private var campaign: CampaignRecord { results.campaign }

  var text: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
    style-src 'unsafe-inline'; script-src 'unsafe-inline'">
    <meta name="generator" content="oscine \(Version.number)">
    <title>\(HTML.escaped(campaign.title))</title>
    <style>
    \(ReportStyle.text)
    </style>
    </head>
    <body>
    <a class="skip" href="#main">To the results</a>
    <header>
    <button type="button" id="theme" hidden>Dark</button>
    <h1>\(HTML.escaped(campaign.title))</h1>
    <p>\(HTML.escaped(summary))</p>
    \(contents)</header>
    <main id="main">
    \(sections.map(\.html).joined())</main>
    <script>
    \(ReportScript.text)
    </script>
    </body>
    </html>

    """
  }

  private var summary: String {
    let share = campaign.share.map { ", part \($0.number) of \($0.count)" } ?? ""
    let noise = campaign.thermal ? "with thermal noise" : "without thermal noise"
    let target = campaign.targetError.map { ", target error \(Quantity.percent($0))" } ?? ""
    return "\(results.points.count) points, \(results.trials) trials"
      + "\(results.isWhole ? "" : " so far")\(share), \(campaign.fidelity) fidelity, \(noise)"
      + ", stop time \(Quantity.text(campaign.stopTime, unit: "s"))\(target), seed \(campaign.seed)"
  }

  private struct Part {
    var name: String
    var title: String
    var content: String

    var html: String {
      """
      <section aria-labelledby="\(name)">
      <h2 id="\(name)">\(title)</h2>
      \(content)</section>

      """
    }
  }

  private var sections: [Part] {
    let tables = ReportTables(results: results)
    var parts: [Part] = []
    if !figures.isEmpty { parts.append(Part(name: "figures", title: "Figures", content: drawn)) }
    parts.append(Part(name: "points", title: "Points", content: tables.points))
    if !films.isEmpty {
      let content = films.enumerated().map { $1.html($0 + 1) }.joined()
      parts.append(Part(name: "films", title: "Recall, played", content: content))
    }
    parts.append(
      Part(
        name: "provenance", title: "Provenance",
        content: facts + tables.sources + tables.standIns + deckText))
    parts.append(Part(name: "reproduce", title: "To run it again", content: commands))
    return parts
  }

  private var contents: String {
    let items = sections.map { "<li><a href=\"#\($0.name)\">\($0.title)</a></li>" }
    return "<nav aria-label=\"Contents\"><ul>\(items.joined())</ul></nav>\n"
  }

  private var drawn: String {
    let all = figures.enumerated().map { index, figure in
      let picture = HTML.inline(svg: figure.svg, name: "f\(index + 1)", title: figure.caption)
      return "<figure>\(picture)<figcaption>\(HTML.escaped(figure.caption))</figcaption></figure>\n"
    }
    return "<div class=\"figures\">\n\(all.joined())</div>\n"
  }

  private var facts: String {
    var rows = [
      ("deck", campaign.deckPath), ("program", campaign.program),
      ("identity", campaign.identity), ("seed", "\(campaign.seed)"),
      ("design", campaign.plan.design.rawValue),
      ("trials a point", "\(campaign.plan.trials), in batches of \(campaign.plan.batch)"),
    ]
    rows += campaign.axes.map { axis in
      let values = axis.values.prefix(40).map { axis.text($0) }.joined(separator: ", ")
      let more = axis.values.count > 40 ? ", ..." : ""
      return ("axis \(axis.name)", "\(axis.spacing.rawValue): \(values)\(more)")
    }
    rows += campaign.settings.map { ("-p \($0.name)", $0.value) }
    let items = rows.map { "<dt>\(HTML.escaped($0.0))</dt><dd>\(HTML.escaped($0.1))</dd>\n" }
    return "<dl>\n\(items.joined())</dl>\n"
  }

  private var deckText: String {
    campaign.sources.compactMap { source in
      source.text.map { text in
        """
        <details\(source.role == .deck ? " open" : "")><summary>\(HTML.escaped(source.path))\
        </summary>
        <pre tabindex="0">\(HTML.escaped(text))</pre></details>

        """
      }
    }.joined()
  }

  private var commands: String {
    """
    <p>The campaign, into a new store; draws are keyed by the seed, so the same program gives the
    same rows.</p>
    <pre tabindex="0">\(HTML.escaped(campaign.command))</pre>
    <p>This page.</p>
    <pre tabindex="0">\(HTML.escaped(command))</pre>

    """
  }
}
