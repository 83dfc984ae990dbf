import Numerics
import Schematic

final class BareSquareLawBank: LocalBank {
  let store = LocalStore<TransistorEquations<SquareLawChannel, BareTransistor>>()
}
final class ChargedSquareLawBank: LocalBank {
  let store = LocalStore<TransistorEquations<SquareLawChannel, ChargedTransistor>>()
}
final class ResistiveSquareLawBank: LocalBank {
  let store = LocalStore<TransistorEquations<SquareLawChannel, ResistiveTransistor>>()
}

final class ChargedSmoothBank: LocalBank {
  let store = LocalStore<TransistorEquations<SmoothChannel, ChargedTransistor>>()
}
final class ResistiveSmoothBank: LocalBank {
  let store = LocalStore<TransistorEquations<SmoothChannel, ResistiveTransistor>>()
}

extension Transistor {
  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let square = SquareLawBanks()
    let smooth = SmoothBanks()
    var faults: [Fault] = []
    for index in input.instances {
      let values = input.values(index)
      do {
        if values.modelWritten("level") == 260 {
          try smooth.append(values, input.circuit, layout)
        } else {
          try square.append(values, input.circuit, layout)
        }
      } catch let fault as Fault {
        faults.append(fault)
      }
    }
    if !faults.isEmpty { throw Faults(faults) }
    let all = square.all + smooth.all
    return all.filter { !$0.instances.isEmpty }
  }

  /// The nodes behind the resistances; a terminal's again where there is none.
  static func innerNodes(
    _ instance: Instance, _ index: Int32, _ rest: TransistorSurroundings, _ layout: EquationLayout
  ) -> [Int32] {
    let drain =
      rest.drainConductance > 0
      ? layout.add(.voltage, instance: index, "drain'") : instance.terminals[0]
    let source =
      rest.sourceConductance > 0
      ? layout.add(.voltage, instance: index, "source'") : instance.terminals[2]
    return [drain, source]
  }
}

/// The banks of level 1.
private struct SquareLawBanks {
  let bare = BareSquareLawBank()
  let charged = ChargedSquareLawBank()
  let resistive = ResistiveSquareLawBank()
  var all: [any Bank] { [bare, charged, resistive] }

  func append(_ values: DeviceValues, _ circuit: Circuit, _ layout: EquationLayout) throws {
    let geometry = try TransistorGeometry(values, circuit)
    let channel = try ShichmanHodges.channel(values, geometry)
    let rest = ShichmanHodges.surroundings(values, geometry)
    let (index, ends) = (values.index, values.instance.terminals)
    if rest.hasResistances {
      let inner = Transistor.innerNodes(values.instance, index, rest, layout)
      resistive.store.append(
        instance: index, unknowns: ends + inner, TransistorEquations(channel: channel, rest: rest))
    } else if rest.drainJunction.hasCharge || rest.sourceJunction.hasCharge {
      charged.store.append(
        instance: index, unknowns: ends, TransistorEquations(channel: channel, rest: rest))
    } else {
      bare.store.append(
        instance: index, unknowns: ends, TransistorEquations(channel: channel, rest: rest))
    }
  }
}

/// The banks of level 260.
private struct SmoothBanks {
  let charged = ChargedSmoothBank()
  let resistive = ResistiveSmoothBank()
  var all: [any Bank] { [charged, resistive] }

  func append(_ values: DeviceValues, _ circuit: Circuit, _ layout: EquationLayout) throws {
    let geometry = try EnzKrummenacherVittoz.geometry(values, circuit)
    let channel = EnzKrummenacherVittoz.channel(values, geometry)
    let rest = ShichmanHodges.surroundings(
      values, geometry, EnzKrummenacherVittoz.parameters)
    let (index, ends) = (values.index, values.instance.terminals)
    if rest.hasResistances {
      let inner = Transistor.innerNodes(values.instance, index, rest, layout)
      resistive.store.append(
        instance: index, unknowns: ends + inner, TransistorEquations(channel: channel, rest: rest))
    } else {
      charged.store.append(
        instance: index, unknowns: ends, TransistorEquations(channel: channel, rest: rest))
    }
  }
}

extension TransistorSurroundings {
  var hasResistances: Bool { drainConductance > 0 || sourceConductance > 0 }
}

/// Sizes of one transistor; the circuit's options defl, defw, defad and defas stand in for what is
/// not written.
struct TransistorGeometry {
  var length: Double
  var width: Double
  /// Less the lateral diffusion at both ends.
  var effectiveLength: Double
  var drainArea: Double
  var sourceArea: Double
  var multiplicity: Double
  let physics: JunctionPhysics

  init(_ values: DeviceValues, _ circuit: Circuit) throws {
    func size(_ name: String, _ option: String) -> Double {
      values.written(name) ?? values.modelWritten(name)
        ?? circuit.options[option]?.value.number ?? values.number(name)
    }
    length = size("l", "defl")
    width = size("w", "defw")
    effectiveLength = length - 2 * (values.modelWritten("ld") ?? 0)
    drainArea =
      values.written("ad") ?? circuit.options["defad"]?.value.number ?? values.number("ad")
    sourceArea =
      values.written("as") ?? circuit.options["defas"]?.value.number ?? values.number("as")
    multiplicity = values.number("m")
    physics = values.junctionPhysics(circuit)
    guard effectiveLength > 0 else {
      throw Fault(
        "out-of-range", "the channel's length less twice ld is not positive",
        at: values.instance.origin, help: "make l greater than 2 ld")
    }
  }
}
