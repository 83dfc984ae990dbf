import Schematic

/// `.views file="cells.json"`
enum ViewsDecoder: CardDecoder {
  static let names = [".views"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    let key = try cursor.key("file=")
    guard key.text == "file" else { throw cursor.unknownKey(key, among: ["file"]) }
    let file = try cursor.quoted("a .json file")
    return .views(ViewsCard(path: try context.files(file)[0], origin: context.origin))
  }
}
