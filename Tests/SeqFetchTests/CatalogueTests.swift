import SeqFetch
import Testing

/// The catalogue's own facts.
struct CatalogueTests {
  @Test func everySetIsWhole() {
    #expect(Catalogue.sets.count >= 20)
    #expect(Set(Catalogue.sets.map(\.name)).count == Catalogue.sets.count)
    for set in Catalogue.sets {
      #expect(!set.files.isEmpty && !set.licence.isEmpty && !set.about.isEmpty && set.base.hasPrefix("https://"))
      #expect(Set(set.files.map(\.name)).count == set.files.count, "\(set.name)")
      for file in set.files {
        #expect(file.size > 0 && file.sha256.utf8.count == 64 && file.sha256.allSatisfy(\.isHexDigit))
        #expect(!file.name.contains("..") && !file.name.hasPrefix("/"))
      }
    }
  }

  @Test func sourcesArePinned() {
    for set in Catalogue.sets where set.base.contains("githubusercontent") {
      let commit = set.base.split(separator: "/").last ?? ""
      #expect(commit.count == 40 && commit.allSatisfy(\.isHexDigit), "\(set.name)")
    }
  }
}
