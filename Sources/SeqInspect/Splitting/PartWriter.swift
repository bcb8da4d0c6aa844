import SeqCore
import SeqData

/// Writes the parts of one file.
struct PartWriter {
  private let paths: [String]
  private let isSparse: Bool
  private var outputs: [ByteSink?]

  /// - Parameter isSparse: whether a part without records of the file gets no file.
  init(folder: String, file: SourceFile, names: [String], isSparse: Bool) throws(SeqError) {
    self.isSparse = isSparse
    paths = names.map { folder + "/" + $0 + file.ending }
    outputs = paths.map { _ in nil }
    if !isSparse { for part in paths.indices { _ = try output(part) } }
  }

  /// The file of a part, made when it is first needed.
  private mutating func output(_ part: Int) throws(SeqError) -> ByteSink {
    if let output = outputs[part] { return output }
    try FileSystem.makeFolder(FileSystem.folder(of: paths[part]))
    let output = try ByteSink(paths[part], isDurable: !isSparse)
    outputs[part] = output
    return output
  }

  mutating func write(header: [UInt8]) throws(SeqError) {
    for output in outputs { try output?.write(header) }
  }

  mutating func write(_ record: [UInt8], to parts: [Int]) throws(SeqError) {
    for part in parts { try output(part).write(record) }
  }

  func finish() throws(SeqError) { for output in outputs { try output?.finish() } }
}
