import SeqCore
import SeqEncoding
import SeqRecords
import SeqTensor
package import SeqText

/// A text whose tokens are given, some of them with their tags.
public struct PartlyTagged: Sendable, Equatable {
  /// The tokens.
  public let tokens: [String]
  /// A tag for each token in composed form (NFC), as models have them, or nil where the model is to find it.
  public let tags: [String?]
  /// The text that the tokens stand in.
  package let text: String
  /// Where they stand there, in UTF-8 bytes.
  package let ranges: [Range<Int>]

  /// A text of tokens with blanks between them; as many tags.
  public init(tokens: [String], tags: [String?]) {
    precondition(tokens.count == tags.count, "a tag or nil for each token")
    (self.tokens, self.tags) = (tokens, tags.map { $0?.composed() })
    text = tokens.joined(separator: " ")
    var start = 0
    ranges = tokens.map { token in
      defer { start += token.utf8.count + 1 }
      return start..<start + token.utf8.count
    }
  }

  /// A text whose tokens stand in it one behind the other; nil if they do not. As many tags as tokens.
  public init?(_ text: String, tokens: [String], tags: [String?]) {
    precondition(tokens.count == tags.count, "a tag or nil for each token")
    guard let ranges = TokenRanges.places(of: tokens, in: text) else { return nil }
    (self.text, self.tokens, self.tags, self.ranges) = (text, tokens, tags.map { $0?.composed() }, ranges)
  }
}

extension Model {
  /// Whether tags can be given: not if the model was trained in another scheme than it writes, where a tag of the one may
  /// be several of the other, nor if it reads `featureColumns` beside the tokens.
  public var takesTags: Bool {
    task.tagsTokens && (encoder.writtenScheme ?? encoder.scheme) == encoder.scheme && featureColumns.isEmpty
  }

  /// Tags texts around the tags that are given, which are kept.
  ///
  /// - Precondition: the task is tagging, `takesTags`, and each text has at most `maximumTokens` tokens and only tags that
  ///   the model has.
  public func tag(_ texts: [PartlyTagged], options: PredictionOptions = PredictionOptions()) -> [TextPrediction] {
    precondition(takesTags, "tags need a tagger that writes what it was trained on")
    var data = encoder.emptyData
    var wordForms = WordFormIndex(encoder.features)
    var buffer = SequenceBuffer()
    for text in texts where !text.tokens.isEmpty {
      precondition(text.tokens.count <= Self.maximumTokens, "a text of more than \(Self.maximumTokens) tokens")
      buffer.removeAll()
      encoder.append(text, to: &buffer)
      buffer.endSequence()
      let labels = text.tags.map { tag -> Int32 in
        guard let tag else { return -1 }
        guard let id = encoder.labels.id(of: tag) else { preconditionFailure("the model has no tag \(tag)") }
        return id
      }
      let extras = encoder.features == nil ? [] : buffer.extras(buffer.ids.indices, &wordForms, &data.wordForms)
      data.append(ids: buffer.ids[...], labels: labels[...], extras: extras)
      if let linearScores = buffer.linearScores(of: 0) { data.append(linearScores: linearScores) }
    }
    let answers = TagAnswers(encoder)
    answers.fill(data, predictor, options, keepsLabels: true)
    var first = 0
    return texts.map { text in
      defer { first += text.tokens.count }
      return answers.prediction(text.text, first..<first + text.tokens.count) { [first] in
        (text.tokens[$0 - first], text.ranges[$0 - first])
      }
    }
  }
}

extension PartlyTagged: ModelInput {
  package var wholeText: String { text }
  package var byteCount: Int { text.utf8.count }
  package var columns: [[String]]? { nil }

  package func forEachToken(_ tokenizer: Tokenizer, findsRanges: Bool, _ body: (ArraySlice<UInt8>, Range<Int>) -> Void)
  {
    for (token, range) in zip(tokens, ranges) { tokenizer.visitNormalized(token) { body($0, range) } }
  }
}
