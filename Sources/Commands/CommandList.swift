/// Every subcommand, in the order help lists them.
enum CommandList {
  static let all: [any Command.Type] = [
    RunCommand.self,
    RecallCommand.self,
    SweepCommand.self,
    MergeCommand.self,
    CompareCommand.self,
    CheckCommand.self,
    CharacterizeCommand.self,
    TrainCommand.self,
    PlotCommand.self,
    ReportCommand.self,
    DevicesCommand.self,
    HelpCommand.self,
  ]

  /// Names of those that mpirun may start many processes of.
  static var shared: [String] {
    all.map { $0.description }.filter(\.isShared).map { "oscine \($0.name)" }
  }

  /// The command of that name.
  /// - Throws: `UsageError` with a near miss where there is none.
  static func command(named name: String) throws(UsageError) -> any Command.Type {
    if let found = all.first(where: { $0.description.name == name }) { return found }
    let names = all.map { $0.description.name }
    throw UsageError(
      "no command '\(name)'",
      help: NearMiss.sentence(for: name, among: names) ?? "see 'oscine help'")
  }
}
