public import SeqCore
import SeqEncoding
import SeqModel
import SeqPrediction
import SeqTensor
import SeqText

extension Model {
  /// Generates texts.
  ///
  ///     let model = try Model(contentsOf: "models/names-generation")
  ///     var settings = GenerationSettings()
  ///     settings.label = "Irish"
  ///     for text in try model.generate(10, settings) { print(text.text) }
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - settings: the label, the prompt, the length, how tokens are drawn and the seed.
  ///   - first: the number of the first one: texts 0 to 9 and 10 to 19 are those of 0 to 19.
  /// - Throws: `.usage` for a model of another task, or a label that it does not know.
  public func generate(_ count: Int, _ settings: GenerationSettings, first: Int = 0) throws(SeqError) -> [GeneratedText]
  {
    guard task.makesTexts else {
      throw .usage("the model's task is \(task.rawValue), expected generation", remedy: .predict)
    }
    let prompt = promptTokens(settings.prompt)
    let beginning = [encoder.startSymbol(label: try labelID(settings.label))] + prompt.map(encoder.vocabulary.id(of:))
    // Nothing has ended in a stream; and no text has an unknown token.
    let isStream = config.texts.isStream
    let forbidden = [Int(Vocabulary.unknownID)] + (isStream ? [Int(Vocabulary.paddingID)] : [])
    let parent = Seed(settings.seed).child("generation")
    let blocks = (count + TokenGenerator.width - 1) / TokenGenerator.width
    let results = (0..<blocks).map { _ in GeneratedBlock() }
    let (model, weights, team) = (predictor.model, predictor.weights, self.team)
    team.run(blocks) { b in
      let numbers = b * TokenGenerator.width..<min(count, (b + 1) * TokenGenerator.width)
      results[b].drafts = TokenGenerator(model, weights, team).generate(
        beginning, end: isStream ? nil : Int(Vocabulary.paddingID), maximumLength: settings.maximumLength,
        settings.sampling, forbidden: forbidden, seeds: numbers.map { parent.child("text", first + $0) })
    }
    return results.flatMap(\.drafts).map { text(of: $0, after: settings.prompt, prompt) }
  }

  /// The tokens of a prompt that the model does not know.
  public func unknownTokens(ofPrompt prompt: String) -> [String] {
    promptTokens(prompt).filter { !encoder.vocabulary.contains($0) }
  }

  /// In a stream, the end of a line is a token.
  private func promptTokens(_ prompt: String) -> [String] {
    guard config.texts.isStream else { return encoder.tokenizer.texts(of: prompt) }
    let lineEnd = Detokenizer.lineEnd(for: encoder.tokenizer)
    let lines = prompt.split(separator: "\n", omittingEmptySubsequences: false)
    return Array(lines.map { encoder.tokenizer.texts(of: $0) }.joined(separator: lineEnd))
  }

  private func labelID(_ label: String?) throws(SeqError) -> Int32? {
    guard let label else {
      if labels.isEmpty { return nil }
      throw .usage("the model was fitted with labels, expected one", remedy: .giveLabel(labels))
    }
    if labels.isEmpty {
      throw .usage("the model was fitted without labels, found \"\(label)\"", remedy: .leaveOutLabel)
    }
    guard let id = encoder.labels.id(of: label) else {
      throw .usage(
        "the model knows no label \"\(label)\"" + didYouMean(label, among: labels),
        remedy: "one of \(labels.joined(separator: ", "))")
    }
    return id
  }

  private func text(of draft: TokenGenerator.Draft, after prompt: String, _ promptTokens: [String]) -> GeneratedText {
    let detokenizer = Detokenizer(encoder.tokenizer)
    let tokens = draft.tokens.map { encoder.vocabulary[$0] }
    let text =
      encoder.tokenizer.settings.kind.dropsWhiteSpace
      ? detokenizer.text(of: promptTokens + tokens) : prompt + detokenizer.text(of: tokens)
    return GeneratedText(
      text: text, tokens: tokens.count, isEnded: draft.isEnded, logProbability: draft.logProbability)
  }
}

/// The texts of one task.
///
/// Unchecked because one task fills it and others read it after that task has ended: see `WorkerTeam`.
private final class GeneratedBlock: @unchecked Sendable {
  var drafts: [TokenGenerator.Draft] = []
}
