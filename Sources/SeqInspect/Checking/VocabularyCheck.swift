import SeqCore
import SeqReport
import SeqText

/// Checks how many words of the other parts are known, and how many have vectors.
struct VocabularyCheck {
  /// The share of unknown running words from which there is a warning.
  static let unknown = 0.2

  private let all: Collection
  private let data: InspectedData
  private let vectors: [WordVectorFile]

  init(_ all: Collection, _ data: InspectedData, _ vectors: [WordVectorFile]) {
    (self.all, self.data, self.vectors) = (all, data, vectors)
  }

  func run(_ findings: inout FindingList) {
    for part in data.parts.indices.dropFirst() {
      // If each text is one word, such as a name, all words are new, and nobody would use words as tokens.
      guard let share = Self.unknownShare(all, part), share > Self.unknown,
        all.statistics[part].tokens > 2 * all.statistics[part].records
      else { continue }
      add(.vocabulary, part, &findings, "try tokenizer.lowercase, or characters") {
        "\(percent(share)) of the running tokens never occur in \(data.parts[0].name)"
      }
    }
    for file in vectors { check(file, &findings) }
  }

  private func check(_ vectors: WordVectorFile, _ findings: inout FindingList) {
    for fault in vectors.refused {
      findings.add(.vectorNumber) {
        FindingList.Draft(
          kind: .vectorNumber, part: 0, file: vectors.path, line: fault.place?.line, message: fault.message,
          remedy: fault.remedy)
      }
    }
    for fault in vectors.faults {
      findings.add(.vectors) {
        FindingList.Draft(
          kind: .vectors, part: 0, file: vectors.path, line: fault.line, column: 1, message: fault.message)
      }
    }
    for part in data.parts.indices {
      guard let coverage = vectors.coverage(of: all.statistics[part].vocabulary) else { continue }
      if coverage.exact < coverage.lowercased - 0.05 {
        add(.vectors, part, &findings, "try tokenizer.lowercase") {
          "\(percent(coverage.exact)) of the running tokens have a vector, \(percent(coverage.lowercased)) in lower case"
        }
      } else if coverage.lowercased < 1 - Self.unknown {
        add(.vectors, part, &findings, nil) { "\(percent(coverage.exact)) of the running tokens have a vector" }
      }
    }
  }

  /// The share of a part's running tokens that do not occur in the first part.
  static func unknownShare(_ all: Collection, _ part: Int) -> Double? {
    let vocabulary = all.statistics[part].vocabulary
    guard vocabulary.total > 0, part > 0 else { return nil }
    let train = all.statistics[0].vocabulary
    let known = vocabulary.tokens.reduce(0) { $0 + (train.count(of: $1) > 0 ? vocabulary.count(of: $1) : 0) }
    return 1 - Double(known) / Double(vocabulary.total)
  }

  private func add(
    _ kind: FindingKind, _ part: Int, _ findings: inout FindingList, _ remedy: String?, _ message: () -> String
  ) {
    findings.add(kind) { FindingList.Draft(kind: kind, part: part, message: message(), remedy: remedy) }
  }
}

/// A share for people: `97.2 %`. A share below 1 is never written as 100 %.
public func percent(_ share: Double) -> String {
  let text = (share * 100).fixed(1)
  return (text == "100.0" && share < 1 ? "99.9" : text) + " %"
}
