public import SeqCore
import SeqData
import SeqRecords

/// Splits a file into parts; each record keeps its bytes.
public struct FileSplit {
  /// The kind of parts.
  public enum Plan: Sendable {
    /// `train`, `dev` and `test`; those without records are not written.
    case parts(dev: Double, test: Double)
    /// `fold-1` …, each with `train` and `test`, and with `dev` if its share (of what is not test) is above 0.
    case folds(Int, dev: Double)
  }

  /// A written part and how many records it has.
  public struct Written: Sendable {
    /// Its path within the folder.
    public var name: String
    /// How many records.
    public var records: Int
    /// How many labels or tags of the file the part has, and how many the file has.
    public var labels: Int
  }

  private var data: InspectedData
  private let plan: Plan
  private let group: ColumnReference?
  private let seed: UInt64

  /// - Parameters:
  ///   - data: one part.
  ///   - group: the column by which records stay together: a name or position for csv, tsv and pairs, a key for JSON
  ///     lines, a file's name for parallel files; for sentences, a column of which the first token's value counts.
  public init(_ data: InspectedData, plan: Plan, group: ColumnReference? = nil, seed: UInt64) {
    (self.data, self.plan, self.group, self.seed) = (data, plan, group, seed)
    // Sentences from which nothing can be learned are also copied.
    self.data.reading.keepsMissingTags = true
  }

  /// Writes the parts into a new folder.
  ///
  /// - Throws: `.data` for records that cannot be read, so that none is lost, and for a file without records;
  ///   `.inputOutput` if the folder exists and is not empty.
  public func write(to folder: String) throws(SeqError) -> [Written] {
    let part = data.parts[0]
    try RawRecords.check(part.path, format: data.format, options: data.reading)
    let records = try readAll(path: part.path, options: data.reading, wanting: data.wanted)
    if records.isEmpty { throw .data("holds no records, so there is nothing to split", at: .file(part.path)) }
    let assigned = try assign(records)
    let target = try NewFolder(folder)
    return try target.fill { beside throws(SeqError) in
      // The files of a folder of classes follow each other; the lines of parallel files correspond to each other.
      var done = 0
      for file in try data.sources(of: part) {
        if !data.hasFileAfterFile { done = 0 }
        done = try copy(file, records, from: done, assigned, to: beside)
        guard data.hasFileAfterFile || done == records.count else {
          throw SeqError(.internalFault, "\(done) records, expected \(records.count)", at: .file(file.path))
        }
      }
      return written(records, assigned)
    }
  }

  /// Copies the records of one file to their parts.
  /// - Parameter first: the number of its first record.
  /// - Returns: the number of the record after its last one.
  private func copy(
    _ file: SourceFile, _ records: [Record], from first: Int, _ assigned: Assignment, to folder: String
  ) throws(SeqError) -> Int {
    var writer = try PartWriter(folder: folder, file: file, names: assigned.names, isSparse: data.hasFileAfterFile)
    var input = try RawRecords(
      file.path, format: data.format, options: data.reading, wanting: data.wanted, isOneText: file.isOneText)
    try writer.write(header: input.header)
    var index = first
    while try input.next() {
      guard index < records.count, records[index].line == input.lines.lowerBound,
        records[index].file ?? file.path == file.path
      else {
        throw SeqError(
          .internalFault, "the record at this line is split differently from how it is read",
          at: .line(input.lines.lowerBound, of: file.path), remedy: "please report this with the file")
      }
      try writer.write(input.bytes, to: assigned.parts[index])
      index += 1
    }
    // Comments after the last sentence.
    if !input.bytes.isEmpty, index > first { try writer.write(input.bytes, to: assigned.parts[index - 1]) }
    try writer.finish()
    return index
  }

  /// The names of the parts, and the parts of each record.
  private struct Assignment {
    var names: [String]
    var parts: [[Int]]
  }

  private func assign(_ records: [Record]) throws(SeqError) -> Assignment {
    let keyed = try keyed(records)
    switch plan {
    case .parts(let dev, let test):
      // As a fit splits its only file: the same seed gives the same parts.
      let parts = try split(keyed, dev: dev, test: test, seed: Seed(seed).child("split"))
      let all = [("train", parts.train), ("dev", parts.dev), ("test", parts.test)].filter { !$0.1.isEmpty }
      var result = Assignment(names: all.map(\.0), parts: Array(repeating: [], count: records.count))
      for (number, (_, members)) in all.enumerated() { for member in members { result.parts[member] = [number] } }
      return result
    case .folds(let count, let dev):
      return try assignFolds(keyed, count, dev)
    }
  }

  private func assignFolds(_ records: [Record], _ count: Int, _ dev: Double) throws(SeqError) -> Assignment {
    let fold = try folds(records, count: count, seed: Seed(seed))
    let kinds = dev > 0 ? ["train", "dev", "test"] : ["train", "test"]
    var result = Assignment(names: [], parts: Array(repeating: [], count: records.count))
    for number in 0..<count {
      let base = result.names.count
      result.names += kinds.map { "fold-\(number + 1)/\($0)" }
      let rest = records.indices.filter { fold[$0] != number }
      var isDev: Set<Int> = []
      if dev > 0 {
        let cut = try split(rest.map { records[$0] }, dev: dev, test: 0, seed: Seed(seed).child("fold", number))
        isDev = Set(cut.dev.map { rest[$0] })
      }
      for record in records.indices {
        result.parts[record].append(
          base + (fold[record] == number ? kinds.count - 1 : isDev.contains(record) ? 1 : 0))
      }
    }
    return result
  }

  /// The records, with equal texts for those that must stay together.
  private func keyed(_ records: [Record]) throws(SeqError) -> [Record] {
    guard let group else { return records }
    let texts = records.map { $0.tokens?.joined(separator: "\n") ?? $0.text ?? "" }
    let names = componentNames(texts: texts, groups: try groups(group, records.count))
    return zip(records, names).map { Record(text: $1, label: $0.label, line: $0.line) }
  }

  private func groups(_ column: ColumnReference, _ count: Int) throws(SeqError) -> [String] {
    var options = data.reading
    let path = data.parts[0].path
    let wanted: Wanted
    guard let role = data.format.traits.groupRole else {
      throw .usage("--group: records of format \(data.format.rawValue) have no columns to be grouped by")
    }
    options.columns[role] = column
    wanted = role == "tag" ? .tags : role == "target" ? .target : .label
    let records = try readAll(path: path, options: options, wanting: wanted)
    guard records.count == count else {
      throw .data("\(records.count) groups for \(count) records", at: .file(path))
    }
    return records.map { $0.label ?? $0.tags?.first ?? $0.target ?? "" }
  }

  private func written(_ records: [Record], _ assigned: Assignment) -> [Written] {
    var counts = [Int](repeating: 0, count: assigned.names.count)
    var labels = [Set<String>](repeating: [], count: assigned.names.count)
    for (record, parts) in zip(records, assigned.parts) {
      for number in parts {
        counts[number] += 1
        labels[number].formUnion(record.label.map { [$0] } ?? record.tags ?? [])
      }
    }
    return assigned.names.indices.map {
      Written(name: assigned.names[$0], records: counts[$0], labels: labels[$0].count)
    }
  }
}
