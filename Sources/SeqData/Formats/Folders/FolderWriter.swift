import SeqCore
import SeqRecords

/// Writes a folder for each class with a file for each text, numbered in the order of the records.
final class FolderWriter: FormatWriter {
  private let folder: NewFolder
  private var counts: [String: Int] = [:]
  private var isFinished = false

  init(_ path: String) throws(SeqError) { folder = try NewFolder(path) }

  deinit { if !isFinished { folder.abandon() } }

  func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    var label = losses.cleaned(
      record.label ?? "", "a label", forbidding: lineEnds.union([Byte.slash]), by: UInt8(ascii: "_"))
    if label.hasPrefix(".") {
      losses.note("labels that begin with a dot", .marked)
      label = "_" + label
    }
    let text = losses.cleaned(record.text ?? "", "a text", forbidding: [Byte.carriageReturn, 0])
    let count = counts[label, default: 0]
    counts[label] = count + 1
    if count == 0 { try FileSystem.makeFolder(folder.beside + "/" + label) }
    let digits = String(count)
    let name = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    let sink = try ByteSink(folder.beside + "/" + label + "/" + name + ".txt", isDurable: false, isText: true)
    // The reader removes the end of the last line.
    try sink.write(text.utf8.last == Byte.lineFeed ? text + "\n" : text)
    try sink.finish()
  }

  func finish() throws(SeqError) {
    if counts.isEmpty { throw .data("no records, and folders cannot express none") }
    try folder.finish()
    isFinished = true
  }
}
