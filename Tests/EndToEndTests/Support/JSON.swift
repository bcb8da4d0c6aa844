import Foundation
import SeqTestSupport

/// The object that a JSON text holds.
func object(_ json: some StringProtocol) throws -> [String: Any] {
  guard let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] else {
    throw Unexpected("no JSON object: \(json)")
  }
  return object
}

/// The objects of a text that has one a line.
func objects(_ lines: String) throws -> [[String: Any]] { try lines.split(separator: "\n").map(object) }
