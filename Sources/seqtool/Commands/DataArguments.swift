public import ArgumentParser
import SeqCore
public import SequenceToolkit

// Options that describe data on the command line.

extension DataFormat: ExpressibleByArgument {
  // The parser always asks for them several times per option.
  private static let names = allCases.map(\.rawValue)
  public static var allValueStrings: [String] { names }
}
extension TextEncoding: ExpressibleByArgument {}
extension SeveralLabels: ExpressibleByArgument {}
extension InvalidBytes: ExpressibleByArgument {}
extension Delimiter: ExpressibleByArgument {
  /// A delimiter as the value of a flag.
  public init?(argument: String) { self.init(argument) }
}
extension MisalignedSpans: ExpressibleByArgument {}

/// How to read files of examples, with the names of the config's keys. The format is not included, because some
/// commands have two.
struct ReadingArguments: ParsableArguments {
  @Option(help: "The character encoding of the input; by default utf-8.")
  var encoding: TextEncoding?

  @Option(
    help: ArgumentHelp(
      "How to treat bytes that are invalid in the encoding: report a mistake, or read them as U+FFFD.",
      valueName: "refuse|replace"))
  var invalidBytes: InvalidBytes?

  @Option(
    help: ArgumentHelp(
      "\(DataFormat.names(taking: .delimiter)): the field delimiter, such as ';' or tab; by default the format's own.",
      valueName: "character"))
  var delimiter: Delimiter?

  @Flag(
    inversion: .prefixedNo,
    help: "\(DataFormat.names(taking: .header)): whether the first row names the columns; by default it does.")
  var header: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "\(DataFormat.names(taking: .quoting)): whether \" quotes a field; by default it does.")
  var quoting: Bool?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The column of the text, by name or position from 0.", valueName: "column"))
  var text: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("The column of the label.", valueName: "column"))
  var label: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("The column of the token.", valueName: "column"))
  var token: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The column of the tag; negative positions count from the end; upos, xpos, feats of conllu.", valueName: "column"
    ))
  var tag: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("The column of the target.", valueName: "column"))
  var target: String?

  @Option(
    help: ArgumentHelp(
      "Several columns at once; the roles are text, label, token, tag, spans and target.", valueName: "role=column,…"))
  var columns: [String] = []

  @Option(
    help: ArgumentHelp(
      "\(DataFormat.names(taking: .comments)): the prefix of comment lines; '' for none. By default it is detected.",
      valueName: "prefix"))
  var comments: String?

  @Option(
    help: ArgumentHelp(
      "\(DataFormat.names(taking: .severalLabels)): how to treat a record with several labels.",
      valueName: "refuse|first|join"))
  var severalLabels: SeveralLabels?

  @Option(
    help: ArgumentHelp(
      "How to treat spans that do not begin and end with a token.", valueName: "refuse|skip|widen"))
  var misaligned: MisalignedSpans?

  @Option(
    help: ArgumentHelp(
      "\(DataFormat.names(taking: .tagNames)): the names of tags that the file writes as numbers, from 0.",
      valueName: "name,…"))
  var tagNames: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The longest line, row or sentence that is read, in bytes.", valueName: "bytes"))
  var maximumLineBytes: Int?

  func validate() throws {
    if let maximumLineBytes, maximumLineBytes < 1 {
      throw ValidationError("--maximum-line-bytes: expected 1 or more")
    }
  }

  /// Whether any of these options was given.
  var isUsed: Bool {
    encoding != nil || invalidBytes != nil || delimiter != nil || comments != nil || header != nil || quoting != nil
      || namesColumns || severalLabels != nil || misaligned != nil || tagNames != nil || maximumLineBytes != nil
  }

  private var namesColumns: Bool { [text, label, token, tag, target].contains { $0 != nil } || !columns.isEmpty }

  /// - Parameter naming: how messages name these flags and the command's own ones.
  /// - Throws: `.usage` for an unknown role.
  func options(format: DataFormat?, naming: SettingNames) throws(SeqError) -> ReadingOptions {
    try applied(to: ReadingOptions(format: format, naming: naming))
  }

  /// The options changed by these flags. If a column is named, all other columns are reset, except for the further
  /// columns that a model reads.
  /// - Throws: `.usage` for an unknown role.
  func applied(to options: ReadingOptions) throws(SeqError) -> ReadingOptions {
    var options = options
    if namesColumns {
      let features = options.columns.features
      options.columns = try columnNames()
      options.columns.features = features
    }
    if let encoding { options.encoding = encoding }
    if let header { options.header = header }
    if let quoting { options.quoting = quoting }
    if let severalLabels { options.severalLabels = severalLabels }
    if let maximumLineBytes { options.maximumLineBytes = maximumLineBytes }
    if let invalidBytes { options.invalidBytes = invalidBytes }
    if let delimiter { options.delimiter = delimiter }
    if let comments { options.comments = comments }
    if let misaligned { options.misaligned = misaligned }
    if let tagNames { options.tagNames = tagNames.split(separator: ",").map(String.init) }
    return options
  }

  /// The column of the tag, in upper case if it is one of CoNLL-U's.
  var tagColumn: ColumnReference? {
    guard let tag else { return nil }
    let isConllu = ["upos", "xpos", "feats", "lemma", "deprel", "misc"].contains(tag.lowercased())
    return Self.column(isConllu ? tag.uppercased() : tag)
  }

  private func columnNames() throws(SeqError) -> ColumnNames {
    var names = ColumnNames(
      text: text.map(Self.column), label: label.map(Self.column), token: token.map(Self.column), tag: tagColumn,
      target: target.map(Self.column))
    for part in columns.flatMap({ $0.split(separator: ",") }) {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      let roles = ["text", "label", "token", "tag", "spans", "target"]
      guard pair.count == 2, roles.contains(pair[0]) else {
        let found = pair.first ?? ""
        throw .usage(
          "--columns: expected role=name, found \"\(part)\"" + didYouMean(found, among: roles),
          remedy: "roles: \(roles.joined(separator: ", "))")
      }
      names[pair[0]] = Self.column(pair[1])
    }
    return names
  }

  /// A position if it is a number, else a name.
  static func column(_ text: String) -> ColumnReference { Int(text).map { .index($0) } ?? .name(text) }
}

/// The schemes by their common names.
enum SchemeName: String, ExpressibleByArgument, CaseIterable {
  case bio, bioes, bmes, bilou, iob1

  var scheme: TagScheme {
    switch self {
    case .bio: .iob2
    case .bioes: .bioes
    case .bmes: .bmes
    case .bilou: .bilou
    case .iob1: .iob1
    }
  }
}

/// The tokenizers whose tokens can have tags.
enum TokenizerName: String, ExpressibleByArgument, CaseIterable {
  case whitespace, word, character

  var kind: TokenizerSettings.Kind {
    switch self {
    case .whitespace: .whitespace
    case .word: .word
    case .character: .character
    }
  }
}
