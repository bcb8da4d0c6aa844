import SeqCore
import SeqData
import SeqMetrics

/// The mended copy of one file.
struct RepairedCopy {
  private let data: InspectedData
  private let source: String
  private let plan: RepairPlan
  private let scheme: TagScheme?
  private let table: RecordTable
  private var characters: LineRepair
  private(set) var tags = 0
  /// First lines of records that were left out because they cannot be read.
  private(set) var unreadable: [Int] = []

  var changes: [FindingKind: Int] { characters.changes }

  init(_ data: InspectedData, source: String, plan: RepairPlan, scheme: TagScheme?, table: RecordTable) {
    (self.data, self.source, self.plan, self.scheme, self.table) = (data, source, plan, scheme, table)
    characters = LineRepair(format: data.format)
  }

  mutating func write(to path: String) throws(SeqError) {
    let output = try OutputFile(path)
    var input = try RawRecords(source, format: data.format, options: data.reading)
    try output.write(mended(input.header, isFirst: true))
    let isTagFile =
      data.wanted == .tags && (data.format != .parallel || data.files(of: data.parts[0]).count > 1 && isTags)
    let editor = try isTagFile ? TagEditor(format: data.format, columns: data.reading.columns, file: source) : nil
    var isFirst = input.header.isEmpty
    while try input.next() {
      let first = input.lines.lowerBound
      if plan.dropped[first] != nil { continue }
      if input.lines.contains(where: plan.unreadable.contains) {
        unreadable.append(first)
        continue
      }
      var bytes = mended(input.bytes, isFirst: isFirst)
      isFirst = false
      if let editor, let scheme, let record = plan.records[first] {
        let names = table.tags(of: record).map { table.labels.names[Int($0)] }
        let repaired = scheme.repaired(names)
        if repaired != names {
          tags += zip(names, repaired).count { $0 != $1 }
          bytes = editor.replacingTags(in: bytes, with: repaired)
        }
      }
      try output.write(bytes)
    }
    try output.finish()
  }

  /// Whether this is the file of tags among parallel ones.
  private var isTags: Bool { data.parts.contains { data.files(of: $0).last == source } }

  private mutating func mended(_ bytes: [UInt8], isFirst: Bool) -> [UInt8] {
    // Characters of other encodings are left to whoever knows them.
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
