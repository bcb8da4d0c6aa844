import Foundation
import SeqTestSupport
import Testing

/// The articles of the library's documentation: all Swift code of an article is one program.
struct ArticleTests {
  private static let folder = packageFolder + "/Sources/SequenceToolkit/SequenceToolkit.docc"
  private static let articles = ["YourFirstModel", "YourOwnData", "Serving"]

  private func code(of article: String) throws -> String {
    let page = try String(contentsOfFile: "\(Self.folder)/\(article).md", encoding: .utf8)
    let blocks = page.components(separatedBy: "```swift\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    #expect(!blocks.isEmpty)
    return blocks.joined(separator: "\n")
  }

  /// Type-checks a program against the modules of this build.
  private func check(_ program: String) throws -> CommandResult {
    let workspace = try Workspace()
    try workspace.write(program, to: "main.swift")
    return try workspace.shell(
      """
      flags=$("\(packageFolder)/scripts/module-flags" "$(dirname "$seqtool")") &&
      swiftc -typecheck -swift-version 6 $flags main.swift
      """)
  }

  @Test(arguments: articles) func `the code of an article compiles`(article: String) throws {
    let result = try check(code(of: article))
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(!result.stderr.contains("warning:"), "\(result.stderr)")
  }

  @Test func `a mistake in an article shows`() throws {
    let result = try check(code(of: "YourFirstModel").replacing("classifier.predict(", with: "classifier.label("))
    #expect(result.status != 0 && result.stderr.contains("has no member 'label'"), "\(result.stderr)")
  }

  @Test func `the landing page lists all articles`() throws {
    let landing = try String(contentsOfFile: Self.folder + "/SequenceToolkit.md", encoding: .utf8)
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0 != "SequenceToolkit.md" }
    #expect(Set(files) == Set(Self.articles.map { $0 + ".md" }))
    for article in Self.articles { #expect(landing.contains("<doc:\(article)>")) }
  }
}
