import Schematic

extension CampaignRecord {
  private static let columns = [
    "identity", "title", "deck", "program", "command", "fidelity", "seed", "design", "samples",
    "trials", "batch", "until", "refine", "threshold_quantity", "threshold_level", "target_error",
    "stop_time", "thermal", "share", "shares",
  ]

  /// Writes the tables that do not change while the campaign runs.
  func write(to database: Database) throws(StoreFailure) {
    let values: [SQLValue] = [
      .text(identity), .text(title), .text(deckPath), .text(program), .text(command),
      .text(fidelity), .text("\(seed)"), .text(plan.design.rawValue), .optional(plan.samples),
      .integer(plan.trials), .integer(plan.batch), .number(plan.until), .integer(plan.refine),
      .optional(plan.threshold?.quantity.rawValue), .number(plan.threshold?.level),
      .number(targetError), .number(stopTime), .flag(thermal), .optional(share?.number),
      .optional(share?.count),
    ]
    let marks = Self.columns.map { _ in "?" }.joined(separator: ", ")
    try database.run(
      "INSERT INTO campaign (id, \(Self.columns.joined(separator: ", "))) VALUES (1, \(marks))",
      values)
    for (place, source) in sources.enumerated() {
      try database.run(
        "INSERT INTO source (place, path, role, digest, text) VALUES (?, ?, ?, ?, ?)",
        [
          .integer(place), .text(source.path), .text(source.role.rawValue), .text(source.digest),
          .optional(source.text),
        ])
    }
    for setting in settings {
      try database.run(
        "INSERT INTO setting VALUES (?, ?)", [.text(setting.name), .text(setting.value)])
    }
    for constant in standIns {
      try database.run(
        "INSERT OR IGNORE INTO stand_in VALUES (?, ?, ?, ?)",
        [
          .text(constant.name), .number(constant.value), .text(constant.unit),
          .text(constant.source),
        ])
    }
    for (index, axis) in axes.enumerated() {
      try database.run(
        "INSERT INTO axis VALUES (?, ?, ?, ?)",
        [
          .integer(index + 1), .text(axis.name), .text(axis.spacing.rawValue),
          .optional(axis.unit),
        ])
      for (position, value) in axis.values.enumerated() {
        try database.run(
          "INSERT INTO axis_value VALUES (?, ?, ?)",
          [.integer(index + 1), .integer(position), .number(value)])
      }
    }
  }

  init(from database: Database) throws(StoreFailure) {
    let damaged = StoreFailure(.corrupt, database.path, "its campaign cannot be read")
    let names = Self.columns.dropFirst().joined(separator: ", ")
    let found = try database.first("SELECT \(names) FROM campaign") { row in
      CampaignRecord(row, axes: [], sources: [], settings: [], standIns: [])
    }
    guard let found, var record = found else { throw damaged }
    record.sources = try database.rows(
      "SELECT path, role, digest, text FROM source ORDER BY place"
    ) { row in
      Source(
        path: row.text(0), role: Source.Role(rawValue: row.text(1)) ?? .include,
        digest: row.text(2), text: row.optionalText(3))
    }
    record.settings = try database.rows("SELECT name, value FROM setting ORDER BY name") {
      Setting(name: $0.text(0), value: $0.text(1))
    }
    record.standIns = try database.rows(
      "SELECT name, value, unit, source FROM stand_in ORDER BY name"
    ) {
      StandIn(
        name: $0.text(0), value: $0.real(1) ?? .nan, unit: $0.text(2), source: $0.text(3))
    }
    let axes = try database.rows("SELECT id, name, spacing, unit FROM axis ORDER BY id") {
      (
        $0.integer(0),
        CampaignAxis(
          name: $0.text(1), unit: $0.optionalText(3),
          spacing: SweepCard.Spacing(rawValue: $0.text(2)) ?? .list, values: [])
      )
    }
    for (id, axis) in axes {
      var axis = axis
      axis.values = try database.rows(
        "SELECT value FROM axis_value WHERE axis = ? ORDER BY position", [.integer(id)]
      ) { $0.real(0) ?? .nan }
      record.axes.append(axis)
    }
    self = record
  }

  /// From the one row of `campaign`; nil where a word in it is none that this program knows.
  private init?(
    _ row: Row, axes: [CampaignAxis], sources: [Source], settings: [Setting], standIns: [StandIn]
  ) {
    guard let seed = UInt64(row.text(5)), let design = CampaignDesign(rawValue: row.text(6))
    else { return nil }
    guard (1...10_000_000).contains(row.integer(8)), row.integer(9) > 0 else { return nil }
    let threshold = row.optionalText(12).flatMap(CampaignQuantity.init(rawValue:)).map {
      CampaignPlan.Threshold(quantity: $0, level: row.real(13) ?? 0)
    }
    let share = row.optionalInteger(17).map {
      Share(number: $0, count: max(1, row.integer(18)))
    }
    self.init(
      title: row.text(0), deckPath: row.text(1), program: row.text(2), command: row.text(3),
      fidelity: row.text(4), seed: seed,
      plan: CampaignPlan(
        design: design, samples: row.optionalInteger(7), trials: row.integer(8),
        batch: row.integer(9), until: row.real(10), refine: row.integer(11),
        threshold: threshold),
      axes: axes, sources: sources, settings: settings, standIns: standIns,
      targetError: row.real(14), stopTime: row.real(15) ?? 0, thermal: row.integer(16) != 0,
      share: share)
  }
}
