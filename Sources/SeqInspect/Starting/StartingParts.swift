package import SeqCore
import SeqData
import SeqText

/// The parts of a project's data: the files of a folder, or the parts into which a file is split.
package struct StartingParts: Sendable {
  /// The name of each part, and its path for the config.
  package private(set) var paths: [(name: String, path: String)] = []
  /// The number of records of each part of a split.
  package private(set) var records: [(name: String, count: Int)] = []

  private static let marks = [("train", "train"), ("dev", "dev"), ("valid", "dev"), ("test", "test")]

  /// The parts in a folder, by their names; nil if there is none to train on.
  ///
  /// - Throws: `.usage` if two of them look like the same part.
  package static func parts(in folder: String) throws(SeqError) -> [InspectedData.Part]? {
    guard FileSystem.isFolder(folder) else { return nil }
    var found: [String: String] = [:]
    for name in FileSystem.names(in: folder).sorted() where !name.hasPrefix(".") {
      guard
        let part = marks.first(where: { name.lowercased().hasPrefix($0.0) || name.lowercased().contains("-\($0.0)") })?
          .1
      else { continue }
      let path = folder + (folder.hasSuffix("/") ? "" : "/") + name
      if let other = found[part] {
        throw .usage(
          "both \(other) and \(path) look like the \(part) part", remedy: "name one file: seqtool init NAME --from FILE"
        )
      }
      found[part] = path
    }
    guard found["train"] != nil else { return nil }
    return ["train", "dev", "test"].compactMap { name in
      found[name].map { InspectedData.Part(name: name, path: $0) }
    }
  }

  /// Files that stay where they are; absolute paths stay absolute.
  package init(_ parts: [InspectedData.Part], seenFrom project: String) {
    paths = parts.map { ($0.name, $0.path.hasPrefix("/") ? $0.path : FileSystem.relative($0.path, from: project)) }
  }

  /// Splits a file into parts within the folder of a project: `data/train.csv` and the like.
  ///
  /// - Throws: what reading throws; no record is left out.
  package init(cutting data: InspectedData, into project: String, seed: UInt64) throws(SeqError) {
    let written = try FileSplit(data, plan: .parts(dev: 0.1, test: 0.1), seed: seed).write(to: project + "/data")
    records = written.map { ($0.name, $0.records) }
    let names = FileSystem.names(in: project + "/data")
    paths = written.map { part in
      (part.name, "data/" + (names.first { $0 == part.name || $0.hasPrefix(part.name + ".") } ?? part.name))
    }
  }
}
