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

  func predict(_ records: [Record], _ options: PredictionOptions) -> [TextPrediction] {
    var data = encoder.emptyData
    let items = encode(records, &data)
    return encoder.task == .tagging ? tagged(items, data, options) : classified(items, data, options.top)
  }

  private func classified(_ items: [Item], _ data: EncodedDataset, _ top: Int) -> [TextPrediction] {
    let scores = FloatBuffer()
    let rows = scores.reserve(rows: data.count, columns: encoder.labels.count)
    predictor.predict(data) { sequence, prediction in
      rows.rows(sequence..<sequence + 1).copy(from: prediction.probabilities())
    }
    return withExtendedLifetime(scores) {
      items.map { item in
        var prediction = item.prediction
        if let sequence = item.sequence { prediction.ranking = rows.ranking(row: sequence, encoder.labels.labels, top) }
        return prediction
      }
    }
  }

  private func tagged(_ items: [Item], _ data: EncodedDataset, _ options: PredictionOptions) -> [TextPrediction] {
    let answers = TagAnswers(encoder)
    answers.fill(data, predictor, options)
    var first = 0
    return items.map { item in
      let (text, start) = (item.prediction.text, first)
      first += item.ranges.count
      return answers.prediction(text, start..<first) { place in
        let range = item.ranges[place - start]
        return (text.slice(utf8: range), range)
      }
    }
  }

  private func encode(_ records: [Record], _ data: inout EncodedDataset) -> [Item] {
    var spellings = SpellingIndex(encoder.views)
    var items: [Item] = []
    for record in records {
      let (text, ranges) = Self.cut(record, encoder.tokenizer)
      var (ids, tokens, seen): ([Int32], [ArraySlice<UInt8>], SeenTokens) = ([], [], SeenTokens())
      encoder.tokenizer.forEachUTF8Token(of: record) { token in
        ids.append(encoder.id(ofUTF8: token))
        if let views = encoder.views { seen.append(token, views) }
        if encoder.linear != nil { tokens.append(Array(token)[...]) }
      }
      var item = Item(prediction: TextPrediction(text: text, tokenCount: ids.count), ranges: ranges)
      if let views = encoder.views { seen.append(columns: record.inputs, tokens: ids.count, views) }
      let gap = encoder.task.isClassification ? encoder.longTexts.gap(in: ids.indices) : 0..<0
      if !gap.isEmpty {
        ids.removeSubrange(gap)
        seen.removeSubrange(gap)
      }
      if let ngrams = encoder.ngrams { ngrams.append(to: &ids) }
      if !ids.isEmpty {
        item.sequence = data.count
        if encoder.views != nil {
          data.append(unlabelled: ids[...], extras: seen.extras(ids.indices, &spellings, &data.spellings))
        } else {
          data.append(unlabelled: ids[...])
        }
        if let offsets = encoder.offsets(of: tokens) { data.append(offsets: offsets) }
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
}
