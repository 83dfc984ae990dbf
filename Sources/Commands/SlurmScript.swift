import Foundation

/// A job script that runs a campaign as a Slurm array, each task a part with a store of its own.
struct SlurmScript {
  /// Words behind `oscine sweep`, without those that the script gives itself.
  let words: [String]
  let parts: Int
  /// Of the whole campaign; the parts' stores lie beside it.
  let store: String

  /// - Parameter invocation: of `oscine sweep DECK ... --slurm FILE`.
  init(_ invocation: Invocation, parts: Int, store: String) {
    let own: Set = ["slurm", "parts", "store", "jobs", "resume", "shard", "json", "quiet", "csv"]
    var words = invocation.arguments
    for option in SweepCommand.description.options where !own.contains(option.long) {
      for value in invocation.texts(option.long) { words += ["--\(option.long)", value] }
    }
    self.words = words
    self.parts = parts
    self.store = store
  }

  private var stem: String {
    store.hasSuffix(".campaign") ? String(store.dropLast(9)) : store
  }

  /// The stores of all parts, as a shell pattern.
  var pattern: String { "\(Self.quoted(stem)).part-*-of-\(parts).campaign" }

  var mergeLine: String { "oscine merge \(Self.quoted(store)) \(pattern)" }

  /// - Parameters:
  ///   - program: the path of `oscine`.
  ///   - folder: where the paths of the command line are relative to.
  func text(program: String, folder: String) -> String {
    """
    #!/bin/bash
    #SBATCH --job-name=oscine
    #SBATCH --array=1-\(parts)
    #SBATCH --cpus-per-task=2
    #SBATCH --requeue
    # Each task runs its share of one campaign into a store of its own; a task that is started again
    # goes on where it was. When all are done:
    #   \(mergeLine)
    set -euo pipefail
    cd \(Self.quoted(folder))
    store=\(Self.quoted(stem)).part-"$SLURM_ARRAY_TASK_ID"-of-\(parts).campaign
    mkdir -p "$(dirname "$store")"
    resume=()
    if [ -e "$store" ]; then resume=(--resume); fi
    exec \(Self.quoted(program)) sweep \(words.map(Self.quoted).joined(separator: " ")) \\
      --shard "$SLURM_ARRAY_TASK_ID/\(parts)" --store "$store" "${resume[@]}" \\
      --jobs "${SLURM_CPUS_PER_TASK:-1}" --quiet

    """
  }

  /// One word of a shell.
  private static func quoted(_ word: String) -> String {
    let plain = word.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+=:,".contains($0))
    }
    return plain && !word.isEmpty
      ? word : "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}
