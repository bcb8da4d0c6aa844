import Foundation
import SeqTestSupport
import Testing

/// Tag sequences: CRF, constraints, n best, spans, given tags, schemes, and labels beside tags.
struct SequenceTaggingTests {
  @Test(arguments: ["softmax", "crf"])
  func nBestSequencesAreInOrderAndTheFirstIsTheBest(head: String) throws {
    let workspace = try Tagger.fitted(head)
    let text = "fly to new york at half past six\n\nfly\n"
    let result = try workspace.seqtool("tag", "--format", "jsonl", "--n-best", "4", "--probabilities", stdin: text)
    #expect(result.status == 0 && result.complaints == [])
    let records = try objects(result.stdout)
    #expect(records.count == 3 && (records[1]["nBest"] as? [Any])?.isEmpty == true)
    let best = try #require(records[0]["nBest"] as? [[String: Any]])
    #expect(best.count == 4 && best[0]["tags"] as? [String] == records[0]["tags"] as? [String])
    let probabilities = best.compactMap { $0["probability"] as? Double }
    #expect(probabilities == probabilities.sorted(by: >) && probabilities.reduce(0, +) <= 1.000001)
    #expect(Set(best.compactMap { $0["tags"] as? [String] }).count == 4)
    let marginals = try #require(records[0]["probabilities"] as? [Double])
    #expect(marginals.count == 8 && marginals.allSatisfy { $0 > 0 && $0 <= 1.000001 })
  }

  /// All sequences of a short text are few enough to be listed: spans and tags are sums over them.
  @Test(arguments: ["softmax", "crf"], ["auto", "none"])
  func probabilitiesAreThoseOfAllSequences(head: String, constraints: String) throws {
    let workspace = try Workspace.tagging()
    let fit = try workspace.seqtool(
      "fit", "config.json", "--set", "model.head=\(head)", "--set", "inference.constraints=\(constraints)")
    #expect(fit.status == 0, "\(fit.stderr)")
    let texts = ["new york", "fly to new york", "york at half past", "oslo"]
    let result = try workspace.seqtool(
      "tag", "--format", "jsonl", "--spans", "-p", "--n-best", "1000", stdin: texts.joined(separator: "\n") + "\n")
    for record in try objects(result.stdout) {
      let tags = try #require(record["tags"] as? [String])
      let all = try #require(record["nBest"] as? [[String: Any]]).map {
        (tags: $0["tags"] as? [String] ?? [], probability: $0["probability"] as? Double ?? 0)
      }
      #expect(abs(all.reduce(0) { $0 + $1.probability } - 1) < 1e-5)
      if constraints == "auto" { #expect(all.allSatisfy { isWellFormed($0.tags) }) }
      for (span, found) in zip(spans(of: tags), try #require(record["spans"] as? [[String: Any]])) {
        let sum = all.reduce(0) { spans(of: $1.tags).contains(span) ? $0 + $1.probability : $0 }
        #expect(abs(sum - (found["probability"] as? Double ?? -1)) < 1e-5, "\(span) in \(tags)")
      }
      guard head == "crf" else { continue }
      for (t, found) in try #require(record["probabilities"] as? [Double]).enumerated() {
        let sum = all.reduce(0) { $1.tags[t] == tags[t] ? $0 + $1.probability : $0 }
        #expect(abs(sum - found) < 1e-5)
      }
    }
  }

  private func isWellFormed(_ tags: [String]) -> Bool {
    tags.indices.allSatisfy { t in
      !tags[t].hasPrefix("I-") || t > 0 && tags[t - 1] != "O" && tags[t - 1].dropFirst(2) == tags[t].dropFirst(2)
    }
  }

  /// Such as `0..<2 city`, as the CoNLL script has it.
  private func spans(of tags: [String]) -> [String] {
    var spans: [String] = []
    var start: Int?
    for t in 0...tags.count {
      let tag = t < tags.count ? tags[t] : "O"
      let goesOn = tag.hasPrefix("I-") && t > 0 && tags[t - 1].dropFirst(2) == tag.dropFirst(2)
      if goesOn { continue }
      if let begun = start { spans.append("\(begun)..<\(t) \(tags[begun].dropFirst(2))") }
      start = tag == "O" ? nil : t
    }
    return spans
  }

  @Test func nBestInColumnsAndInline() throws {
    let workspace = try Tagger.fitted("crf")
    let columns = try workspace.seqtool("tag", "--n-best", "2", stdin: "to oslo\n").stdout
    let lines = columns.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 9 && lines[0].hasPrefix("# 1 = ") && lines[1] == "to\tO" && lines[2] == "oslo\tB-city")
    #expect(lines[3] == "" && lines[4].hasPrefix("# 2 = ") && lines[7] == "")
    let inline = try workspace.seqtool("tag", "--n-best", "2", "--format", "inline", stdin: "to oslo\n").stdout
    let records = inline.split(separator: "\n")
    #expect(records.count == 2 && records[0].hasSuffix("\tto/O oslo/B-city"))
    #expect(Double(records[0].split(separator: "\t")[0]) ?? 0 > 0.5)
    let both = try workspace.seqtool("tag", "--n-best", "2", "-p", stdin: "to oslo\n")
    #expect(both.status == 64 && both.stderr.contains("--probabilities with --n-best needs --to jsonl"))
    let long = Array(repeating: "oslo", count: 10_001).joined(separator: " ")
    let best = try workspace.seqtool("tag", "--n-best", "2", stdin: "to oslo\n" + long + "\n")
    #expect(best.status == 0 && best.stdout.split(separator: "\n").count == 6 + 10_001)
    #expect(
      best.stderr.contains("standard input:2: --n-best handles at most 10000 tokens; for this text only the best tags"))
  }

  @Test(arguments: ["softmax", "crf"])
  func spansHavePlacesAndProbabilities(head: String) throws {
    let workspace = try Tagger.fitted(head)
    let result = try workspace.seqtool("tag", "--format", "jsonl", "--spans", stdin: "fly to new york at noon\n")
    let spans = try #require(objects(result.stdout)[0]["spans"] as? [[String: Any]])
    #expect(spans.map { $0["label"] as? String } == ["city", "time"])
    #expect(spans.map { $0["start"] as? Int } == [7, 19] && spans.map { $0["end"] as? Int } == [15, 23])
    #expect(spans.allSatisfy { ($0["probability"] as? Double).map { $0 > 0.5 && $0 <= 1 } == true })
  }

  @Test(arguments: ["softmax", "crf"])
  func givenTagsAreKeptAndTheOthersFoundAroundThem(head: String) throws {
    let workspace = try Tagger.fitted(head)
    func tag(_ line: String) throws -> String {
      let result = try workspace.seqtool("tag", "--force", "--format", "inline", stdin: line + "\n")
      return result.status == 0 ? result.stdout : result.stderr
    }
    #expect(try tag("fly to new york") == "fly/O to/O new/B-city york/I-city\n")
    #expect(try tag("fly to new/O york").hasPrefix("fly/O to/O new/O york/"))
    #expect(try !tag("fly to new/O york").contains("york/I-"), "what is found is well-formed")
    #expect(try tag("fly to/B-time new york").contains("to/B-time"))
    #expect(try tag("fly/O to/I-time new york").hasPrefix("fly/O to/I-time "), "given tags stay, ill-formed or not")
    #expect(try tag("a/b/ to").hasPrefix("a/b/"))
    let wrong = try workspace.seqtool("tag", "--force", "--format", "inline", stdin: "fly/O\nto oslo/B-cty\n")
    #expect(wrong.status == 65)
    #expect(wrong.stderr.contains("standard input:2:9: the model has no tag \"B-cty\" — did you mean \"B-city\"?"))
  }

  @Test func whatTagWroteIsTakenBackInEachFormat() throws {
    let workspace = try Tagger.fitted("crf")
    for format in ["columns", "inline", "jsonl"] {
      let written = try workspace.seqtool("tag", "--format", format, stdin: "fly to oslo\nto new york\n").stdout
      let again = try workspace.seqtool("tag", "--force", "--format", format, stdin: written)
      #expect(again.status == 0 && again.stdout == written, "\(again.stderr)")
    }
    let columns = try workspace.seqtool("tag", "--force", stdin: "fly\nto\t_\nnew\tB-city\nyork\n\noslo\n")
    #expect(columns.stdout == "fly\tO\nto\tO\nnew\tB-city\nyork\tI-city\n\noslo\tB-city\n\n", "\(columns.stderr)")
    let spaced = "fly   to oslo"
    let written = try workspace.seqtool(
      "tag", "--format", "jsonl", "--offsets", "utf8", "--spans", stdin: spaced + "\n"
    ).stdout
    let again = try workspace.seqtool(
      "tag", "--force", "--format", "jsonl", "--offsets", "utf8", "--spans", stdin: written
    ).stdout
    let (first, second) = (try objects(written)[0], try objects(again)[0])
    for key in ["text", "starts", "ends", "tags"] {
      #expect("\(first[key] ?? "")" == "\(second[key] ?? "")" && first[key] != nil, "the text is as it was: \(key)")
    }
    let torn = try workspace.seqtool(
      "tag", "--force", "--format", "jsonl", stdin: #"{"text": "fly to", "tokens": ["to", "fly"]}"# + "\n")
    #expect(
      torn.status == 65
        && torn.stderr.contains("standard input:1:10: the tokens do not occur one after another in \"text\""))
    let wide = try workspace.seqtool("tag", "--force", stdin: "fly\tO\tx\n")
    #expect(wide.status == 65 && wide.stderr.contains("standard input:1: 3 columns"))
  }

  @Test func tagsAreLearnedInOneSchemeAndWrittenInAnother() throws {
    let workspace = try Workspace.tagging()
    let fit = try workspace.seqtool(
      "fit", "config.json", "--set", "data.scheme=bioes", "--set", "model.head=crf", "--set", "training.epochs=12")
    #expect(fit.status == 0, "\(fit.stderr)")
    #expect(try workspace.text("model/vocabulary/labels.txt").contains("E-city"))
    let config = try workspace.text("model/config.json")
    #expect(config.contains("\"constraints\": \"bioes\"") && config.contains("\"scheme\": \"iob2\""))
    let tagged = try workspace.seqtool("tag", "--format", "inline", "--n-best", "1", stdin: "fly to new york\n").stdout
    #expect(tagged.hasSuffix("fly/O to/O new/B-city york/I-city\n"))
    let scores = try object(workspace.seqtool("eval", "--json").stdout)
    #expect((scores["f1"] as? Double ?? 0) > 0.9)
    let forced = try workspace.seqtool("tag", "--force", stdin: "fly\tO\n")
    #expect(forced.status == 64 && forced.stderr.contains("--force only applies to models"))
    // The effective config is one like any other.
    #expect(try workspace.seqtool("fit", "model/config.json", "--set", "output=again").status == 0)
    #expect(try workspace.bytes("again/model.safetensors") == workspace.bytes("model/model.safetensors"))
  }

  @Test func illFormedTrainingTagsAreToldAndNotConstrainedTo() throws {
    let workspace = try Workspace.tagging()
    let slips = String(repeating: "to\tO\noslo\tI-city\n\n", count: 5)
    try workspace.write(workspace.text("train.conll") + slips, to: "train.conll")
    let fit = try workspace.seqtool("fit", "config.json")
    #expect(
      fit.status == 0 && fit.stderr.contains("5 of 37 training sequences are ill-formed in iob2")
        && fit.stderr.contains("tags are not constrained to it"), "\(fit.stderr)")
    #expect(try workspace.text("model/config.json").contains("\"constraints\": \"none\""))
    let wrong = try workspace.seqtool("fit", "config.json", "--overwrite", "--set", "inference.constraints=bmes")
    #expect(wrong.status == 65 && wrong.stderr.contains("is not of bmes"))
    let other = try workspace.seqtool(
      "fit", "config.json", "--set", "inference.constraints=bioes", "--set", "output=other")
    #expect(
      other.status == 0 && other.stderr.contains("are ill-formed in bioes, and the tagger will write none like them")
        && other.stderr.contains("most are well-formed in iob2"), "\(other.stderr)")
    let spanless = try workspace.seqtool("fit", "config.json", "--overwrite", "--set", "data.scheme=bioes")
    #expect(spanless.status == 0, "\(spanless.stderr)")
    try workspace.write("a\tDET\nb\tNOUN\n\n", to: "train.conll")
    let refused = try workspace.seqtool("fit", "config.json", "--overwrite", "--set", "data.scheme=bioes")
    #expect(refused.status == 65 && refused.stderr.contains("the tag \"DET\" marks no span"), "\(refused.stderr)")
  }

  @Test func autoInAFittedModelIsTheSchemeOfItsTags() throws {
    let workspace = try Workspace.tagging()
    let fit = try workspace.seqtool(
      "fit", "config.json", "--set", "training.epochs=1", "--set", "inference.constraints=none")
    #expect(fit.status == 0, "\(fit.stderr)")
    let config = try workspace.text("model/config.json")
    func unconstrained() throws -> Bool {
      let lines = try workspace.seqtool("tag", "--format", "jsonl", "--n-best", "50", stdin: "fly to new york\n").stdout
      let all = try #require(objects(lines)[0]["nBest"] as? [[String: Any]])
      return all.contains { !isWellFormed($0["tags"] as? [String] ?? []) }
    }
    #expect(try unconstrained())
    let automatic = config.replacing("\"constraints\": \"none\"", with: "\"constraints\": \"auto\"")
    try workspace.write(automatic, to: "model/config.json")
    #expect(try !unconstrained())
  }

  @Test func aFewIllFormedTrainingTagsAreNoReasonToDoWithout() throws {
    let workspace = try Workspace.tagging(sentences: 150)
    try workspace.write(workspace.text("train.conll") + "to\tO\noslo\tI-city\n\n", to: "train.conll")
    let fit = try workspace.seqtool("fit", "config.json")
    #expect(
      fit.status == 0
        && fit.stderr.contains("1 of 151 training sequences is ill-formed in iob2, train.conll:")
        && fit.stderr.contains(": I-city after O; tags are still constrained to it"),
      "\(fit.stderr)")
    #expect(try workspace.text("model/config.json").contains("\"constraints\": \"iob2\""))
  }

  @Test(arguments: ["softmax", "crf"])
  func aLabelIsLearnedBesideTags(head: String) throws {
    let workspace = try Workspace.sentenceLabelTagging()
    let fit = try workspace.seqtool("fit", "joint.json", "--set", "model.head=\(head)")
    #expect(fit.status == 0, "\(fit.stderr)")
    let scores = try object(workspace.seqtool("eval", "--json").stdout)
    for name in ["f1", "labelAccuracy", "jointAccuracy"] { #expect((scores[name] as? Double ?? 0) > 0.9, "\(name)") }
    let columns = try workspace.seqtool("tag", stdin: "fly to oslo\n\nfly to paris at noon\n").stdout
    #expect(columns.hasPrefix("# label = place\nfly\tO\nto\tO\noslo\tB-city\n\n\n# label = both\n"))
    let inline = try workspace.seqtool("tag", "--format", "inline", "-p", "--top", "2", stdin: "fly to oslo\n").stdout
    let fields = inline.split(separator: "\t")
    #expect(fields.count == 5 && fields[0] == "place" && fields[2] == "both" && fields[4].hasPrefix("fly/O/"))
    let record = try objects(workspace.seqtool("tag", "--format", "jsonl", stdin: "fly to oslo\n").stdout)[0]
    #expect(record["label"] as? String == "place" && record["tags"] as? [String] == ["O", "O", "B-city"])
    let disk = try workspace.seqtool(
      "fit", "joint.json", "--set", "model.head=\(head)", "--set", "data.storage=disk", "--set", "output=disk")
    #expect(disk.status == 0, "\(disk.stderr)")
    #expect(try workspace.bytes("disk/model.safetensors") == workspace.bytes("model/model.safetensors"))
    #expect(try workspace.bytes("disk/metrics.json") == workspace.bytes("model/metrics.json"))
  }

  @Test(arguments: [("crf", false), ("crf", true)])
  func gradientsAreChecked(head: String, hasSentenceLabel: Bool) throws {
    let workspace = hasSentenceLabel ? try Workspace.sentenceLabelTagging() : try Workspace.tagging()
    let config = hasSentenceLabel ? "joint.json" : "config.json"
    let result = try workspace.seqtool("gradients", "check", config, "--set", "model.head=\(head)")
    #expect(result.status == 0 && result.stdout.contains("crf.transitions"), "\(result.stderr)\(result.stdout)")
  }

  @Test func mistakesInTheConfigAreTold() throws {
    let workspace = try Workspace.tagging()
    func complaint(_ first: String, _ second: String = "training.epochs=1") throws -> String {
      let result = try workspace.seqtool("fit", "config.json", "--set", first, "--set", second)
      #expect(result.status == 65)
      return result.stderr
    }
    #expect(try complaint("model.sentenceLabel={}").contains("columns files hold no label in addition to the tags"))
    #expect(
      try complaint("model.head=crf", "training.labelSmoothing=0.1").contains("only applies to the softmax head"))
    #expect(try complaint("data.scheme=bio").contains("data.scheme: expected one of iob1, iob2"))
    let classifier = try Workspace.classification()
    let result = try classifier.seqtool("fit", "config.json", "--set", "model.head=crf")
    #expect(result.status == 65 && result.stderr.contains("crf only applies to tagging"))
    let tagger = try Fitted.classifier().seqtool("tag", "--n-best", "2", stdin: "x\n")
    #expect(tagger.status == 64 && tagger.stderr.contains("--n-best only applies to taggers"))
  }
}

/// Taggers that are fitted once.
private enum Tagger {
  static func fitted(_ head: String) throws -> Workspace { head == "crf" ? try crf.get() : try Fitted.tagger() }

  private static let crf = Result {
    let workspace = try Workspace.tagging()
    let result = try workspace.seqtool(
      "fit", "config.json", "--set", "training.epochs=12", "--set", "model.head=crf")
    guard result.status == 0 else { throw Unexpected(result.stderr) }
    return workspace
  }
}
