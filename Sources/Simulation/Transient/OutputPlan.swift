import Schematic

/// The times at which a transient analysis is written.
///
/// A print step asks for a grid: start, start + step, ... and the stop time. Where that would be
/// fewer than 50 points, or the print step is 0, the solver's own steps are written (too), with
/// points between them where straight lines would miss its polynomial; they alone where the grid
/// would have more than 1e9 points, which nobody wants on a disk.
struct OutputPlan {
  static let fewest = 50.0
  static let most = 1e9

  let start: Double
  let stop: Double
  /// Seconds; 0 for no grid.
  let step: Double
  let includesSteps: Bool

  init(_ card: TransientCard) {
    start = card.startTime
    stop = card.stopTime
    step = (stop - start) / card.printStep > Self.most ? 0 : card.printStep
    includesSteps = !(step > 0) || (stop - start) / step < Self.fewest
  }

  /// The grid's time number `index`; nil behind its end. Never accumulated, so that the last of 1e8
  /// points is where it should be.
  func time(_ index: Int) -> Double? {
    guard step > 0 else { return nil }
    // 3 / 100000 is 3e-05 and 3 * 1e-05 is not
    let inverse = (1 / step).rounded()
    let isReciprocal = abs(inverse * step - 1) < 1e-12
    let time = start + (isReciprocal ? Double(index) / inverse : Double(index) * step)
    // a stop time that is a multiple of the step but for rounding is the last point itself
    if time >= stop - 1e-6 * step {
      return time < stop + (1 - 1e-6) * step ? stop : nil
    }
    return time
  }
}
