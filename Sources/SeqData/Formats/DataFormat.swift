import SeqCore

/// How a file of examples is laid out.
///
/// This is the one list of formats: a case, and what describes it. All that is known about a format stands in its folder,
/// and everything else asks its descriptor.
public enum DataFormat: String, CaseIterable, Sendable {
  case csv, tsv, columns, conllu, jsonl, doccano, labelled, fasttext, parallel, folders, pairs, inline, lines, brat

  /// What is known about the format.
  var descriptor: any FormatDescriptor {
    switch self {
    case .csv, .tsv: TableFormat(format: self)
    case .columns, .conllu: SentenceFormat(format: self)
    case .jsonl: JSONLinesFormat()
    case .doccano: DoccanoFormat()
    case .labelled: LabelledFormat()
    case .fasttext: FastTextFormat()
    case .parallel: ParallelFormat()
    case .folders: FolderFormat()
    case .pairs: PairsFormat()
    case .inline: InlineFormat()
    case .lines: PlainFormat()
    case .brat: BratFormat()
    }
  }
}
