/// A card of the deck, checked.
public enum Card: Sendable {
  case patterns(PatternsCard)
  case train(TrainCard)
  case recall(RecallCard)
  case views(ViewsCard)
  case sweep(SweepCard)
}
