import Schematic

/// What `oscine characterize` prints: the constants of every cell, and which of them are stand-ins.
struct CharacterisationReport {
  private let library: ViewLibrary
  private let files: [String]

  init(_ library: ViewLibrary, _ files: [String]) {
    self.library = library
    self.files = files
  }

  private var measured: [View] { library.cells.filter { $0.provenance != nil } }

  var text: String {
    var text = ""
    for view in measured {
      var table = TextTable([
        (view.cell, .left), ("value", .right), ("fit error", .right), ("", .left),
      ])
      for (name, constant) in view.constants.sorted(by: { $0.key < $1.key }) {
        let unit = constant.unit == "1" ? "" : " \(constant.unit)"
        table.append([
          name, Quantity.text(constant.value, digits: 7) + unit,
          constant.fitError.map { Quantity.percent($0) } ?? "", constant.standIn ? "stand-in" : "",
        ])
      }
      text += table.text + "\n"
    }
    let kept = library.cells.filter { $0.provenance == nil }.map(\.cell)
    if !kept.isEmpty { text += "stand-ins throughout: \(kept.joined(separator: ", "))\n" }
    return text
  }

  var json: JSON {
    .object([
      "cells": .array(
        measured.map { view in
          .object([
            "cell": .text(view.cell), "kind": .text(view.kind),
            "constants": .object(
              view.constants.mapValues { constant in
                .object([
                  "value": .number(constant.value), "unit": .text(constant.unit),
                  "standIn": .bool(constant.standIn), "fitError": .optional(constant.fitError),
                ])
              }),
          ])
        }),
      "files": .array(Set(files).sorted().map { .text($0) }),
    ])
  }
}
