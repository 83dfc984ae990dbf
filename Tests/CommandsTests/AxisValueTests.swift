import Sweep
import Testing

@testable import Commands

/// Values of axes as people read them.
@Suite struct AxisValueTests {
  @Test(arguments: [
    (1e-5, nil, "10u"), (1e-3, nil, "1m"), (0.01, nil, "0.01"), (0.8, nil, "0.8"), (0, nil, "0"),
    (192, nil, "192"), (2.2e6, nil, "2.2meg"), (-3e-9, nil, "-3n"), (1e-30, nil, "1e-30"),
    (1e-5, "A", "10 uA"), (0.8, "V", "0.8 V"), (0.05, "V", "50 mV"), (27, "degC", "27 °C"),
    (3, "row", "3"),
  ])
  func axesReadAsTheirUnits(_ value: Double, _ unit: String?, _ text: String) {
    let axis = CampaignAxis(name: "a", unit: unit, spacing: .list, values: [value])
    #expect(axis.text(value) == text)
  }
}
