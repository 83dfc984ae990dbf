import Testing

@testable import Pictures

/// Labels of references and numbers of axes, where curves are.
@Suite struct ReferenceLabelTests {
  static func plot(_ y: [Double], _ scale: PlotAxis.Scale) -> Plot {
    Plot(
      x: PlotAxis("x", scale: scale), y: PlotAxis("y", scale: scale),
      layers: [.line(x: [1e-5, 1e-4, 1e-3, 1e-2], y: y), .horizontalReference(5, label: "five")])
  }

  /// At the end of the line that the curve does not cross.
  @Test func labelsStandWhereThereIsRoom() {
    let cases: [([Double], Bool)] = [
      ([0.01, 0.1, 1, 6], true), ([6, 1, 0.1, 0.01], false), ([0.01, 0.02, 0.03, 0.04], false),
      ([6, 1, 1, 6], false),
    ]
    for (y, isAtLeft) in cases {
      let label = ReferenceLabel(Self.plot(y, .logarithmic), 5, .none)
      #expect(label.isAtLeft == isAtLeft, "\(y)")
    }
    let script = PanelScript(Self.plot([0.01, 0.1, 1, 6], .logarithmic), stem: "a").settings
    #expect(script.contains("\"five\" at graph 0.01, first 5.0 left"))
    #expect(!ReferenceLabel(Self.plot([.nan, .nan, .nan, .nan], .linear), 5, .none).isAtLeft)
  }

  /// Powers of ten are written alike along one axis.
  @Test func smallPowersAreWrittenAlike() {
    let script = PanelScript(Self.plot([0.01, 0.1, 1, 6], .logarithmic), stem: "a").settings
    #expect(script.contains("set format x '%.0te%T'") && script.contains("set format y '%g'"))
  }
}
