import SeqCore
import SeqData
import SeqRecords
import Synchronization

/// The notes that readers take while something runs, without the path of a folder.
func notes(in folder: TemporaryFolder, _ body: () throws -> Void) rethrows -> [String] {
  let lines = Lines()
  try ReadingNotes { lines.add($0) }.collecting(body)
  return lines.all.map { $0.replacing(folder.path + "/", with: "") }
}

/// What reading some bytes gives, and what is noted of them.
func readNoted(
  _ content: some Collection<UInt8>, as format: DataFormat, wanting wanted: Wanted = .label,
  _ change: (inout ReadingOptions) -> Void = { _ in }
) throws -> (outcome: TemporaryFolder.Outcome, notes: [String]) {
  let folder = try TemporaryFolder()
  try folder.write(content, to: "f")
  var options = ReadingOptions(format: format)
  change(&options)
  var outcome = TemporaryFolder.Outcome.records([])
  let notes = notes(in: folder) { outcome = folder.outcome(of: "f", options: options, wanting: wanted) }
  return (outcome, notes)
}

private final class Lines: Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }
  func add(_ line: String) { lines.withLock { $0.append(line) } }
}
