import SeqCore
import SeqData
import SeqTags

/// The repaired copy of one file.
struct RepairedCopy {
  private let data: InspectedData
  private let source: SourceFile
  private let plan: RepairPlan
  private let table: RecordTable
  private var characters: LineRepair
  private(set) var changes = RepairCounts()

  init(_ data: InspectedData, source: SourceFile, plan: RepairPlan, table: RecordTable) {
    (self.data, self.source, self.plan, self.table) = (data, source, plan, table)
    characters = LineRepair(format: data.format, reading: data.reading)
  }

  /// Writes the copy; a file that is one record is not written if the record is left out.
  ///
  /// - Parameter scheme: the scheme of the tags in this file, if there are any.
  mutating func write(to path: String, tags scheme: TagScheme?) throws(SeqError) {
    var input = try RawRecords(
      source.path, format: data.format, options: data.reading, wanting: data.wanted,
      isOneText: source.isOneText)
    var output = source.isOneText ? nil : try open(path)
    try output?.write(mended(input.header, isFirst: true))
    let editor = try scheme.map { _ throws(SeqError) in
      try TagEditor(of: source.path, format: data.format, options: data.reading)
    }
    var isFirst = input.header.isEmpty
    while try input.next() {
      if input.sharesLine { throw sharedLine(input.lines.lowerBound) }
      guard isKept(input.lines) else { continue }
      var bytes = mended(input.bytes, isFirst: isFirst)
      isFirst = false
      if let editor, let scheme, let record = plan.records[start(input.lines.lowerBound)] {
        bytes = retagged(bytes, record, editor, scheme)
      }
      if output == nil { output = try open(path) }
      try output?.write(bytes)
    }
    // Comments after the last sentence.
    try output?.write(mended(input.bytes, isFirst: false))
    try output?.finish()
    changes.characters = characters.changes
  }

  private func sharedLine(_ line: Int) -> SeqError {
    .data(
      "several records on one line, which cannot be repaired one by one", at: .line(line, of: source.path),
      remedy:
        "convert it to one record per line first: seqtool convert \(shellQuoted(source.path)) "
        + "\(shellQuoted(source.path + ".jsonl"))"
    )
  }

  private func open(_ path: String) throws(SeqError) -> ByteSink {
    try FileSystem.makeFolder(FileSystem.folder(of: path))
    // A folder of classes may have thousands of files.
    return try ByteSink(path, isDurable: !data.hasFileAfterFile)
  }

  /// A line of this file, as the plan identifies it.
  private func start(_ line: Int) -> RepairPlan.Start {
    RepairPlan.Start(file: data.hasFileAfterFile ? source.path : nil, line: line)
  }

  private mutating func isKept(_ lines: Range<Int>) -> Bool {
    if plan.dropped[start(lines.lowerBound)] != nil { return false }
    guard !plan.unreadable.isEmpty, lines.contains(where: { plan.unreadable.contains(start($0)) }) else { return true }
    changes.unreadable.append(
      data.hasFileAfterFile ? "\(source.path):\(lines.lowerBound)" : "\(lines.lowerBound)")
    return false
  }

  private mutating func retagged(
    _ bytes: [UInt8], _ record: Int, _ editor: TagEditor, _ scheme: TagScheme
  ) -> [UInt8] {
    let names = table.tags(of: record).map { table.labels.names[Int($0)] }
    let repaired = scheme.repaired(names)
    if repaired == names { return bytes }
    let result = editor.replacingPrefixes(in: bytes, of: names, with: repaired)
    changes.tags += zip(bytes, result).count { $0 != $1 }
    return result
  }

  private mutating func mended(_ bytes: [UInt8], isFirst: Bool) -> [UInt8] {
    // Files in other encodings are not changed.
    guard data.reading.encoding == .utf8 else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      result += characters.mend(bytes[start..<end], isFirst: isFirst && start == 0)
      start = end
    }
    return result
  }
}

/// How much was changed in a file, or in all files of a folder.
struct RepairCounts {
  /// Lines or characters, by kind.
  var characters: [FindingKind: Int] = [:]
  /// Tags.
  var tags = 0
  /// Where the records start that were left out because they cannot be read: a line, or a file and a line.
  var unreadable: [String] = []

  static func += (a: inout RepairCounts, b: RepairCounts) {
    a.characters.merge(b.characters, uniquingKeysWith: +)
    a.tags += b.tags
    a.unreadable += b.unreadable
  }
}
