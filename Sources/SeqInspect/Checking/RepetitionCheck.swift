import SeqCore
import SeqData
import SeqMetrics

/// Looks for texts that occur more than once: with the same answer, with another, in more than one part, or nearly.
struct RepetitionCheck {
  private let all: Collection
  private let data: InspectedData
  private let repetitions: Repetitions
  private var table: RecordTable { all.table }

  init(_ all: Collection, _ data: InspectedData, _ repetitions: Repetitions) {
    (self.all, self.data, self.repetitions) = (all, data, repetitions)
  }

  func run(_ findings: inout FindingList) {
    for group in repetitions.groups where table.length[group.members[0]] > 0 { check(group.members, &findings) }
    guard let index = all.signatures else { return }
    for pair in index.pairs(part: table.part) {
      findings.add(pair.isLeak ? .nearLeak : .nearDuplicate, table, pair.record, .text, quotesText: true) {
        pair.isSameWords
          ? "differs in case, punctuation or blanks alone from \(place(of: pair.other, from: pair.record))"
          : "has about \(Int((pair.similarity * 100).rounded())) % of its word triples in common with "
            + place(of: pair.other, from: pair.record)
      }
    }
  }

  /// Each record is held against the first ones of its text: in all parts, and in its own.
  private func check(_ members: [Int], _ findings: inout FindingList) {
    var firstOfPart: [UInt8: Int] = [:]
    let first = members[0]
    for record in members {
      if table.answer[record] != table.answer[first], data.wanted != .text {
        findings.add(.conflict, table, record, data.wanted == .label ? .label : .text, quotesText: true) {
          conflict(record, first)
        }
      }
      if let earlier = firstOfPart[table.part[record]] {
        if table.answer[record] == table.answer[earlier] {
          findings.add(.duplicate, table, record, .text, quotesText: true, remedy: "try --drop duplicates") {
            "repeats \(place(of: earlier, from: record))" + (data.wanted == .text ? "" : ", \(noun) and all")
          }
        }
        continue
      }
      firstOfPart[table.part[record]] = record
      // Once for each text: what counts is how many texts of a part have been seen before.
      if table.part[record] != table.part[first] {
        findings.add(.leak, table, record, .text, quotesText: true, remedy: "try --drop leaks") {
          "is also in \(data.parts[Int(table.part[first])].name), \(place(of: first, from: record))"
        }
      }
    }
  }

  private var noun: String { data.wanted == .tags ? "tags" : "label" }

  private func conflict(_ record: Int, _ first: Int) -> String {
    let there = place(of: first, from: record)
    guard data.wanted == .label, table.label[record] >= 0, table.label[first] >= 0 else {
      return "has other tags than at \(there)"
    }
    let names = table.labels.names
    return
      "is \(names[Int(table.label[record])].printable) here and \(names[Int(table.label[first])].printable) at \(there)"
  }

  /// Where another record is, as seen from one.
  private func place(of other: Int, from record: Int) -> String {
    table.part[other] == table.part[record]
      ? "line \(table.line[other])" : "\(data.parts[Int(table.part[other])].path):\(table.line[other])"
  }
}
