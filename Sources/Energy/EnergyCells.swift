public import Schematic

/// The views from which the energy terms take their constants.
public struct EnergyCells: Sendable {
  public let oscillator: View
  public let amplifier: View
  public let synapse: View
  public let crossbar: View
  public let driver: View
  /// Where the deck names the views, for faults.
  public let origin: Origin

  /// Finds the cells by name.
  /// - Parameters:
  ///   - oscillator: name of the deck's oscillator cell, "neuron".
  ///   - synapse: name of the synapse array's cell, "delay_chain" or "tapped_chain".
  ///   - origin: where the deck names the views file.
  /// - Throws: `Faults` of "views-lack-cell", one for each cell that is missing.
  public init(
    _ library: ViewLibrary, oscillator: String, synapse: String, at origin: Origin = .none
  ) throws(Faults) {
    var faults: [Fault] = []
    func find(_ cell: String) -> View {
      if let view = library.view(of: cell) { return view }
      let known = library.cells.map { "'\($0.cell)'" }.joined(separator: ", ")
      faults.append(
        Fault(
          "views-lack-cell", "the views have no cell '\(cell)'", at: origin,
          help: "energy needs it; the file has \(known.isEmpty ? "none" : known)"))
      return View(cell: cell, kind: "", constants: [:])
    }
    self.oscillator = find(oscillator)
    amplifier = find("amplifier")
    self.synapse = find(synapse)
    crossbar = find("crossbar")
    driver = find("driver")
    self.origin = origin
    if !faults.isEmpty { throw Faults(faults) }
  }
}

/// A declared constant on which a reported energy rests.
public struct StandIn: Hashable, Codable, Sendable {
  /// With its cell: "driver.efficiency".
  public var name: String
  public var value: Double
  public var unit: String
  public var source: String

  public init(name: String, value: Double, unit: String, source: String) {
    self.name = name
    self.value = value
    self.unit = unit
    self.source = source
  }
}

/// Reads a term's constants and remembers which of them are stand-ins.
struct ConstantReader {
  let origin: Origin
  private(set) var standIns: [StandIn] = []

  init(origin: Origin) { self.origin = origin }

  /// - Throws: "view-lacks-constant"; "view-constant-out-of-range" unless the value is finite and
  ///   within `range`.
  mutating func read(
    _ name: String, of view: View, in range: ClosedRange<Double>
  ) throws(Fault) -> Double {
    let value = try view.value(name, at: origin)
    guard value.isFinite, range.contains(value) else {
      throw Fault(
        "view-constant-out-of-range",
        "constant '\(name)' of cell '\(view.cell)' is \(value), outside"
          + " \(range.lowerBound) to \(range.upperBound)", at: origin,
        help: "correct it in the views file")
    }
    if let constant = view.constants[name], constant.standIn {
      standIns.append(
        StandIn(
          name: "\(view.cell).\(name)", value: value, unit: constant.unit,
          source: constant.source))
    }
    return value
  }
}

/// Zero or more, and more than nothing, as far as any SI quantity here goes.
let notNegative = 0.0...Double.greatestFiniteMagnitude
let positive = Double.leastNormalMagnitude...Double.greatestFiniteMagnitude
