import SeqData
import SeqRecipes
import SeqRecords
import Testing

@Suite struct DataProfileTests {
  private func profile(_ texts: [(String, String)]) -> DataProfile {
    var counting = ProfileCounting()
    for (text, label) in texts { counting.add(Record(text: text, label: label, line: 1)) }
    return counting.profile(.label)
  }

  @Test func `single words are told from texts`() {
    let names = profile([("Kowalczyk", "Polish"), ("O'Neill", "Irish"), ("Nowak", "Polish"), ("Byrne", "Irish")])
    #expect(names.isOfWords && !names.isChinese && !names.isLong)
    #expect(names.records == 4 && names.labels == 2 && names.majority == 0.5)
    let reviews = profile([("The soup was cold and late", "negative"), ("A friendly place to eat", "positive")])
    #expect(!reviews.isOfWords)
  }

  @Test func `Chinese is told by its characters`() {
    #expect(profile([("味道很好,下次再来", "1"), ("送餐太慢", "0")]).isChinese)
  }

  @Test func `a recipe reads characters of names and words of texts`() {
    let names = ClassifierRecipe(profile([("Nowak", "Polish"), ("Byrne", "Irish")])).body
    #expect(names.contains(#""kind": "character" }"#))
    let reviews = ClassifierRecipe(profile([("The soup was cold and late", "a"), ("A friendly place to eat", "b")]))
    #expect(reviews.body.contains(#""tokenizer": { "kind": "word" }"#))
  }
}
