package import SeqCore

/// What the records of a file usually have besides their text: what its format holds, and where a format leaves that
/// open, what the file has.
package func usualAnswer(of path: String, _ options: ReadingOptions) throws(SeqError) -> Wanted {
  guard let format = options.format ?? DataFormat(of: path) else { return .text }
  switch format {
  case .parallel:
    let folder = path.hasSuffix("/") ? path : path + "/"
    let hasTags = [".gz", ""].contains { FileSystem.exists(folder + "seq.out" + $0) } || options.columns.tag != nil
    return hasTags && options.columns.label == nil ? .tags : .label
  case .jsonl:
    guard path != "-", FileSystem.exists(path) else { return .label }
    return answer(of: try firstObject(of: path, options))
  case .csv, .tsv: return options.columns.target != nil && options.columns.label == nil ? .target : .label
  default: return [.label, .tags, .target].first(where: format.provides.contains) ?? .text
  }
}

/// The first object that can be read.
private func firstObject(of path: String, _ options: ReadingOptions) throws(SeqError) -> Record? {
  try ProblemLog().collecting { () throws(SeqError) in
    var reader = try JSONLinesReader(path, options: options, wanting: .everything)
    return try reader.next()
  }
}

private func answer(of record: Record?) -> Wanted {
  guard let record else { return .label }
  if record.label != nil { return .label }
  if record.tags != nil || record.spans != nil { return .tags }
  return record.target != nil ? .target : .label
}
