import SeqConfig
import SeqCore
import SeqRecords

/// Converts an object of a format to the shape in which all objects are read.
typealias JSONReshaping = (ConfigNode) throws(SeqError) -> ConfigNode

/// Reads JSON lines: one object per line, or an array of objects. Empty lines are skipped.
struct JSONLinesReader: RecordReader {
  private(set) var problems = Problems()
  let emptyMessage = "no records"
  var file: String { objects.file }
  private var objects: JSONObjects
  private let keys: JSONKeys
  private let wanted: Wanted
  private let options: ReadingOptions
  private let cutter: SpanCutter
  private let reshaped: JSONReshaping

  init(
    _ path: String, options: ReadingOptions, wanting wanted: Wanted,
    reshaping: @escaping JSONReshaping = { root throws(SeqError) in root }
  ) throws(SeqError) {
    reshaped = reshaping
    objects = try JSONObjects(path, options: options)
    keys = try JSONKeys(options.columns, file: objects.file)
    (self.wanted, self.options) = (wanted, options)
    cutter = try SpanCutter(options)
  }

  mutating func next() throws(SeqError) -> Record? {
    while try objects.next() {
      do {
        let object = try JSONObject(reshaped(objects.parsed()), keys: keys, options: options)
        if wanted != .text, wanted != .fields, let reason = object.reasonToLeaveOut {
          ReadingNotes.add(reason, at: .line(objects.line, of: file))
        } else {
          return try record(object)
        }
      } catch {
        for found in error.diagnostics {
          let place = found.place ?? .line(objects.line, column: objects.column, of: file)
          try problems.add(found.message, at: place, remedy: found.remedy)
        }
      }
    }
    return nil
  }

  private func record(_ object: JSONObject) throws(SeqError) -> Record {
    var record = Record(line: objects.line)
    record.text = try object.text(.text)
    record.tokens = try object.tokens()
    if record.text == nil, record.tokens == nil {
      let text = keys.name(.text)
      let remedy =
        "\(options.naming.column("text")) names another key" + didYouMean(text, among: object.members.map(\.key))
      throw .data("neither \"\(text)\" nor \"\(keys.name(.token))\"", at: object.root.place, remedy: remedy)
    }
    switch wanted {
    case .text: break
    case .fields: record.details = RecordDetails(fields: try object.fields(besides: []))
    case .label: record.label = try object.label(isRequired: true)
    case .target: record.target = try object.required(.target)
    case .tags: try addTags(to: &record, object)
    case .tagsAndLabel:
      try addTags(to: &record, object)
      record.label = try object.label(isRequired: true)
    case .everything: try addAll(to: &record, object)
    }
    record.features = try object.features(for: record.tokens)
    if wanted != .everything, wanted != .fields, record.text != nil, record.tokens != nil {
      if wanted.includesTags || !keys.features.isEmpty { record.text = nil } else { record.tokens = nil }
    }
    return record
  }

  private func addAll(to record: inout Record, _ object: JSONObject) throws(SeqError) {
    record.label = try object.label(isRequired: false)
    record.target = try object.text(.target)
    record.tags = try object.tags(for: record.tokens)
    if object.spansKey != nil || record.label == nil && record.target == nil && record.tags == nil {
      record.spans = try object.spans(of: record.text)
    }
    let fields = try object.otherFields()
    if !fields.isEmpty { record.details = RecordDetails(fields: fields) }
  }

  /// Takes the tags of the given tokens, or splits the text and makes the tags from its spans.
  private func addTags(to record: inout Record, _ object: JSONObject) throws(SeqError) {
    if let tags = try object.tags(for: record.tokens) {
      record.tags = tags
      return
    }
    guard let text = record.text, let spans = try object.spans(of: text) else { throw withoutTags(object) }
    try cutter.cut(text, spans, into: &record, at: object.root.place)
  }

  private func withoutTags(_ object: JSONObject) -> SeqError {
    let tags = object.numberedTagKeys
    let remedy = tags.isEmpty ? nil : "\(options.naming.column("tag", tags.joined(separator: "|"))) takes those"
    return .data(
      "neither \"\(keys.name(.tag))\" with \"\(keys.name(.token))\" nor \"\(keys.name(.spans))\" with "
        + "\"\(keys.name(.text))\"", at: object.root.place, remedy: remedy)
  }
}
