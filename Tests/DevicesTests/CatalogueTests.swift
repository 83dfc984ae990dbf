import Devices
import Schematic
import Testing

@Suite struct CatalogueTests {
  /// The element letters of the deck language; X is the reader's.
  @Test(arguments: [
    "R", "C", "L", "K", "V", "I", "E", "F", "G", "H", "B", "D", "M", "S", "W", "T", "YMEMRISTOR",
    "YDELAY", "YSTO", "YVORTEX", "YSHO", "YIMT", "YOSC",
  ])
  func everyLetterHasADevice(letter: String) throws {
    let device = try #require(Catalogue.device(letter: letter.lowercased()))
    #expect(device.letter == letter)
    #expect(!device.summary.isEmpty && !device.source.isEmpty)
  }

  @Test func lettersAndPagesAreUnique() {
    #expect(Set(Catalogue.all.map(\.letter)).count == Catalogue.all.count)
    #expect(Set(Catalogue.all.map(\.pageName)).count == Catalogue.all.count)
  }

  @Test func parametersAreWellFormed() {
    for device in Catalogue.all {
      check(device.instanceParameters, of: device.name)
      for model in device.models { check(model.parameters, of: "\(device.name) \(model.type)") }
      let selectors = device.models.map { "\($0.type) \($0.level ?? -1)" }
      #expect(Set(selectors).count == selectors.count, "\(device.name)")
    }
  }

  private func check(_ parameters: [DeviceDescription.Parameter], of owner: String) {
    let names = parameters.flatMap { [$0.name] + $0.aliases }
    #expect(Set(names).count == names.count, "\(owner) names a parameter twice")
    for parameter in parameters {
      #expect(parameter.name == parameter.name.lowercased())
      #expect(
        parameter.summary.hasSuffix(".") && parameter.summary.first?.isUppercase == true,
        "\(owner) \(parameter.name)")
      let isList = parameter.kind == .text || parameter.kind == .numbers
      #expect(isList == parameter.unit.isEmpty, "\(owner) \(parameter.name)")
      if let value = parameter.defaultValue {
        #expect(parameter.range?.contains(value) ?? true, "\(owner) \(parameter.name)")
        #expect(!parameter.required, "\(owner) \(parameter.name) is required and has a default")
      }
      if parameter.kind == .flag { #expect(parameter.range == 0...1) }
    }
  }

  /// Names and defaults that decks written for other simulators rely on.
  @Test(arguments: [
    ("memristor", 2, "ion", 8.9e-6), ("memristor", 2, "ioff", 1.15e-4),
    ("memristor", 2, "koff", 8e-13), ("memristor", 2, "wc", 1.07e-12),
    ("memristor", 2, "xoff", 3e-9), ("memristor", 3, "vn", -0.01), ("memristor", 3, "a1", 1),
    ("memristor", 3, "xeptd", 1e-10), ("memristor", 4, "g0", 1), ("nmos", 1, "kp", 2e-5),
    ("nmos", 1, "tox", .nan), ("pmos", 1, "phi", 0.6), ("d", -1, "is", 1e-14),
    ("d", -1, "bv", .nan), ("sw", -1, "roff", 1e6), ("vswitch", -1, "von", 1),
    ("iswitch", -1, "ion", 1e-3),
  ])
  func modelDefaults(type: String, level: Int, name: String, value: Double) throws {
    let device = try #require(Catalogue.device(named: type))
    let model = try #require(device.models.first { $0.type == type && ($0.level ?? -1) == level })
    let parameter = try #require(model.parameters.first { $0.name == name })
    if value.isNaN {
      #expect(parameter.defaultValue == nil)
    } else {
      #expect(parameter.defaultValue == value)
    }
  }

  @Test func lookup() {
    #expect(Catalogue.device(named: "Voltage-Source")?.letter == "V")
    #expect(Catalogue.device(named: "voltage source")?.letter == "V")
    #expect(Catalogue.device(named: "pmos")?.letter == "M")
    #expect(Catalogue.device(named: "transistor") == nil)
    #expect(Catalogue.nearMisses(to: "resitsor").first == "resistor")
    #expect(Catalogue.nearMisses(to: "ymemristr").first == "ymemristor")
    #expect(Catalogue.nearMisses(to: "zebra-crossing").isEmpty)
  }

  /// The torque asymmetry of the source is that of a symmetric junction: eta squared.
  @Test func macrospinDefaultsAgree() throws {
    let model = try #require(Catalogue.device(letter: "YSTO")?.models.first)
    func value(_ name: String) throws -> Double {
      try #require(model.parameters.first { $0.name == name }?.defaultValue)
    }
    #expect(abs(try value("lambda") - value("eta") * value("eta")) < 1e-12)
  }
}
