import Devices
import Foundation
import Schematic
import TestSupport
import Testing

/// The manual's pages are made from the catalogue; `OSCINE_RECORD=1 swift test` writes them anew.
@Suite struct DevicePageTests {
  static let folder = Repository.file("docs/devices")
  static let recording = ProcessInfo.processInfo.environment["OSCINE_RECORD"] == "1"

  @Test(arguments: Catalogue.all.map(\.letter))
  func pageIsCurrent(letter: String) throws {
    let device = try #require(Catalogue.device(letter: letter))
    let page = DevicePage.markdown(for: device)
    let file = Self.folder.appendingPathComponent(device.pageName + ".md")
    if Self.recording {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try page.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == page)
  }

  @Test func noPageIsLeftOver() throws {
    let pages = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { !$0.hasPrefix(".") }
    #expect(Set(pages) == Set(Catalogue.all.map { $0.pageName + ".md" } + ["README.md"]))
  }

  @Test func indexListsEveryDevice() throws {
    var index = "# Devices\n\nMade from the catalogue, as `oscine devices` prints it.\n\n"
    for device in Catalogue.all {
      index += "- [\(device.letter): \(device.name)](\(device.pageName).md): \(device.summary)\n"
    }
    let file = Self.folder.appendingPathComponent("README.md")
    if Self.recording { try index.write(to: file, atomically: true, encoding: .utf8) }
    #expect(try String(contentsOf: file, encoding: .utf8) == index)
  }

  @Test func textNamesEveryParameter() throws {
    let device = try #require(Catalogue.device(named: "resistor"))
    let text = DevicePage.text(for: device, derived: try DerivedQuantities(of: device))
    #expect(text.contains("R<name> n+ n- [<model>] [<parameter>=<value> ...]"))
    for parameter in device.instanceParameters + device.models[0].parameters {
      #expect(text.contains("  \(parameter.name) "))
      #expect(text.contains(parameter.summary))
    }
  }

  @Test func rangesReadAsInequalities() {
    func text(_ range: ClosedRange<Double>?) -> String? {
      DeviceDescription.Parameter("x", unit: "1", range: range, "X.").rangeText
    }
    #expect(text(nil) == nil)
    #expect(text(-.infinity ... .infinity) == nil)
    #expect(text(Double.leastNormalMagnitude ... .infinity) == "> 0")
    #expect(text(0 ... .infinity) == ">= 0")
    #expect(text(-1...0.5) == "-1 to 0.5")
    #expect(text(Double.leastNormalMagnitude...1) == "> 0 and <= 1")
    #expect(text(-273.15 ... .infinity) == ">= -273.15")
    #expect(text(-.infinity...2) == "<= 2")
  }

  @Test func numbersReadBackAsWritten() {
    for (value, text) in [
      (27, "27"), (1e-14, "1e-14"), (1448e3, "1.448e6"), (1.764e11, "1.764e11"), (0.25, "0.25"),
      (-8e-13, "-8e-13"), (1e-5, "1e-5"), (0, "0"), (123456, "123456"), (1.07e-12, "1.07e-12"),
      (-2.5e-4, "-2.5e-4"), (1e22, "1e22"),
    ] {
      #expect(DeviceDescription.numberText(value) == text)
      #expect(Double(DeviceDescription.numberText(value)) == value)
    }
  }
}
