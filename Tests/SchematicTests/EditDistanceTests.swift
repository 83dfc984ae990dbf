import Testing

@testable import Schematic

@Suite struct EditDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("ab", "ba", 1), ("recal", "recall", 1),
    ("kitten", "sitting", 3), ("abcdef", "abdcfe", 2), ("ca", "abc", 3),
  ])
  func countsEdits(_ first: String, _ second: String, _ expected: Int) {
    #expect(editDistance(first.utf8, second.utf8) == expected)
    #expect(editDistance(second.utf8, first.utf8) == expected)
  }
}
