import SeqConfig
import SeqCore
import SeqMetrics
import SeqText

/// Reads JSON lines: an object a line. Empty lines are skipped.
struct JSONLinesReader: RecordReader {
  private(set) var problems = Problems()
  let emptyMessage = "no records"
  var file: String { lines.file }
  private var lines: LineReader
  private let keys: JSONKeys
  private let wanted: Wanted
  private let severalLabels: SeveralLabels
  private let naming: SettingNames
  private let segmentation: Tokenizer

  init(_ path: String, options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) {
    lines = try LineReader(path, options: options)
    keys = try JSONKeys(options.columns, file: lines.file)
    self.wanted = wanted
    (severalLabels, naming) = (options.severalLabels, options.naming)
    segmentation = try Tokenizer(options.segmentation)
  }

  mutating func next() throws(SeqError) -> Record? {
    while try lines.next() {
      if lines.line.allSatisfy(Byte.isBlank) { continue }
      do {
        return try record(JSONParser.parse(lines.line, file: file, firstLine: lines.number))
      } catch {
        for found in error.diagnostics {
          try problems.add(found.message, at: found.place ?? lines.place(), remedy: found.remedy)
        }
      }
    }
    return nil
  }

  private func record(_ root: ConfigNode) throws(SeqError) -> Record {
    guard let members = root.members else {
      throw .data("expected an object, found \(root)", at: root.place)
    }
    let object = JSONObject(root: root, members: members, keys: keys, naming: naming)
    var record = Record(line: lines.number)
    record.text = try object.text(keys.text)
    record.tokens = try object.texts(keys.tokens)
    if record.text == nil, record.tokens == nil {
      let remedy = "\(naming.column("text")) names another key" + didYouMean(keys.text, among: members.map(\.key))
      throw .data("neither \"\(keys.text)\" nor \"\(keys.tokens)\"", at: root.place, remedy: remedy)
    }
    switch wanted {
    case .text: break
    case .fields: record.details = RecordDetails(fields: try object.fields(besides: []))
    case .label: record.label = try object.label(severalLabels, isRequired: true)
    case .target: record.target = try object.required(keys.target)
    case .tags: try addTags(to: &record, object)
    case .tagsAndLabel:
      try addTags(to: &record, object)
      record.label = try object.label(severalLabels, isRequired: true)
    case .everything: try addAll(to: &record, object)
    }
    record.inputs = try object.inputs(for: record.tokens)
    if wanted != .everything, wanted != .fields, record.text != nil, record.tokens != nil {
      if wanted.includesTags || !keys.inputs.isEmpty { record.text = nil } else { record.tokens = nil }
    }
    return record
  }

  private func addAll(to record: inout Record, _ object: JSONObject) throws(SeqError) {
    record.label = try object.label(severalLabels, isRequired: false)
    record.target = try object.text(keys.target)
    record.tags = try object.tags(for: record.tokens)
    record.spans = try object.spans(of: record.text)
    let fields = try object.fields(besides: keys.all)
    if !fields.isEmpty { record.details = RecordDetails(fields: fields) }
  }

  /// Takes the tags of given tokens, or cuts the text and takes them from its spans.
  private func addTags(to record: inout Record, _ object: JSONObject) throws(SeqError) {
    if let tags = try object.tags(for: record.tokens) {
      record.tags = tags
      return
    }
    guard let text = record.text, let spans = try object.spans(of: text) else {
      throw .data(
        "neither \"\(keys.tags)\" with \"\(keys.tokens)\" nor \"\(keys.spans)\" with \"\(keys.text)\"",
        at: object.root.place)
    }
    let cut = TokenRanges(cutting: text, segmentation)
    do throws(SpanFault) {
      record.tags = try SpanTags.tags(of: spans, tokens: cut.tokens, at: cut.ranges, scheme: .iob2)
    } catch {
      throw .data(error.message, at: object.root.place, remedy: error.remedy(naming))
    }
    (record.text, record.tokens) = (nil, cut.tokens)
  }
}

/// The keys of the objects.
struct JSONKeys {
  let text, label, tokens, tags, spans, target: String
  /// Of what else is known of the tokens.
  let inputs: [String]

  init(_ columns: ColumnNames, file: String) throws(SeqError) {
    func key(_ role: String, _ usual: String) throws(SeqError) -> String {
      guard let given = columns[role] else { return usual }
      if case .name(let name) = given { return name }
      throw .data("number \(given) for the \(role), expected a key of the objects", at: .file(file))
    }
    text = try key("text", "text")
    label = try key("label", "label")
    tokens = try key("token", "tokens")
    tags = try key("tag", "tags")
    spans = try key("spans", "spans")
    target = try key("target", "target")
    var inputs: [String] = []
    for column in columns.inputs {
      guard case .name(let name) = column else {
        throw .data("number \(column) for an input, expected a key of the objects", at: .file(file))
      }
      inputs.append(name)
    }
    self.inputs = inputs
  }

  var all: [String] { [text, label, tokens, tags, spans, target] }
}
