import SeqCore
import SeqData
import SeqRecords
import Testing

@Suite struct SplitTests {
  /// Records of a few classes of random sizes, some with texts that others have as well.
  private func records(_ round: Int, repeating: Bool) -> [Record] {
    var generator = Seed(3).child("records", round).generator
    var records: [Record] = []
    for label in 0...generator.index(below: 6) {
      for _ in 0...generator.index(below: 60) {
        let text = repeating ? "t\(generator.index(below: 80))" : "t\(records.count)"
        records.append(Record(text: text, label: "l\(label)", line: records.count + 1))
      }
    }
    return records
  }

  @Test func everyRecordOnceAndEqualTextsTogether() throws {
    for round in 0..<100 {
      let records = records(round, repeating: round % 2 == 0)
      let split = try split(records, dev: 0.2, test: 0.1, seed: Seed(5))
      #expect((split.train + split.dev + split.test).sorted() == Array(records.indices))
      for part in [split.train, split.dev, split.test] { #expect(part == part.sorted()) }
      let texts = [split.train, split.dev, split.test].map { Set($0.map { records[$0].text }) }
      #expect(texts[0].isDisjoint(with: texts[1]))
      #expect(texts[0].isDisjoint(with: texts[2]))
      #expect(texts[1].isDisjoint(with: texts[2]))
    }
  }

  @Test func sharesOfEachClass() throws {
    for round in 0..<100 {
      let records = records(round, repeating: false)
      let (dev, test) = [(0.1, 0.1), (0.25, 0), (0, 0.5), (0.05, 0.3)][round % 4]
      let split = try split(records, dev: dev, test: test, seed: Seed(UInt64(round)))
      let sizes = Dictionary(grouping: records.indices) { records[$0].label }
      for (label, members) in sizes {
        for (part, fraction) in [(split.dev, dev), (split.test, test)] {
          let count = part.count { records[$0].label == label }
          #expect(abs(Double(count) - fraction * Double(members.count)) < 1)
        }
        #expect(split.train.contains { records[$0].label == label })
      }
      #expect(abs(Double(split.dev.count) - dev * Double(records.count)) <= 1)
      #expect(abs(Double(split.test.count) - test * Double(records.count)) <= 1)
    }
  }

  @Test func sharesWithRepeatedTexts() throws {
    // 40 texts ten times each: half a group and one record is the most a part can be off.
    let records = (0..<400).map { Record(text: "t\($0 % 40)", label: "x", line: $0 + 1) }
    let split = try split(records, dev: 0.12, test: 0.13, seed: Seed(1))
    #expect(abs(Double(split.dev.count) - 48) <= 6)
    #expect(abs(Double(split.test.count) - 52) <= 6)
  }

  @Test func manySmallClassesAddUp() throws {
    let records = (0..<300).map { Record(text: "t\($0)", label: "l\($0 % 100)", line: $0 + 1) }
    let split = try split(records, dev: 0.1, test: 0.1, seed: Seed(2))
    #expect(split.dev.count == 30)
    #expect(split.test.count == 30)
  }

  @Test func seedDecides() throws {
    let records = records(1, repeating: true)
    let first = try split(records, dev: 0.2, test: 0.2, seed: Seed(1))
    #expect(try split(records, dev: 0.2, test: 0.2, seed: Seed(1)) == first)
    #expect(try split(records, dev: 0.2, test: 0.2, seed: Seed(2)) != first)
  }

  @Test func orderOfRecordsDoesNotMatter() throws {
    let records = records(2, repeating: true)
    var shuffled = records
    shuffled.shuffle(seed: Seed(9))
    let first = try split(records, dev: 0.2, test: 0.2, seed: Seed(1))
    let second = try split(shuffled, dev: 0.2, test: 0.2, seed: Seed(1))
    #expect(Set(first.dev.map { records[$0] }) == Set(second.dev.map { shuffled[$0] }))
    #expect(Set(first.test.map { records[$0] }) == Set(second.test.map { shuffled[$0] }))
  }

  /// Pins the method: another one would silently make old figures incomparable.
  @Test func golden() throws {
    let records = (0..<20).map { Record(tokens: ["t", "\($0)"], tags: ["O", "O"], line: $0 + 1) }
    let split = try split(records, dev: 0.1, test: 0.2, seed: Seed(1))
    #expect(split.dev == [15, 19])
    #expect(split.test == [0, 2, 9, 17])
  }

  @Test func edges() throws {
    #expect(try split([], dev: 0.1, test: 0.1, seed: Seed(1)) == Split())
    let one = [Record(text: "a", line: 1)]
    #expect(try split(one, dev: 0.5, test: 0.4, seed: Seed(1)) == Split(train: [0]))
    for (dev, test) in [(-0.1, 0.1), (0.5, 0.5), (.nan, 0), (0, .infinity)] {
      #expect(throws: SeqError.self) { try split(one, dev: dev, test: test, seed: Seed(1)) }
    }
    #expect(
      throws: SeqError.data(
        "fractions 0.6 for dev and 0.5 for test, expected at least 0 each and less than 1 together",
        remedy: "the rest is for training")
    ) { try split(one, dev: 0.6, test: 0.5, seed: Seed(1)) }
  }
}
