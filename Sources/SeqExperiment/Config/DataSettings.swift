package import SeqConfig
import SeqCore
public import SeqData
public import SeqEncoding
import SeqMetrics
import SeqModel
public import SeqRecords
public import SeqTags

/// Where the data is and how it is read.
public struct DataSettings: Sendable, Equatable {
  /// The file, or folder of parallel files, to learn from.
  public var train: String
  /// The one that tells which epoch is best.
  public var dev: String?
  /// The one that the final scores are from.
  public var test: String?
  /// How all of them are read.
  public var reading: ReadingOptions
  /// What a record must have beside its text or tokens.
  public var wanted = Wanted.label
  /// How the model reads texts and tags.
  package var texts = TextSettings()
  /// How `train` is cut if it is the only file.
  public var split: SplitSettings? = SplitSettings()
  /// Where the tokens' ids are kept during a fit.
  public var storage = DataStorage.automatic
  /// The folder for ids on disk; nil for one beside the model's.
  public var cache: String?
  /// The records themselves, where there is no file to read them from.
  package var memory: MemoryData?

  /// Whether each file is one long text, for a language model, rather than a list of texts.
  public var isStream: Bool {
    get { texts.isStream }
    set { texts.isStream = newValue }
  }

  /// What a classifier reads of long texts.
  public var longTexts: LongTexts {
    get { texts.longTexts }
    set { texts.longTexts = newValue }
  }

  /// The scheme that tags are learned in; nil for that of the files.
  public var scheme: TagScheme? {
    get { texts.scheme }
    set { texts.scheme = newValue }
  }

  /// The data of a training file whose name tells the format, with the defaults.
  public init(train: String) {
    self.train = train
    reading = ReadingOptions(format: DataFormat(of: train))
  }
}

extension DataSettings: ConfigSection {
  package static let keys: [Key<Self>] =
    fileKeys + contentKeys + TextSettings.tokenKeys.lifted(to: \.texts) + storageKeys

  /// Which files there are, and how they are laid out.
  private static let fileKeys: [Key<Self>] = [
    .value("train", \.train, .path(mayBeEmpty: false), isRequired: true, "The training data")
      .alias("train_file", "train_path", "train_data", "training_data", "train_data_path", "input"),
    .path("dev", optional: \.dev, "The data that decides which epoch is best")
      .alias("valid", "validation", "val", "dev_path", "dev_file", "validation_file", "valid_data", "eval_file"),
    .path("test", optional: \.test, "The data for the final scores").alias("test_file", "test_path", "test_data"),
    .choice(
      "format", optional: \.reading.format,
      default: .computed("from the name of `train`") { root, _ in DataFormat(of: root.train) },
      "The format of all three files"
    ).see("reference/formats.md"),
    .choice("encoding", \.reading.encoding, "The character encoding of the files").see(
      "reference/formats.md#encodings"),
    .choice(
      "invalidBytes", \.reading.invalidBytes,
      "How to treat bytes that are invalid in the encoding: report a mistake, or read them as U+FFFD with a warning "
        + "that counts them"),
    .bool("header", \.reading.header, when: [rows], "Whether the first row names the columns"),
    .bool(
      "quoting", \.reading.quoting, when: [rows], "Whether `\"` quotes a field; if not, it is an ordinary character"),
    .value(
      "delimiter", optional: \.reading.delimiter, .delimiter,
      default: .computed("comma or tab") { root, _ in root.reading.delimiter }, when: [rows],
      "The field delimiter: one ASCII character such as `\";\"`, `\"|\"`, `\"\\t\"` or `\"tab\"`, but no letter, digit "
        + "or quote mark; a first line `sep=;` also sets it"
    ).alias("separator", "sep"),
    .value(
      "comments", optional: \.reading.comments, .text(),
      default: .computed("found") { root, _ in root.reading.comments },
      when: [taking(.comments)],
      "The prefix of comment lines, such as `\"#\"`; `\"\"` for none"
    ).see("reference/formats.md#columns"),
    .choice(
      "severalLabels", \.reading.severalLabels,
      when: [taking(.severalLabels)],
      "How to treat several labels of a record: report a mistake, take the first one, or join them into one label `a+b`"
    ),
    .choice(
      "misaligned", \.reading.misaligned,
      when: [
        tagging(ofSpans),
        .fact(
          ".format", in: DataFormat.allCases.filter(\.holdsSpans).map(\.rawValue),
          ofSpans),
      ],
      "How to treat a span that does not begin and end with a token: report a mistake, leave it out (also one that "
        + "overlaps the span before), or widen it to all tokens that it touches"),
    .value(
      "tagNames", optional: \.tagNames, .texts,
      when: [
        tagging("only applies to taggers that learn from \(DataFormat.names(taking: .tagNames))"),
        taking(.tagNames, "only applies to taggers that learn from \(DataFormat.names(taking: .tagNames))"),
      ], "The names of tags that the files write as numbers, from 0"),
    .int(
      "maximumLineBytes", \.reading.maximumLineBytes, in: 1...1_000_000_000,
      "The longest line, row or sentence in bytes; a longer one is refused"),
  ]

  /// What is read of them.
  private static let contentKeys: [Key<Self>] = [
    .section("columns", \.reading.columns, "Where the parts of a record are in the files"),
    .section(
      "split", optional: \.split, start: { SplitSettings() },
      when: [
        Condition(
          "without `dev` and `test`", remedy: "leave out data.dev and data.test, or data.split"
        ) { root, _ in root.dev == nil && root.test == nil ? nil : "only applies if data.train is the only file" }
      ], "How to split `train` if it is the only file"),
    TextSettings.streamKey.lifted(to: \.texts),
    .bool(
      "labels", \.hasLabels, default: .computed("whether the format has labels") { root, _ in root.formatHasLabels },
      when: [
        .task("generation", else: "only applies to generation"),
        .fact(".stream", notIn: ["true"], note: "without `stream`", "a stream has no labels"),
      ], "Whether texts are generated from a label"
    ).see("how-to/generate-text.md#texts-from-a-label"),
  ]

  /// Where a fit keeps what it has read.
  private static let storageKeys: [Key<Self>] = [
    .choice(
      "storage", \.storage,
      "Where token ids are kept during a fit; `auto`: on disk if the training file is larger than 256 MiB"
    ).see("reference/formats.md#more-data-than-memory"),
    .value(
      "cache", optional: \.cache, .path(),
      default: .computed("`output` followed by `.cache`") { root, _ in root.cache },
      "The folder for token ids on disk"),
  ]

  private static let ofSpans = "only applies to taggers that learn from spans, of \(DataFormat.namesHoldingSpans)"
  private static let rows = taking(.delimiter)

  /// A format that a setting applies to.
  private static func taking(_ setting: FormatSetting, _ sentence: String? = nil) -> Condition<Self> {
    .fact(
      ".format", in: DataFormat.allCases.filter { $0.takes(setting) }.map(\.rawValue),
      sentence ?? "only applies to \(DataFormat.names(taking: setting))")
  }

  private static func tagging(_ sentence: String) -> Condition<Self> { .task("tagging", else: sentence) }

  /// Whether texts are generated from labels.
  private var hasLabels: Bool {
    get { wanted == .label }
    set { if wanted == .text || wanted == .label { wanted = newValue ? .label : .text } }
  }

  private var formatHasLabels: Bool {
    (reading.format ?? DataFormat(of: train))?.provides.contains(.label) ?? false
  }

  private var tagNames: [String]? {
    get { reading.tagNames.isEmpty ? nil : reading.tagNames }
    set { reading.tagNames = newValue ?? [] }
  }
}

extension Codec where Value == Delimiter {
  /// What separates fields.
  fileprivate static var delimiter: Codec {
    Codec(
      .text,
      read: { reader, key in
        guard let text = reader.optionalString(key) else { return nil }
        if let delimiter = Delimiter(text) { return delimiter }
        reader.problem(
          key, "expected one character as the delimiter, found \"\(text)\"", remedy: "such as \";\", \"|\" or \"tab\"")
        return nil
      }, write: { value, _ in .string(value.character) })
  }
}

/// Where a fit keeps the ids of its data.
public enum DataStorage: String, CaseIterable, Sendable {
  /// On disk if the training file is larger than 256 MiB, else in memory.
  case automatic = "auto"
  /// In memory.
  case memory
  /// In files of a cache, read as they are needed: for a corpus larger than memory.
  case disk
}
