/// The tables of a store; `docs/store.md` explains them.
enum StoreSchema {
  /// `PRAGMA application_id`: "OSCN".
  static let application = 0x4F53_434E
  /// `PRAGMA user_version`: raised with every change of the tables.
  static let version = 1

  static let tables = """
    PRAGMA application_id = \(application);
    PRAGMA user_version = \(version);
    CREATE TABLE campaign (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      identity TEXT NOT NULL,
      title TEXT NOT NULL,
      deck TEXT NOT NULL,
      program TEXT NOT NULL,
      command TEXT NOT NULL,
      fidelity TEXT NOT NULL,
      seed TEXT NOT NULL,
      design TEXT NOT NULL,
      samples INTEGER,
      trials INTEGER NOT NULL,
      batch INTEGER NOT NULL,
      until REAL,
      refine INTEGER NOT NULL,
      threshold_quantity TEXT,
      threshold_level REAL,
      target_error REAL,
      stop_time REAL NOT NULL,
      thermal INTEGER NOT NULL,
      share INTEGER,
      shares INTEGER
    ) STRICT;
    CREATE TABLE source (
      place INTEGER PRIMARY KEY, path TEXT NOT NULL, role TEXT NOT NULL, digest TEXT NOT NULL,
      text TEXT
    ) STRICT;
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE stand_in (
      name TEXT PRIMARY KEY, value REAL NOT NULL, unit TEXT NOT NULL, source TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE axis (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, spacing TEXT NOT NULL, unit TEXT
    ) STRICT;
    CREATE TABLE axis_value (
      axis INTEGER NOT NULL REFERENCES axis, position INTEGER NOT NULL, value REAL NOT NULL,
      PRIMARY KEY (axis, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE point (id INTEGER PRIMARY KEY, round INTEGER NOT NULL) STRICT;
    CREATE TABLE point_value (
      point INTEGER NOT NULL REFERENCES point, axis INTEGER NOT NULL REFERENCES axis,
      value REAL NOT NULL, PRIMARY KEY (point, axis)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE worker (
      id INTEGER PRIMARY KEY, host TEXT NOT NULL, process TEXT NOT NULL, program TEXT NOT NULL
    ) STRICT;
    CREATE TABLE unit (
      point INTEGER NOT NULL REFERENCES point, first INTEGER NOT NULL, count INTEGER NOT NULL,
      rank INTEGER NOT NULL, state INTEGER NOT NULL CHECK (state IN (0, 1, 2)),
      worker INTEGER REFERENCES worker, seconds REAL, PRIMARY KEY (point, first)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX unit_by_state ON unit (state, point, first);
    CREATE TABLE trial (
      point INTEGER NOT NULL REFERENCES point, number INTEGER NOT NULL, image TEXT,
      success INTEGER, error_initial REAL, error_final REAL, time_to_target REAL,
      overlap REAL, overlap_other REAL, order_parameter REAL,
      relaxation_rate REAL, frequency_spread REAL, phase_diffusion REAL, failure TEXT,
      PRIMARY KEY (point, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE energy (
      point INTEGER NOT NULL, trial INTEGER NOT NULL, term TEXT NOT NULL,
      whole REAL, to_target REAL, PRIMARY KEY (point, trial, term),
      FOREIGN KEY (point, trial) REFERENCES trial (point, number)
    ) STRICT, WITHOUT ROWID;
    """

  /// A view of all trials with a column for each axis, for those who read the file by hand.
  static func view(_ axes: [CampaignAxis]) -> String {
    func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
    let columns = axes.enumerated().map { index, axis in
      "(SELECT value FROM point_value v WHERE v.point = t.point AND v.axis = \(index + 1)) AS "
        + quoted(axis.name)
    }
    let all = columns + ["t.*"]
    return "CREATE VIEW trial_by_axis AS SELECT \(all.joined(separator: ", ")) FROM trial t"
  }
}
