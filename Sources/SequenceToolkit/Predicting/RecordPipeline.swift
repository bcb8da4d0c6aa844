import SeqData
import SeqModel
import SeqTensor
import SeqText
import SeqTraining

/// Takes records through a model: tokens that are given, with what further columns say of them.
struct RecordPipeline {
  let encoder: Encoder
  let predictor: Predictor

  /// A record as the model sees it.
  private struct Item {
    var prediction: TextPrediction
    var ranges: [Range<Int>]
    /// Its place in the data; nil if it has no tokens.
    var sequence: Int?
  }

  /// - Parameter top: how many labels of a classifier are given.
  func predict(_ records: [Record], top: Int) -> [TextPrediction] {
    var data = encoder.emptyData
    var items = encode(records, &data)
    let scores = FloatBuffer()
    let isTagging = encoder.task == .tagging
    let rows = scores.reserve(rows: isTagging ? data.tokenCount : data.count, columns: encoder.labels.count)
    let encoded = data
    predictor.predict(encoded) { sequence, prediction in
      let first = isTagging ? encoded.start(sequence) : sequence
      for step in 0..<prediction.count {
        rows.rows(first + step..<first + step + 1).copy(from: prediction.probabilities(step))
      }
    }
    for i in items.indices {
      guard let sequence = items[i].sequence else { continue }
      answer(&items[i], rows, isTagging ? encoded.start(sequence) : sequence, top)
    }
    return withExtendedLifetime(scores) { items.map(\.prediction) }
  }

  private func encode(_ records: [Record], _ data: inout EncodedDataset) -> [Item] {
    var spellings = SpellingIndex(encoder.views)
    var items: [Item] = []
    for record in records {
      let (text, ranges) = Self.cut(record, encoder.tokenizer)
      var (ids, seen): ([Int32], SeenTokens) = ([], SeenTokens())
      encoder.tokenizer.forEachUTF8Token(of: record) { token in
        ids.append(encoder.id(ofUTF8: token))
        if let views = encoder.views { seen.append(token, views) }
      }
      var item = Item(prediction: TextPrediction(text: text, tokenCount: ids.count), ranges: ranges)
      if let ngrams = encoder.ngrams { ngrams.append(to: &ids) }
      if !ids.isEmpty {
        item.sequence = data.count
        if let views = encoder.views {
          seen.append(columns: record.inputs, tokens: ids.count, views)
          data.append(unlabelled: ids[...], extras: seen.extras(ids.indices, &spellings, &data.spellings))
        } else {
          data.append(unlabelled: ids[...])
        }
      }
      items.append(item)
    }
    return items
  }

  /// The text of a record, and where its tokens stand in it.
  private static func cut(_ record: Record, _ tokenizer: Tokenizer) -> (text: String, ranges: [Range<Int>]) {
    guard let tokens = record.tokens else {
      let text = record.text ?? ""
      return (text, tokenizer.ranges(of: text))
    }
    var (start, ranges): (Int, [Range<Int>]) = (0, [])
    for token in tokens {
      ranges.append(start..<start + token.utf8.count)
      start += token.utf8.count + 1
    }
    return (tokens.joined(separator: " "), ranges)
  }

  /// - Parameter first: the row of the record, or of its first token.
  private func answer(_ item: inout Item, _ rows: Matrix, _ first: Int, _ top: Int) {
    let names = encoder.labels.labels
    guard encoder.task == .tagging else {
      item.prediction.ranking = rows.ranking(row: first, names, top)
      return
    }
    item.prediction.tokens = item.ranges.enumerated().map { step, range in
      let best = rows.argmax(row: first + step)
      return TaggedToken(
        text: item.prediction.text.slice(utf8: range), range: range, tag: names[best],
        probability: rows[first + step, best])
    }
  }
}
