import SeqCore

/// The format of a file of examples.
///
/// This is the only list of formats: each case has a descriptor. All knowledge about a format is in its folder, and all
/// other code asks its descriptor.
public enum DataFormat: String, CaseIterable, Sendable {
  case csv, tsv, columns, conllu, jsonl, doccano, labelled, fasttext, parallel, folders, pairs, inline, lines, brat

  /// The format's descriptor.
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
