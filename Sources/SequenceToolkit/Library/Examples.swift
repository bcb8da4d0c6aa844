import SeqData
import SeqRecords

/// A text and its label.
public struct LabelledText: Sendable, Hashable {
  /// The text.
  public var text: String
  /// Its class.
  public var label: String

  /// A text and its label.
  public init(_ text: String, label: String) { (self.text, self.label) = (text, label) }
}

/// A sentence of tokens, each with its tag.
public struct TaggedSentence: Sendable, Hashable {
  /// The tokens.
  public var tokens: [String]
  /// One tag for each token, such as `B-PER` or `NOUN`.
  public var tags: [String]

  /// A sentence of tokens and as many tags.
  public init(tokens: [String], tags: [String]) { (self.tokens, self.tags) = (tokens, tags) }
}

/// A text and the text that it should become.
public struct TextPair: Sendable, Hashable {
  /// What is read.
  public var source: String
  /// What should be written.
  public var target: String

  /// A text and its target.
  public init(_ source: String, becomes target: String) { (self.source, self.target) = (source, target) }
}

/// What a model can be fitted on without a file.
protocol MemoryExample: Sendable {
  /// The example as a record of a file.
  /// - Parameter number: from 1.
  func record(_ number: Int) -> Record
  /// Why the example cannot be learned from; nil if it can.
  var fault: String? { get }
}

extension LabelledText: MemoryExample {
  func record(_ number: Int) -> Record { Record(text: text, label: label, line: number) }
  var fault: String? { label.isEmpty ? "its label is empty" : nil }
}

extension TaggedSentence: MemoryExample {
  func record(_ number: Int) -> Record { Record(tokens: tokens, tags: tags.map { $0.composed() }, line: number) }

  var fault: String? {
    if tokens.count != tags.count { return "it has \(tokens.count) tokens and \(tags.count) tags, expected as many" }
    if tokens.contains("") { return "a token is empty" }
    return tags.contains("") ? "a tag is empty" : nil
  }
}

extension TextPair: MemoryExample {
  func record(_ number: Int) -> Record { Record(text: source, target: target, line: number) }
  var fault: String? { nil }
}

extension String: MemoryExample {
  func record(_ number: Int) -> Record { Record(text: self, line: number) }
  var fault: String? { nil }
}
