import SeqCore
import SeqData
import SeqInspect
import Testing

/// Texts that occur more than once.
struct RepetitionTests {
  @Test func repeatsConflictsAndTheCeiling() throws {
    let checked = try Checked("text,label\nx,a\nx,a\nx,b\ny,b\nz,a\n")
    #expect(checked.findings == ["train.csv:4:3 conflict", "train.csv:3:1 duplicate"])
    #expect(checked.messages(.conflict) == ["\"x\" is b here and a at line 2"])
    #expect(checked.report.ceiling == 0.8)
    #expect(checked.report.parts[0].ceiling == 0.8)
    #expect(checked.report.parts[0].majority == 0.6)
  }

  @Test func aTextInTwoPartsIsALeakOnce() throws {
    let checked = try Checked([
      ("train.csv", Array("text,label\nx,a\ny,b\n".utf8)), ("dev.csv", Array("text,label\nw,b\nx,a\n".utf8)),
      ("test.csv", Array("text,label\nx,a\nx,a\nv,b\n".utf8)),
    ])
    #expect(checked.findings(.leak) == ["dev.csv:3:1 leak", "test.csv:2:1 leak"])
    #expect(checked.findings(.duplicate) == ["test.csv:3:1 duplicate"])
  }

  @Test func theSameTokensWithOtherTagsAreAConflict() throws {
    let checked = try Checked(
      "a\tX\nb\tY\n\na\tX\nb\tX\n\na\tX\nb\tY\n", name: "train.conll", wanted: .tags)
    #expect(checked.findings == ["train.conll:4:1 conflict", "train.conll:7:1 duplicate"])
    #expect(checked.messages(.conflict) == ["\"a b\" has other tags than at line 1"])
  }

  @Test func caseAndPunctuationDoNotHideARepeat() throws {
    let checked = try Checked("text,label\nGood food,a\ngood food!,a\ngood foods,a\n")
    #expect(checked.findings == ["train.csv:3:1 near-duplicate"])
  }

  /// Texts of 60 words of which some are exchanged: those that keep their triples are found, the others are not.
  @Test(arguments: [(0, 1, true), (1, 1, true), (2, 1, true), (12, 1, false), (30, 1, false)])
  func nearlyEqualTextsAreFound(exchanged: Int, seed: Int, isFound: Bool) throws {
    var words = (0..<60).map { "w\(seed)x\($0)" }
    let first = words.joined(separator: " ")
    for i in 0..<exchanged { words[i * 60 / max(1, exchanged)] = "other\(i)" }
    let second = words.joined(separator: " ") + " end"
    let noise = (0..<200).map { n in (0..<60).map { "n\(n)y\($0)" }.joined(separator: " ") + ",a\n" }.joined()
    let checked = try Checked("text,label\n\(first),a\n\(noise)\(second),a\n")
    #expect(checked.findings == (isFound ? ["train.csv:203:1 near-duplicate"] : []))
  }

  @Test func chineseIsComparedCharacterByCharacter() throws {
    let text = "这家餐厅的菜非常好吃服务态度也很热情下次还会再来推荐给大家一起来品尝"
    let checked = try Checked("text,label\n\(text),a\n\(text)吧,a\n完全不同的另一个句子没有相同的地方真的没有,a\n")
    #expect(checked.findings == ["train.csv:3:1 near-duplicate"])
  }

  /// The estimate of MinHash against the similarity itself, counted.
  @Test func theEstimateIsNearTheTruth() throws {
    var generator = Seed(7).generator
    var rows = "text,label\n"
    var truths: [Double] = []
    for pair in 0..<40 {
      let words = (0..<120).map { "p\(pair)w\($0)" }
      var changed = words
      for _ in 0..<(pair % 6) { changed[generator.index(below: 120)] = "c\(generator.next())" }
      let (a, b) = (Self.triples(words), Self.triples(changed + ["x"]))
      truths.append(Double(a.intersection(b).count) / Double(a.union(b).count))
      rows += words.joined(separator: " ") + ",a\n" + (changed + ["x"]).joined(separator: " ") + ",a\n"
    }
    var settings = CheckSettings()
    (settings.limit, settings.nearThreshold) = (0, 0.5)
    let messages = try Checked(rows, settings: settings).messages(.nearDuplicate)
    #expect(messages.count == 40)
    for (message, truth) in zip(messages, truths) {
      let estimate = message.split(separator: "about ").last.flatMap { Double($0.prefix { $0.isNumber }) } ?? 0
      #expect(abs(estimate / 100 - truth) < 0.14, "\(message), in truth \(truth)")
    }
  }

  private static func triples(_ words: [String]) -> Set<[String]> {
    Set((0..<(words.count - 2)).map { Array(words[$0..<($0 + 3)]) })
  }
}
