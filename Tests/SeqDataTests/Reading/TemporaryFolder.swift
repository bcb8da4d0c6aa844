import CZlib
import SeqCore
import SeqData
import SeqRecords

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder for one test, removed when it goes away.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "seqdata-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ bytes: some Collection<UInt8>, to name: String) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(filePath: file))
    return file
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
  }

  /// The bytes of a gzip file that holds `bytes`.
  func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let file = path + "/packed.gz"
    let handle = gzopen(file, "wb")
    _ = bytes.withUnsafeBytes { gzwrite(handle, $0.baseAddress, UInt32($0.count)) }
    gzclose(handle)
    return Array(try Data(contentsOf: URL(filePath: file)))
  }

  /// The records of a file of this folder, or the text of the error with this folder's path left out.
  func outcome(of name: String, options: ReadingOptions, wanting wanted: Wanted) -> Outcome {
    do {
      return .records(try readAll(path: name == "-" ? name : path + "/" + name, options: options, wanting: wanted))
    } catch {
      return .failure(error.description.replacing(path + "/", with: ""), error.kind)
    }
  }

  enum Outcome: Equatable {
    case records([Record])
    case failure(String, SeqError.Kind)

    var records: [Record]? { if case .records(let records) = self { records } else { nil } }
    var message: String? { if case .failure(let message, _) = self { message } else { nil } }
    var kind: SeqError.Kind? { if case .failure(_, let kind) = self { kind } else { nil } }
  }
}

/// What reading some bytes as a file of a format gives.
func read(
  _ content: some Collection<UInt8>, as format: DataFormat, wanting wanted: Wanted = .label,
  _ change: (inout ReadingOptions) -> Void = { _ in }
) throws -> TemporaryFolder.Outcome {
  let folder = try TemporaryFolder()
  var options = ReadingOptions(format: format)
  change(&options)
  try folder.write(content, to: "f")
  return folder.outcome(of: "f", options: options, wanting: wanted)
}

/// What reading a folder of parallel files gives.
func readParallel(
  _ files: [String: String], wanting wanted: Wanted, _ columns: ColumnNames = ColumnNames()
) throws -> TemporaryFolder.Outcome {
  let folder = try TemporaryFolder()
  try folder.makeFolder("d")
  for (name, content) in files { try folder.write(content.utf8, to: "d/" + name) }
  return folder.outcome(of: "d", options: ReadingOptions(format: .parallel, columns: columns), wanting: wanted)
}
