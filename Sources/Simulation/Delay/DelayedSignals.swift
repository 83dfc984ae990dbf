import Devices

final class DelayedSignals {
  init(_ layout: EquationLayout) {}
  var isEmpty: Bool { true }
  func declareEntries(_ layout: EquationLayout) {}
  func bind(_ slots: [Int32]) {}
  func evaluate(_ evaluation: Evaluation) {}
  func linearise(_ evaluation: Evaluation) {}
  func accept(at time: Double, _ values: UnsafePointer<Double>, rates: UnsafePointer<Double>) {}
  func start(at time: Double, _ values: UnsafePointer<Double>) {}
  func corner(at time: Double) {}
  func nextBreakpoint(after time: Double) -> Double { .infinity }
}
