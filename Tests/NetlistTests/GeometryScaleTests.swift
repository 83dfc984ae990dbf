import Devices
import Schematic
import Testing

@testable import Netlist

/// `.options scale`: lengths and areas of elements, not of models.
@Suite struct GeometryScaleTests {
  @Test(arguments: [".options scale=1u", ".options parser scale=1u"])
  func lengthsAndAreas(_ option: String) throws {
    let text = """
      scaled
      V1 d 0 1
      M1 d d 0 0 nm l=5 w=175 ad=10 ps=20
      R1 d 0 strip l=10 w=2
      L1 d e 3
      R2 e 0 7
      .model nm nmos (level=1 l=5u)
      .model strip r (rsh=10 defw=1u)
      \(option)
      .end
      """
    let reading = DeckReader.read(text: Array(text.utf8), path: "t.cir", devices: Catalogue.all)
    let circuit = try #require(reading.circuit, "\(reading.faults)")
    func value(_ name: String, _ parameter: String) -> Double {
      circuit.instances.first { $0.name == name }?.parameters[parameter]?.number ?? .nan
    }
    let expected = [("l", 5e-6), ("w", 175e-6), ("ad", 10e-12), ("ps", 20e-6)]
    for (name, wanted) in expected { #expect(abs(value("m1", name) / wanted - 1) < 1e-12) }
    #expect(abs(value("r1", "l") / 10e-6 - 1) < 1e-12 && abs(value("r1", "w") / 2e-6 - 1) < 1e-12)
    #expect(value("l1", "l") == 3 && value("r2", "r") == 7)
    let model = circuit.models.first { $0.name == "nm" }
    #expect(model?.parameters["l"]?.number == 5e-6)
  }
}
