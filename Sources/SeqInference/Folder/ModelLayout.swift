import SeqConfig
package import SeqCore

/// The layout of a model's folder: which files it has and what they say.
///
/// It has a number, so that a folder of a later version is refused by name and is not half understood. Whoever changes what an
/// older version could not read raises `current`; folders of all numbers up to that are read for ever.
package enum ModelLayout {
  /// The number of the folders that are written.
  package static let current = 1
  /// The file that tells it.
  package static let file = "model.json"

  /// The content of the file.
  package static func text() throws(SeqError) -> String {
    try JSONWriter.text(of: ["layout": .integer(current), "seqtool": .string(seqtoolVersion)]) + "\n"
  }

  /// Checks that a folder can be read. One without the file is of the first layout.
  /// - Throws: `.data` if it is of a later one, or does not tell.
  package static func check(_ folder: String) throws(SeqError) {
    let path = folder + "/" + file
    guard FileSystem.exists(path) else { return }
    let node = try ConfigNode(contentsOf: ContainedFile(path, in: folder, limit: 1 << 16).path)
    guard let layout = node["layout"]?.intValue, layout > 0 else {
      throw .data("does not state the layout of the folder: it is damaged", at: .file(path))
    }
    guard layout > current else { return }
    let writer = node["seqtool"]?.stringValue.map { "seqtool \($0.printable)" } ?? "a later seqtool"
    throw .data(
      "was written by \(writer) in layout \(layout) of a model's folder; this seqtool reads layouts up to \(current)",
      at: .file(path), remedy: "install a later seqtool")
  }
}

/// The version of the toolkit and the command.
public let seqtoolVersion = "0.1.0"
