import SeqCore
import SeqData
import SeqRecords
import SeqText

/// What one pass over all parts collects.
struct Collection {
  private(set) var table = RecordTable()
  private(set) var statistics: [PartStatistics] = []
  private(set) var signatures: NearDuplicateIndex?
  /// What the readers could not read, part by part.
  private(set) var problems: [[SeqError.Diagnostic]] = []

  /// Reads all parts once.
  ///
  /// - Parameters:
  ///   - nearThreshold: how similar texts must be to count as nearly the same; `nil` skips this search.
  ///   - isLenient: whether to continue after mistakes.
  init(
    _ data: InspectedData, nearThreshold: Double?, isLenient: Bool, progress: (Int) -> Void = { _ in }
  ) throws(SeqError) {
    signatures = nearThreshold.map { NearDuplicateIndex(threshold: $0) }
    for (number, part) in data.parts.enumerated() {
      statistics.append(PartStatistics())
      let log = ProblemLog()
      do throws(SeqError) {
        if isLenient {
          try readRecords(path: part.path, options: data.reading, wanting: data.wanted, noting: log) {
            record throws(SeqError) in
            take(record, number, data.tokenizer)
          }
        } else {
          try readRecords(path: part.path, options: data.reading, wanting: data.wanted) { record throws(SeqError) in
            take(record, number, data.tokenizer)
          }
        }
        problems.append(log.found)
      } catch {
        guard isLenient, error.kind == .data else { throw error }
        problems.append(log.found + error.diagnostics)
      }
    }
    signatures?.finish()
  }

  private mutating func take(_ record: Record, _ part: Int, _ tokenizer: Tokenizer) {
    let index = table.count
    var length = 0
    if let tokens = record.tokens {
      length = tokens.count
      for token in tokens { statistics[part].vocabulary.add(tokenizer.normalized(token)) }
    } else {
      tokenizer.forEachToken(in: record.text ?? "") { token, _ in
        length += 1
        statistics[part].vocabulary.add(token)
      }
    }
    table.add(record, part: part, length: length)
    statistics[part].records += 1
    statistics[part].tokens += length
    statistics[part].lengths[length, default: 0] += 1
    if table.label[index] >= 0 { use(Int(table.label[index]), part, index, 0) }
    for (token, tag) in table.tags(of: index).enumerated() { use(Int(tag), part, index, token) }
    signatures?.add(index, text: record.tokens?.joined(separator: " ") ?? record.text ?? "", hashes: table.text)
  }

  private mutating func use(_ label: Int, _ part: Int, _ record: Int, _ token: Int) {
    statistics[part].labels[label, default: LabelUse(record: record, token: token)].count += 1
  }
}

/// What is counted in one part.
struct PartStatistics {
  var records = 0
  var tokens = 0
  /// How many records have each number of tokens.
  var lengths: [Int: Int] = [:]
  /// How often each label or tag occurs, by its number.
  var labels: [Int: LabelUse] = [:]
  var vocabulary = VocabularyBuilder()
}

/// The uses of a label or tag in a part.
struct LabelUse {
  var count = 0
  /// The first record with it and, for a tag, the token.
  var record: Int
  var token: Int
}
