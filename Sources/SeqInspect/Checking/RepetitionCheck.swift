import SeqCore
import SeqData
import SeqRecords

/// Finds texts that occur more than once: with the same answer, with different answers, in several parts, or nearly the
/// same.
struct RepetitionCheck {
  private let all: Collection
  private let data: InspectedData
  private let repetitions: Repetitions
  private var table: RecordTable { all.table }

  init(_ all: Collection, _ data: InspectedData, _ repetitions: Repetitions) {
    (self.all, self.data, self.repetitions) = (all, data, repetitions)
  }

  func run(_ findings: inout FindingList) {
    var notes: [Note] = []
    repetitions.forEachGroup { members in if table.length[members[0]] > 0 { note(members, &notes) } }
    notes.sort { ($0.record, $0.other, $0.kind) < ($1.record, $1.other, $1.kind) }
    for note in notes { report(note, &findings) }
    guard let index = all.signatures else { return }
    for pair in index.pairs(part: table.part) {
      let (record, other) = (Int(pair.record), Int(pair.other))
      findings.add(pair.isLeak ? .nearLeak : .nearDuplicate, table, record, .text, quotesText: true) {
        pair.isSameWords
          ? "differs only in case, punctuation or white space from \(place(of: other, from: record))"
          : "has about \(Int((pair.similarity * 100).rounded())) % of its word triples in common with "
            + place(of: other, from: record)
      }
    }
  }

  /// A record and an earlier one of the same text. It is small, because there may be as many of these as records.
  private struct Note {
    enum Kind: UInt8, Comparable {
      case conflict, leak, duplicate
      static func < (a: Kind, b: Kind) -> Bool { a.rawValue < b.rawValue }
    }

    let kind: Kind
    let record: UInt32
    let other: UInt32

    init(_ kind: Kind, _ record: Int, _ other: Int) {
      (self.kind, self.record, self.other) = (kind, UInt32(record), UInt32(other))
    }
  }

  /// Records each further answer of a text, each record that repeats one of its part, and each further part.
  private func note(_ members: [Int], _ notes: inout [Note]) {
    let first = members[0]
    var answers: Set<UInt64> = [table.answer[first]]
    var parts: Set<UInt8> = [table.part[first]]
    var inPart: [UInt8: [UInt64: Int]] = [:]
    for record in members {
      let (part, answer) = (table.part[record], table.answer[record])
      if answers.insert(answer).inserted { notes.append(Note(.conflict, record, first)) }
      if parts.insert(part).inserted { notes.append(Note(.leak, record, first)) }
      if let earlier = inPart[part, default: [:]][answer] {
        notes.append(Note(.duplicate, record, earlier))
      } else {
        inPart[part, default: [:]][answer] = record
      }
    }
  }

  private func report(_ note: Note, _ findings: inout FindingList) {
    let (record, other) = (Int(note.record), Int(note.other))
    let there = { place(of: other, from: record) }
    switch note.kind {
    case .conflict:
      findings.add(.conflict, table, record, data.wanted == .label ? .label : .text, quotesText: true) {
        conflict(record, other)
      }
    case .leak:
      findings.add(.leak, table, record, .text, quotesText: true, remedy: "try --fix with --drop leaks") {
        "is also in \(data.parts[Int(table.part[other])].name), \(there())"
      }
    case .duplicate:
      findings.add(.duplicate, table, record, .text, quotesText: true, remedy: "try --fix with --drop duplicates") {
        "repeats \(there())" + (data.wanted == .text ? "" : ", including its \(data.answerNoun)")
      }
    }
  }

  private func conflict(_ record: Int, _ first: Int) -> String {
    let there = place(of: first, from: record)
    guard data.wanted == .label, table.label[record] >= 0, table.label[first] >= 0 else {
      return "has \(data.wanted == .tags ? "other tags" : "another \(data.answerNoun)") than at \(there)"
    }
    let names = table.labels.names
    return
      "is \(names[Int(table.label[record])].printable) here and \(names[Int(table.label[first])].printable) at \(there)"
  }

  /// Where another record is, seen from one.
  private func place(of other: Int, from record: Int) -> String {
    if table.part[other] == table.part[record], table.file(of: other) == table.file(of: record) {
      return "line \(table.line[other])"
    }
    let file = table.file(of: other) ?? data.file(of: data.parts[Int(table.part[other])])
    return "\(file):\(table.line[other])"
  }
}
