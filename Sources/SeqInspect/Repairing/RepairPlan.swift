import SeqCore

/// Which records of a part are left out.
struct RepairPlan {
  /// Lines on which something cannot be read.
  private(set) var unreadable: Set<Int> = []
  /// First lines of records that are left out, and why.
  private(set) var dropped: [Int: DataRepair.Dropped] = [:]
  /// The number of the record that starts at a line.
  private(set) var records: [Int: Int] = [:]

  init(_ all: Collection, _ part: Int, _ kinds: Set<DataRepair.Dropped>) {
    let table = all.table
    unreadable = Set(all.problems[part].compactMap { $0.place?.line })
    var elsewhere: Set<UInt64> = []
    var answers: [UInt64: Set<UInt64>] = [:]
    for record in table.indices {
      if Int(table.part[record]) == part {
        records[Int(table.line[record])] = record
        answers[table.text[record], default: []].insert(table.answer[record])
      } else {
        elsewhere.insert(table.text[record])
      }
    }
    var seen: Set<[UInt64]> = []
    for record in table.indices where Int(table.part[record]) == part {
      let text = table.text[record]
      let isNew = seen.insert([text, table.answer[record]]).inserted
      let line = Int(table.line[record])
      if kinds.contains(.empty), table.length[record] == 0 {
        dropped[line] = .empty
      } else if kinds.contains(.leaks), part == 0, elsewhere.contains(text) {
        dropped[line] = .leaks
      } else if kinds.contains(.conflicts), (answers[text]?.count ?? 0) > 1 {
        dropped[line] = .conflicts
      } else if kinds.contains(.duplicates), !isNew {
        dropped[line] = .duplicates
      }
    }
  }
}
