/// A card of the deck, checked.
public enum Card: Sendable {
  case patterns(PatternsCard)
  case train(TrainCard)
  case recall(RecallCard)
  case views(ViewsCard)
  case sweep(SweepCard)
  case operatingPoint(OperatingPointCard)
  case dc(DCCard)
  case ac(ACCard)
  case tran(TransientCard)
  case step(StepCard)
  case data(DataCard)
  case measure(MeasureCard)
  case print(PrintCard)
  case fourier(FourierCard)
  case initialConditions(NodeVoltagesCard)
  case nodeset(NodeVoltagesCard)
}
