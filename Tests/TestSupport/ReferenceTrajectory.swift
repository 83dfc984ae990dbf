import Foundation

/// A trajectory of Tests/Reference, computed independently (its README says how).
public struct ReferenceTrajectory {
  private let object: [String: Any]

  /// Reads Tests/Reference/<name>.json.
  public init(_ name: String) throws {
    let data = try Data(contentsOf: Repository.file("Tests/Reference/\(name).json"))
    object = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  public func number(_ key: String, in group: String? = nil) -> Double {
    let place = group.flatMap { object[$0] as? [String: Any] } ?? object
    return (place[key] as? NSNumber)?.doubleValue ?? .nan
  }

  public func vector(_ key: String) -> [Double] {
    (object[key] as? [NSNumber])?.map(\.doubleValue) ?? []
  }

  public func matrix(_ key: String) -> [[Double]] {
    (object[key] as? [[NSNumber]])?.map { $0.map(\.doubleValue) } ?? []
  }
}
