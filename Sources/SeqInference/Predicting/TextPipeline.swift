import SeqEncoding
import SeqModel
import SeqPrediction
import SeqRecords
package import SeqTensor
import SeqText

/// Takes texts through a model, window after window, so that its memory does not grow with their number.
///
/// The team shares out each of three steps: texts become tokens, tokens become answers, answers become results.
final class TextPipeline {
  /// Texts and bytes of a window for each thread: enough work to even out what a thread is given last.
  private static let threadTexts = 512, threadBytes = 1 << 18

  /// Texts of a window.
  var windowTexts: Int { Self.threadTexts * team.width }

  private let encoder: SequenceEncoder
  private let predictor: Predictor
  private let team: WorkerTeam
  private var window: TextWindow
  /// Of a tagger.
  private let answers: TagAnswers
  /// A row of scores for each text or, where a tagger's scores are wanted, for each token.
  private let scores = FloatBuffer()

  init(encoder: SequenceEncoder, predictor: Predictor, team: WorkerTeam) {
    self.encoder = encoder
    self.predictor = predictor
    self.team = team
    window = TextWindow(encoder)
    answers = TagAnswers(encoder)
  }

  /// What `transform` makes of each text's number and prediction, in the order of the texts.
  func predict<Input: ModelInput, Result: Sendable, Failure: Error>(
    _ texts: [Input], _ options: PredictionOptions,
    _ transform: @Sendable (Int, TextPrediction) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    let names = encoder.labels.labels
    guard encoder.task.tagsTokens else {
      return try run(texts, predictProbabilities) { scores, part, text throws(Failure) in
        var prediction = TextPrediction(text: texts[text].wholeText, tokenCount: part.tokens(of: text).count)
        if prediction.tokenCount > 0 {
          prediction.ranking = scores.ranking(row: text - part.firstText, names, options.top)
        }
        return try transform(text, prediction)
      }
    }
    let answers = answers
    func predict() -> Matrix { predictTags(options) }
    return try run(texts, predict) { _, part, text throws(Failure) in
      let tokens = part.tokens(of: text)
      let places = part.firstToken + tokens.lowerBound..<part.firstToken + tokens.upperBound
      let whole = texts[text].wholeText
      return try transform(
        text,
        answers.prediction(whole, places) { place in
          let range = part.buffer.ranges[place - part.firstToken]
          return (whole.slice(utf8: range), range)
        })
    }
  }

  /// What `transform` makes of each text's number and scores before the softmax: one row a text for a classifier, one row a token for a
  /// tagger, and none for a text without tokens.
  func logits<Input: ModelInput, Result: Sendable, Failure: Error>(
    _ texts: [Input], _ transform: @Sendable (Int, [[Float]]) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    let isTagging = encoder.task.tagsTokens
    return try run(texts, predictLogits) { scores, part, text throws(Failure) in
      let tokens = part.tokens(of: text)
      if isTagging { return try transform(text, tokens.map { scores.row(part.firstToken + $0) }) }
      return try transform(text, tokens.isEmpty ? [] : [scores.row(text - part.firstText)])
    }
  }

  /// - Parameters:
  ///   - predict: leaves the window's answers where they belong; returns the scores, if there are any.
  ///   - answer: makes the result of a text.
  private func run<Input: ModelInput, Result: Sendable, Failure: Error>(
    _ texts: [Input], _ predict: () -> Matrix,
    _ answer: @Sendable (_ scores: Matrix, _ part: TokenizedTexts, _ text: Int) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(texts.count)
    var start = 0
    while start < texts.count {
      window.fill(texts, windowOfTexts(from: start, texts), team)
      start = window.texts.upperBound
      let scores = predict()
      let parts = window.parts
      let outcomes = parts.map { _ in TextResults<Result, Failure>() }
      team.run(parts.count) { p in
        let part = parts[p]
        outcomes[p].fill(part.texts) { text throws(Failure) in try answer(scores, part, text) }
      }
      for outcome in outcomes { results += try outcome.get() }
    }
    return results
  }

  private func windowOfTexts<Input: ModelInput>(from start: Int, _ texts: [Input]) -> Range<Int> {
    var (end, bytes) = (start, 0)
    while end < texts.count, end - start < windowTexts {
      bytes += texts[end].byteCount
      if end > start, bytes > Self.threadBytes * team.width { break }
      end += 1
    }
    return start..<end
  }

  /// What a tagger says of the window, in `answers`.
  private func predictTags(_ options: PredictionOptions) -> Matrix {
    answers.fill(window.data, predictor, options)
    return scores.matrix(rows: 0, columns: 0)
  }

  private func predictProbabilities() -> Matrix { predictScores(asLogits: false) }

  private func predictLogits() -> Matrix { predictScores(asLogits: true) }

  /// All scores of each text or token, in `scores`.
  private func predictScores(asLogits: Bool) -> Matrix {
    let isTagging = encoder.task.tagsTokens
    let (data, owners, first) = (window.data, window.owners, window.texts.lowerBound)
    let rows = scores.reserve(rows: isTagging ? data.tokenCount : window.texts.count, columns: encoder.labels.count)
    var request = PredictionRequest()
    (request.isOfScores, request.findsTags) = (asLogits, false)
    predictor.predict(data, request) { sequence, prediction in
      let start = isTagging ? data.start(sequence) : owners[sequence] - first
      for step in 0..<prediction.count {
        rows.rows(start + step..<start + step + 1).copy(from: prediction.probabilities(step))
      }
    }
    return rows
  }
}

/// The results of a part's texts, up to the first failure.
///
/// Unchecked because one task fills it and others read it after that task has ended: see `WorkerTeam`.
private final class TextResults<Result: Sendable, Failure: Error>: @unchecked Sendable {
  private var results: [Result] = []
  private var failure: Failure?

  func fill(_ texts: Range<Int>, _ result: (Int) throws(Failure) -> Result) {
    results.reserveCapacity(texts.count)
    do throws(Failure) {
      for text in texts { results.append(try result(text)) }
    } catch {
      failure = error
    }
  }

  func get() throws(Failure) -> [Result] {
    if let failure { throw failure }
    return results
  }
}

extension Matrix {
  /// The labels of a row with their probabilities, at most `top`, the most probable first; of equals the first.
  package func ranking(row: Int, _ names: [String], _ top: Int) -> [LabelProbability] {
    if top == 1 {
      let best = argmax(row: row)
      return [LabelProbability(label: names[best], probability: self[row, best])]
    }
    let probabilities = self.row(row)
    let order = probabilities.indices.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
    return order.prefix(top).map { LabelProbability(label: names[$0], probability: probabilities[$0]) }
  }
}

extension String {
  /// The text of a range of UTF-8 bytes that lies on the borders of scalars.
  package func slice(utf8 range: Range<Int>) -> String {
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    return String(self[start..<utf8.index(start, offsetBy: range.count)])
  }
}
