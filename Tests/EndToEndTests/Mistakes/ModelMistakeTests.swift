import SeqTestSupport
import Testing

/// What the commands say of a model that is missing or damaged.
struct ModelMistakeTests {
  @Test func aModelMustBeThere() throws {
    let workspace = try Workspace()
    expectErrors(
      try workspace.seqtool("eval"), 66,
      ["no model has been fitted yet (fit one with seqtool fit, or name one with --model)"])
    expectErrors(
      try workspace.seqtool("tag", "--model", "names"), 66,
      ["names: there is no model here (fit one with seqtool fit)"])
    try workspace.write("", to: "namse/empty/x")
    expectErrors(
      try workspace.seqtool("tag", "--model", "names"), 66,
      ["names: there is no model here — did you mean \"namse\"? (fit one with seqtool fit)"])
    expectErrors(
      try workspace.seqtool("tag", "--model", "namse"), 66,
      [
        "namse: is not a model's folder: it has none of config.json, vocabulary/tokens.txt, vocabulary/labels.txt, "
          + "model.safetensors (name the folder that seqtool fit wrote)"
      ])
  }

  @Test func theModelFittedLastMayHaveGone() throws {
    let workspace = try Workspace.classification()
    try workspace.seqtool("fit", "-q", "config.json")
    try workspace.remove("model")
    let result = try workspace.seqtool("tag")
    #expect(result.status == 66)
    let message =
      "/model: the model that was fitted last no longer exists (fit one with seqtool fit, or name one with --model)"
    #expect(result.complaints.count == 1 && result.stderr.hasSuffix(message + "\n"))
  }

  /// A copy of a good model, one of whose files is changed.
  private func damaged(_ file: String, _ change: ([UInt8]) -> [UInt8]?) throws -> CommandResult {
    let workspace = try Workspace()
    let original = try Fitted.classifier()
    for name in original.files("model") { try workspace.write(original.bytes("model/" + name), to: "model/" + name) }
    if let content = try change(workspace.bytes("model/" + file)) {
      try workspace.write(content, to: "model/" + file)
    } else {
      try workspace.remove("model/" + file)
    }
    return try workspace.seqtool("tag", "--model", "model", stdin: "a\n")
  }

  @Test func weightsThatWereCutShortAreRefused() throws {
    let end = try damaged("model.safetensors") { $0.dropLast(4) }
    expectErrors(
      end, 65,
      [
        "model/model.safetensors: tensor \"output.bias\": its numbers lie outside the file: the file was cut short or "
          + "damaged"
      ])
    let start = try damaged("model.safetensors") { Array($0.prefix(5)) }
    expectErrors(start, 65, ["model/model.safetensors: 5 bytes: is not a safetensors file, or was cut short"])
    let header = try damaged("model.safetensors") { Array($0.prefix(100)) }
    #expect(header.status == 65 && header.stderr.contains("is not a safetensors file, or was cut short"))
    let longer = try damaged("model.safetensors") { $0 + [0] }
    #expect(longer.status == 65 && longer.stderr.hasSuffix(": the file is damaged\n"))
    #expect(try damaged("model.safetensors") { _ in Array("garbage garbage".utf8) }.status == 65)
  }

  @Test func aVocabularyOfAnotherModelDoesNotFit() throws {
    let tokens = try Fitted.tagger().bytes("model/vocabulary/tokens.txt")
    let result = try damaged("vocabulary/tokens.txt") { _ in tokens }
    #expect(result.status == 65 && result.complaints.count == 1)
    let start = "error: model/model.safetensors: tensor \"embedding.weight\" has shape ["
    #expect(result.stderr.hasPrefix(start) && result.stderr.contains("], expected ["))
    let labels = try damaged("vocabulary/labels.txt") { $0 + Array("neutral\n".utf8) }
    expectErrors(
      labels, 65,
      [
        "model/model.safetensors: tensor \"output.weight\" has shape [2, 16], expected [3, 16]",
        "model/model.safetensors: tensor \"output.bias\" has shape [2], expected [3]",
      ])
    let empty = try damaged("vocabulary/tokens.txt") { _ in [] }
    #expect(empty.status == 65)
    #expect(empty.complaints.first == "error: model/vocabulary/tokens.txt:1: expected <pad>, found the end of the file")
  }

  @Test func aDamagedConfigIsRefused() throws {
    let broken = try damaged("config.json") { _ in Array("{\"task\": 1".utf8) }
    #expect(broken.status == 65 && broken.stderr.hasPrefix("error: model/config.json:1:11: expected \",\" or \"}\""))
    let noise = try damaged("config.json") { _ in (0..<200).map { UInt8(truncatingIfNeeded: $0 * 97 + 190) } }
    #expect(noise.status == 65 && noise.stderr.hasPrefix("error: model/config.json:1:1: "))
    let size = try damaged("config.json") {
      Array(String(decoding: $0, as: UTF8.self).replacing("\"hidden\": 8", with: "\"hidden\": 9").utf8)
    }
    #expect(size.status == 65)
    #expect(size.stderr.contains("tensor \"rnn.weight_hh_l0\" has shape [32, 8], expected [36, 9]"))
  }

  @Test(arguments: ["config.json", "vocabulary/tokens.txt", "vocabulary/labels.txt", "model.safetensors"])
  func aMissingPartIsNamed(part: String) throws {
    expectErrors(try damaged(part) { _ in nil }, 65, ["model: the model is damaged: \(part) missing"])
  }
}
