/// A part of a record that a format may express or not.
enum RecordPart: Hashable {
  case text, tokens, label, tags, spans, target
  /// Columns of a table, or members of an object, that have no other meaning.
  case fields
}

extension DataFormat {
  /// What a file of this format can hold.
  var expresses: Set<RecordPart> {
    switch self {
    case .csv, .tsv: [.text, .label, .target, .fields]
    case .columns, .conllu, .inline: [.tokens, .tags]
    case .jsonl: [.text, .tokens, .label, .tags, .spans, .target, .fields]
    case .labelled, .fasttext, .folders: [.text, .label]
    case .parallel: [.text, .tokens, .label, .tags]
    case .pairs: [.text, .target, .fields]
    case .lines: [.text]
    case .brat: [.text, .spans]
    }
  }

  /// What each of its records must have.
  var requires: Set<RecordPart> {
    switch self {
    case .labelled, .fasttext, .folders: [.label]
    case .inline: [.tags]
    case .pairs: [.target]
    case .csv, .tsv, .columns, .conllu, .jsonl, .parallel, .lines, .brat: []
    }
  }
}
