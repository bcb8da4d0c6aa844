public import SeqCore

/// Distinct labels and their ids from 0, without specials. Like vocabularies, they are compared by code points.
public struct LabelSet: Sendable {
  private let index: CodePointIndex

  /// The distinct labels among `labels`, sorted by code point.
  public init(_ labels: some Sequence<String>) {
    var distinct = CodePointIndex()
    for label in labels { distinct.insert(label) }
    var sorted = CodePointIndex(capacity: distinct.texts.count)
    for label in distinct.texts.sorted(by: { CodePoints($0) < CodePoints($1) }) { sorted.insert(label) }
    index = sorted
  }

  /// The labels in the order of their ids.
  public var labels: [String] { index.texts }

  /// The number of labels.
  public var count: Int { labels.count }

  /// The id of a label, if it is one.
  public func id(of label: String) -> Int32? { index.number(of: label).map(Int32.init) }

  /// The label of an id.
  ///
  /// - Precondition: `id` is in `0..<count`.
  public subscript(id: Int32) -> String { labels[Int(id)] }
}

extension LabelSet: Equatable {
  /// Label sets are equal when they give the same ids to the same code points.
  public static func == (a: LabelSet, b: LabelSet) -> Bool {
    a.labels.lazy.map(CodePoints.init).elementsEqual(b.labels.lazy.map(CodePoints.init))
  }
}

extension LabelSet {
  /// Reads the file form, which `text()` writes. The order of the lines is kept, because the model depends on it.
  ///
  /// - Parameter file: the file as the user named it, for messages.
  /// - Throws: with the line of every bad escape, empty line and duplicate, up to twenty.
  public init(parsing text: String, file: String) throws(SeqError) {
    index = try EntryReader.entries(of: text, file: file)
  }

  /// The file form: one label per line, line number − 1 = id, escaped as in `Vocabulary.text()`.
  public func text() -> String { EntryFile.text(entries: labels) }
}
