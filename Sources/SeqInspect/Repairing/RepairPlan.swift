import SeqCore
import SeqData

/// Which records of a part are left out.
struct RepairPlan {
  /// Where a record starts: a line of its file, or of the part's file if the format has only one.
  struct Start: Hashable {
    var file: String?
    var line: Int
  }

  /// Lines that cannot be read.
  private(set) var unreadable: Set<Start> = []
  /// Records that are left out, and why.
  private(set) var dropped: [Start: DataRepair.Dropped] = [:]
  /// The numbers of the records.
  private(set) var records: [Start: Int] = [:]

  init(_ all: Collection, _ part: Int, _ data: InspectedData, _ kinds: Set<DataRepair.Dropped>) {
    let table = all.table
    for place in all.problems[part].compactMap(\.place) {
      guard let line = place.line else { continue }
      unreadable.insert(Start(file: data.hasFileAfterFile ? place.file : nil, line: line))
    }
    var elsewhere: Set<UInt64> = []
    var answers: [UInt64: Set<UInt64>] = [:]
    for record in table.indices {
      if Int(table.part[record]) == part {
        records[Self.start(of: record, table)] = record
        answers[table.text[record], default: []].insert(table.answer[record])
      } else {
        elsewhere.insert(table.text[record])
      }
    }
    var seen: Set<[UInt64]> = []
    for record in table.indices where Int(table.part[record]) == part {
      let text = table.text[record]
      let isNew = seen.insert([text, table.answer[record]]).inserted
      let start = Self.start(of: record, table)
      if kinds.contains(.empty), table.length[record] == 0 {
        dropped[start] = .empty
      } else if kinds.contains(.leaks), part == 0, elsewhere.contains(text) {
        dropped[start] = .leaks
      } else if kinds.contains(.conflicts), (answers[text]?.count ?? 0) > 1 {
        dropped[start] = .conflicts
      } else if kinds.contains(.duplicates), !isNew {
        dropped[start] = .duplicates
      }
    }
  }

  private static func start(of record: Int, _ table: RecordTable) -> Start {
    Start(file: table.file(of: record), line: Int(table.line[record]))
  }
}
