import Numerics
import Schematic

/// The banks of one letter of switches, as they fill.
struct SwitchBanks {
  let hysteresis: HysteresisSwitchBank
  let smooth = SmoothSwitchBank()
  let temperature: Double

  init(temperature: Double) {
    self.temperature = temperature
    hysteresis = HysteresisSwitchBank(temperature: temperature)
  }

  var all: [any Bank] {
    let banks: [any Bank] = [hysteresis, smooth]
    return banks.filter { !$0.instances.isEmpty }
  }

  /// - Parameters:
  ///   - control: unknowns whose difference controls.
  ///   - source: whose current controls instead, found when all devices have their unknowns.
  ///   - thresholds: names of threshold and hysteresis.
  ///   - ends: names of the controls at which a smooth switch is closed and open.
  func append(
    _ values: DeviceValues, _ description: DeviceDescription, control: (Int32, Int32),
    source: ControllingSource? = nil,
    thresholds: (String, String), ends: (String, String), hysteresisType: String
  ) throws {
    let type = values.model?.type ?? hysteresisType
    let parameters = description.models.first { $0.type == type }?.parameters ?? []
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let multiplicity = values.number("m")
    let terminals = (values.instance.terminals[0], values.instance.terminals[1])
    var limits = (on: 0.0, off: 0.0)
    if type == hysteresisType {
      let (threshold, width) = (model(thresholds.0), model(thresholds.1))
      if width >= 0 {
        hysteresis.append(
          values.index,
          HysteresisSwitch(
            terminals: terminals,
            control: SwitchControl(positive: control.0, negative: control.1),
            closeAbove: threshold + width, openBelow: threshold - width,
            on: multiplicity / model("ron"), off: multiplicity / model("roff"),
            startsClosed: values.flag("on")), source)
        return
      }
      limits = (threshold - width, threshold + width)
    } else {
      limits = (model(ends.0), model(ends.1))
    }
    guard limits.on != limits.off else {
      throw Fault(
        "out-of-range", "the switch is closed and open at the same control", at: values.origin,
        help: "let \(ends.0) and \(ends.1) differ")
    }
    smooth.sources.append(source)
    smooth.store.append(
      instance: values.index, unknowns: [terminals.0, terminals.1, control.0, control.1],
      SmoothSwitch(
        on: limits.on, off: limits.off, onResistance: model("ron"), offResistance: model("roff"),
        multiplicity: multiplicity, temperature: temperature))
  }
}

extension DeviceValues {
  /// Where the model stands, else the instance.
  var origin: Origin { model?.origin ?? instance.origin }
}

/// The voltage source whose current controls a switch.
struct ControllingSource {
  let name: String
  let origin: Origin

  /// The unknown that is its current.
  func unknown(_ layout: EquationLayout) throws -> Int32 {
    if let unknown = layout.branch(of: name) { return unknown }
    throw Fault(
      "unknown-instance", "no voltage source named '\(name)' whose current could control",
      at: origin, help: "name a V element of the deck")
  }
}
