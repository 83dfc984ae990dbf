import Devices
import Foundation
import TestSupport
import Testing

@Suite struct CatalogueDocumentationTests {
  @Test func everyDeviceHasAPage() {
    for device in Catalogue.all {
      let path = "docs/devices/\(device.pageName).md"
      #expect(
        FileManager.default.fileExists(atPath: Repository.file(path).path),
        "\(device.name): no page \(path)")
    }
  }
}
