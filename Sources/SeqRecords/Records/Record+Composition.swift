import SeqText

extension Record {
  /// The record with its labels and tags in composed form (NFC), so that two ways to write a label give the same label.
  package func withComposedLabels() -> Record {
    guard hasDecomposedLabels else { return self }
    var record = self
    record.label = label?.composed()
    record.tags = tags?.map { $0.composed() }
    record.spans = spans?.map { LabelledSpan($0.range, label: $0.label.composed()) }
    return record
  }

  private var hasDecomposedLabels: Bool {
    !(label?.isComposed ?? true) || !(tags?.allSatisfy(\.isComposed) ?? true)
      || !(spans?.allSatisfy(\.label.isComposed) ?? true)
  }
}
