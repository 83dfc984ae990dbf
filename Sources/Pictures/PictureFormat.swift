/// What gnuplot draws a figure as.
public enum PictureFormat: String, Sendable, CaseIterable {
  case png, svg, pdf

  /// What figures are drawn as unless told otherwise.
  public static let usual: [PictureFormat] = [.png, .svg]

  /// gnuplot's terminal and its options.
  ///
  /// - Parameters:
  ///   - width: in points (pixels); a hundredth of an inch each in a PDF.
  func terminal(_ width: Int, _ height: Int) -> String {
    let common = "linewidth 1.5 noenhanced background rgb 'white'"
    switch self {
    case .png: return "pngcairo size \(width),\(height) font 'DejaVu Sans,20' \(common)"
    case .svg: return "svg size \(width),\(height) font 'DejaVu Sans,20' \(common)"
    case .pdf:
      let size = "\(Double(width) / 100)in,\(Double(height) / 100)in"
      // 20 hundredths of an inch in typographical points
      return "pdfcairo size \(size) font 'DejaVu Sans,14.4' \(common)"
    }
  }

  /// Stands within the last bytes of a file that is whole.
  var end: String {
    switch self {
    case .png: "IEND"
    case .svg: "</svg>"
    case .pdf: "%%EOF"
    }
  }
}
