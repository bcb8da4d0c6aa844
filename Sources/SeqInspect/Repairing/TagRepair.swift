import SeqTags

extension TagScheme {
  /// The tags made well-formed: spans are read as conlleval reads them and written again.
  func repaired(_ names: [String]) -> [String] {
    let tags = names.map { SpanTag($0) }
    var result = names
    var start = 0
    while start < tags.count {
      guard tags[start].place != nil else {
        start += 1
        continue
      }
      var end = start + 1
      while end < tags.count, continues(tags[end - 1], tags[end]) { end += 1 }
      let touches = start > 0 && tags[start - 1].type == tags[start].type && tags[start - 1].place != nil
      for token in start..<end {
        let prefix = prefix(of: token - start, in: end - start, touches: touches, was: tags[token])
        result[token] = SpanTag.text(prefix, tags[start].type)
      }
      start = end
    }
    return result
  }

  /// Whether a tag continues the span of the tag before.
  private func continues(_ previous: SpanTag, _ tag: SpanTag) -> Bool {
    guard previous.type == tag.type, tag.place == .inside || tag.place == .end else { return false }
    return previous.place == .begin || previous.place == .inside
  }

  private func prefix(of token: Int, in count: Int, touches: Bool, was tag: SpanTag) -> String {
    switch self {
    case .iob1: token == 0 && touches ? "B" : "I"
    case .iob2: token == 0 ? "B" : "I"
    case .bioes, .bilou, .bmes:
      if count == 1 {
        self == .bilou ? "U" : tag.prefix == "W" ? "W" : "S"
      } else if token == 0 {
        "B"
      } else if token == count - 1 {
        self == .bilou ? "L" : "E"
      } else {
        self == .bmes ? "M" : "I"
      }
    }
  }
}
