import Foundation
import SeqTestSupport

extension Workspace {
  /// Sentences as JSON lines, with the label `both` if there is a time beside the place.
  static func sentenceLabelTagging() throws -> Workspace {
    let workspace = try Workspace.tagging()
    for part in ["train", "dev", "test"] {
      let sentences = try workspace.text(part + ".conll").components(separatedBy: "\n\n").filter { !$0.isEmpty }
      let lines = try sentences.map { sentence in
        let cells = sentence.split(separator: "\n").map { $0.split(separator: "\t") }
        let object: [String: Any] = [
          "tokens": cells.map { String($0[0]) }, "tags": cells.map { String($0[1]) },
          "label": sentence.contains("B-time") ? "both" : "place",
        ]
        return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self) + "\n"
      }
      try workspace.write(lines.joined(), to: part + ".jsonl")
    }
    let config = TinyData.tagger.replacingOccurrences(of: ".conll", with: ".jsonl")
      .replacingOccurrences(
        of: "\"dropout\": 0.1", with: "\"dropout\": 0.1, \"sentenceLabel\": { \"pooling\": \"max\" }"
      )
      .replacingOccurrences(of: "\"epochs\": 2", with: "\"epochs\": 30, \"patience\": 0")
    try workspace.write(config, to: "joint.json")
    return workspace
  }
}
