import Foundation
import Pictures
import Sweep

/// The figures of a campaign's page.
enum ReportFigures {
  /// Every quantity that has a figure at some point; none without an axis.
  ///
  /// - Parameter slope: of the law of small errors, drawn with the errors.
  /// - Throws: `UsageError` where the law does not apply; `PictureError`.
  static func all(
    _ results: CampaignResults, slope: Double?
  ) throws -> [(caption: String, svg: String)] {
    guard !results.campaign.axes.isEmpty else { return [] }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("oscine-report-\(UUID().uuidString)", isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw RunFailure("'\(folder.path)' cannot be made: \(SystemReason.text(error))")
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    return try [PointQuantity.success, .error, .time, .energy].compactMap { quantity in
      guard results.points.contains(where: { $0.figure(quantity).value.isFinite }) else {
        return nil
      }
      let slope = quantity == .error ? slope : nil
      guard
        var picture = try picture(results, .init(quantity: quantity, slope: slope))
      else { return nil }
      // the page's head has it
      picture.plot.title = nil
      // two beside each other on a page: smaller, so that their letters are not
      (picture.plot.width, picture.plot.height) = (1050, 680)
      try picture.plot.draw(stem: quantity.rawValue, in: folder.path, formats: [.svg])
      let file = folder.appendingPathComponent("\(quantity.rawValue).svg")
      return (
        caption(quantity, results, picture),
        try String(contentsOf: file, encoding: .utf8)
      )
    }
  }

  /// Nil where the points that are drawn have no figure, though others have.
  private static func picture(
    _ results: CampaignResults, _ choice: CampaignPicture.Choice
  ) throws(UsageError) -> CampaignPicture? {
    do throws(UsageError) {
      return try CampaignPicture(results, choice)
    } catch {
      if choice.slope != nil { throw error }
      return nil
    }
  }

  private static func caption(
    _ quantity: PointQuantity, _ results: CampaignResults, _ picture: CampaignPicture
  ) -> String {
    let against = " against \(picture.plot.x.label)"
    let notes = picture.notes.map { "; \($0)" }.joined()
    return switch quantity {
    case .success: "Trials that were recalled\(against), with Wilson's 95 % interval\(notes)"
    case .error: "Median of the final error\(against), with quartiles\(notes)"
    case .time: "Median of the time to the target\(against), with quartiles\(notes)"
    case .energy: "Median of the energy to the target\(against), with quartiles\(notes)"
    }
  }
}
