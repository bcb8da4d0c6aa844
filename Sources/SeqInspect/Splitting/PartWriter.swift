import SeqCore

/// The parts of one file while they are written.
struct PartWriter {
  /// A file that is cut, and what comes behind a part's name to make its own: `.csv`, or `/seq.in`.
  struct File {
    var source: String
    var ending: String
  }

  private let outputs: [OutputFile]

  init(folder: String, file: File, names: [String]) throws(SeqError) {
    var outputs: [OutputFile] = []
    for name in names {
      let path = folder + "/" + name + file.ending
      try FileSystem.makeFolder(FileSystem.folder(of: path))
      outputs.append(try OutputFile(path))
    }
    self.outputs = outputs
  }

  func write(header: [UInt8]) throws(SeqError) { for output in outputs { try output.write(header) } }

  func write(_ record: [UInt8], to parts: [Int]) throws(SeqError) {
    for part in parts { try outputs[part].write(record) }
  }

  func finish() throws(SeqError) { for output in outputs { try output.finish() } }
}
