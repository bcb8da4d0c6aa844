package import SeqCore
package import SeqRecords
package import SeqTags

/// A model's answer for a record, for formats that have a place for it.
package struct RecordAnswer: Sendable {
  /// The text that the model read.
  package var text: String
  /// Classes, the best one first; nil if none were requested.
  package var labels: [String]?
  /// The marked parts of the text; nil if none were requested.
  package var spans: [LabelledSpan]?
  /// The target texts, the best one first; nil if there are none.
  package var targets: [String]?

  /// The answer for a text.
  package init(text: String, labels: [String]? = nil, spans: [LabelledSpan]? = nil, targets: [String]? = nil) {
    (self.text, self.labels, self.spans, self.targets) = (text, labels, spans, targets)
  }

  /// The spans that the tags mark; a token whose tag marks none is a span of its own.
  /// - Parameter ranges: those of the tokens in the text, in code points.
  package static func spans(of tags: [String], at ranges: [Range<Int>]) -> [LabelledSpan] {
    let usual = tags.map(TagForm.usual)
    if TagScheme.firstWithoutSpan(in: usual) == nil { return SpanTags.spans(of: usual, at: ranges) }
    return zip(ranges, tags).map { LabelledSpan($0, label: $1) }
  }
}

extension DataFormat {
  /// A record with an answer, as an object on a line.
  package func line(_ record: Record, with answer: RecordAnswer) throws(SeqError) -> [UInt8] {
    Array((try descriptor.object(record, with: answer) + "\n").utf8)
  }
}
