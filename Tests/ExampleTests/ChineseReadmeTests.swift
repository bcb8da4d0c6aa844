import Foundation
import SeqTestSupport
import Testing

/// README.zh.md says what README.md says: the same commands, headings, tables, links and figures, in the same order.
struct ChineseReadmeTests {
  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: packageFolder + "/" + name, encoding: .utf8)
  }

  /// The parts of a page that do not depend on the language.
  struct Skeleton: Equatable {
    var blocks: [String] = []
    var headings: [Int] = []
    var columns: [Int] = []
    var links: [String] = []
    var code: [String] = []
    var figures: [String] = []

    init(_ page: String) {
      for (number, part) in page.components(separatedBy: "```").enumerated() {
        if number % 2 == 1 {
          blocks.append(part)
          continue
        }
        for line in part.split(separator: "\n") {
          if line.hasPrefix("#") { headings.append(line.prefix { $0 == "#" }.count) }
          if line.hasPrefix("|") { columns.append(line.count { $0 == "|" }) }
        }
        links += part.matches(of: /\]\(([^)]*)\)/).map { String($0.1) }.filter { !$0.hasPrefix("README") }
        code += part.matches(of: /`([^`]+)`/).map { String($0.1) }
        figures += part.matches(of: /[0-9]+\.[0-9]+/).map { String($0.0) }
      }
      code.sort()
    }
  }

  @Test func itIsInStep() throws {
    let (english, chinese) = (Skeleton(try text("README.md")), Skeleton(try text("README.zh.md")))
    #expect(english.blocks == chinese.blocks)
    #expect(english.headings == chinese.headings)
    #expect(english.columns == chinese.columns)
    #expect(english.links == chinese.links)
    #expect(english.code == chinese.code)
    #expect(english.figures == chinese.figures)
  }

  @Test func aDifferenceShows() throws {
    let page = try text("README.md")
    #expect(Skeleton(page) != Skeleton(page.replacing("make demo ", with: "make all ")))
    let figure = try #require(page.firstMatch(of: /0\.[0-9]+/)).0
    #expect(Skeleton(page) != Skeleton(page.replacing(figure, with: figure + "1")))
  }

  @Test func itIsInChineseAndEachNamesTheOther() throws {
    let chinese = try text("README.zh.md")
    let han = chinese.unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) }
    #expect(han > 500)
    #expect(chinese.contains("(README.md)"))
    #expect(try text("README.md").contains("(README.zh.md)"))
  }
}
