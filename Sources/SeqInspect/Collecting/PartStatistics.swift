import SeqText

/// What is counted in one part.
struct PartStatistics {
  var records = 0
  var tokens = 0
  /// How many records have each number of tokens.
  var lengths: [Int: Int] = [:]
  /// How often each label or tag occurs, by its number.
  var labels: [Int: LabelUse] = [:]
  var vocabulary = VocabularyBuilder()
}

/// The uses of a label or tag in a part.
struct LabelUse {
  var count = 0
  /// The first record with it and, for a tag, the token.
  var record: Int
  var token: Int
}
