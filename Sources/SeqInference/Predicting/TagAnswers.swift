import SeqEncoding
import SeqLayers
import SeqModel
import SeqPrediction
import SeqRecords
import SeqTags
import SeqTensor
import SeqText
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a tagger says of the sequences of a window: a tag a token and, where it is asked for, whole tag sequences, spans
/// and a label of each text.
final class TagAnswers: Sendable {
  /// The best tag of a token.
  struct Tag: BitwiseCopyable, Sendable {
    package let tag: Int32
    package let probability: Float
  }

  /// What is said of a sequence as a whole.
  private struct Whole: Sendable {
    /// The tokens are counted in the window.
    var spans: [PredictedSpan] = []
    var paths: [TagPath] = []
    var ranking: [LabelProbability] = []
  }

  /// Of each token of the window.
  private let tags = SharedArray<Tag>()
  /// By the place of a sequence's first token.
  private let wholes = Mutex<[Int: Whole]>([:])
  private let encoder: SequenceEncoder
  private let borders: SpanBorders

  init(_ encoder: SequenceEncoder) {
    self.encoder = encoder
    borders = SpanBorders(tags: encoder.labels.labels)
  }

  /// Takes other sequences.
  /// - Parameter keepsLabels: whether their labels are tags that are given.
  func fill(
    _ data: EncodedDataset, _ predictor: Predictor, _ options: PredictionOptions, keepsLabels: Bool = false
  ) {
    tags.reset(data.tokenCount, to: Tag(tag: 0, probability: 0))
    wholes.withLock { $0.removeAll(keepingCapacity: true) }
    var request = PredictionRequest()
    request.findsProbabilities = options.probabilities
    request.keepsLattice = options.spans || options.sequences > 0
    request.keepsLabels = keepsLabels
    predictor.predict(data, request) { [self] sequence, prediction in
      let first = data.start(sequence)
      for step in 0..<prediction.count {
        let best = prediction.best(step)
        let probability = options.probabilities ? prediction.probability(step, of: best) : 0
        tags[first + step] = Tag(tag: Int32(best), probability: probability)
      }
      guard prediction.lattice != nil || prediction.labelProbabilities != nil else { return }
      let whole = whole(prediction, first, options)
      wholes.withLock { $0[first] = whole }
    }
  }

  /// About what a search for several sequences may keep; some 40 bytes each.
  private static let searchedNodes = 16_000_000

  private func whole(_ prediction: Prediction, _ first: Int, _ options: PredictionOptions) -> Whole {
    var whole = Whole()
    if let lattice = prediction.lattice {
      if options.spans { whole.spans = spans(prediction, lattice, first) }
      // The search keeps a node a token and tag of each sequence.
      let most = max(1, Self.searchedNodes / max(1, prediction.count * encoder.labels.count))
      if options.sequences > 0 { whole.paths = lattice.best(min(options.sequences, most)) }
    }
    if let labels = prediction.labelProbabilities, let names = encoder.sequenceLabels?.labels {
      whole.ranking = labels.ranking(row: 0, names, options.top)
    }
    return whole
  }

  private func spans(_ prediction: Prediction, _ lattice: ChainLattice, _ first: Int) -> [PredictedSpan] {
    let best = (0..<prediction.count).map { prediction.best($0) }
    let probability = SpanProbability(lattice, borders)
    return markedSpans(of: best.map { encoder.labels.labels[$0] }).map { span in
      PredictedSpan(
        tokens: first + span.start..<first + span.end, label: span.type,
        probability: probability(span.start..<span.end, typeOf: best[span.start]))
    }
  }

  /// The prediction for a text.
  /// - Parameters:
  ///   - tokens: of the text, in the window.
  ///   - token: the text and the bytes of one of them.
  func prediction(
    _ text: String, _ tokens: Range<Int>, _ token: (Int) -> (text: String, range: Range<Int>)
  ) -> TextPrediction {
    let names = encoder.labels.labels
    var prediction = TextPrediction(text: text, tokenCount: tokens.count)
    let written = encoder.written(tokens.map { names[Int(tags[$0].tag)] })
    prediction.tokens = zip(tokens, written).map { place, tag in
      let found = token(place)
      return TaggedToken(text: found.text, range: found.range, tag: tag, probability: tags[place].probability)
    }
    for start in stride(from: tokens.lowerBound, to: tokens.upperBound, by: Model.maximumTokens) {
      guard let whole = wholes.withLock({ $0[start] }) else { continue }
      if start == tokens.lowerBound { prediction.ranking = whole.ranking }
      prediction.spans += whole.spans.map {
        PredictedSpan(
          tokens: $0.tokens.lowerBound - tokens.lowerBound..<$0.tokens.upperBound - tokens.lowerBound,
          label: $0.label, probability: $0.probability)
      }
      // Of a text that was read in chunks no sequence is known as a whole.
      guard tokens.count <= Model.maximumTokens else { continue }
      prediction.sequences = whole.paths.map {
        TagSequence(tags: encoder.written($0.tags.map { names[$0] }), probability: exp($0.logProbability))
      }
    }
    return prediction
  }
}
