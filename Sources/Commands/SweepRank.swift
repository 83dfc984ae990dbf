import Foundation
import Numerics
import Ranks
import Schematic
import Sweep

/// `oscine sweep DECK` on a rank but the first: reads the deck and runs the batches it is given. It
/// tells the user nothing; what goes wrong is told to the first rank.
struct SweepRank {
  private let ranks: Ranks
  private let context: RunContext

  init(_ ranks: Ranks, _ context: RunContext) {
    self.ranks = ranks
    self.context = context
    context.printer = Printer(quiet: true, silent: true)
  }

  func serve() -> ExitStatus {
    Interrupt.willBePolled()
    DenseProduct.useOneThread()
    let worker = RankWorker(ranks, jobs: SweepCommand.jobs(ranks, context)) {
      Interrupt.isRequested
    }
    worker.serve { campaign in
      do {
        return try bench(campaign)
      } catch {
        let text = Program.outcome(of: error, context.faultRenderer).text
        throw RankFailure("on \(ProcessInfo.processInfo.hostName): \(text)")
      }
    }
    return Interrupt.isRequested ? .interrupted : .done
  }

  private func bench(_ campaign: CampaignRecord) throws -> TrialBench {
    let deck = try SweepDeck(context, try SweepOptions(context.invocation), going: campaign)
    let differences = CampaignDifference.lines(stored: campaign, asked: deck.campaign)
    guard differences.isEmpty else {
      throw RankFailure(
        "the deck is another one here:\n  " + differences.joined(separator: "\n  "))
    }
    return deck.bench
  }
}
