import SeqCore
import SeqData
import SeqRecords
import Testing

/// Dealing records out to folds.
struct FoldTests {
  private func records(_ count: Int) -> [Record] {
    (0..<count).map { Record(text: "text \($0)", label: $0 % 5 == 0 ? "rare" : "usual", line: $0 + 1) }
  }

  @Test(arguments: [2, 3, 7]) func foldsOfAClassDifferByOneAtMost(count: Int) throws {
    let records = records(53)
    let fold = try folds(records, count: count, seed: Seed(1))
    for label in ["rare", "usual"] {
      let sizes = (0..<count).map { number in records.indices.count { fold[$0] == number && records[$0].label == label }
      }
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    }
  }

  @Test func theOrderOfTheRecordsDoesNotMatter() throws {
    let records = records(40)
    let fold = try folds(records, count: 4, seed: Seed(2))
    #expect(try folds(records.reversed(), count: 4, seed: Seed(2)) == fold.reversed())
    #expect(try folds(records, count: 4, seed: Seed(3)) != fold)
  }

  @Test func equalTextsStayTogether() throws {
    let records = (0..<60).map { Record(text: "text \($0 % 7)", label: "\($0 % 2)", line: $0) }
    let fold = try folds(records, count: 3, seed: Seed(1))
    for index in records.indices { #expect(fold[index] == fold[index % 7]) }
  }

  @Test func oneFoldIsNone() {
    #expect(throws: SeqError.self) { try folds(records(3), count: 1, seed: Seed(1)) }
  }

  @Test func componentsJoinTextsAndGroups() {
    let names = componentNames(texts: ["d", "b", "c", "b", "e"], groups: ["1", "1", "2", "3", "4"])
    #expect(names == ["b", "b", "c", "b", "e"])
  }
}
