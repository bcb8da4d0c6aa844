import Foundation
import SeqData
import SeqTestSupport
import Testing

/// What is known about a format stands in its folder, and is told in the documents.
@Suite struct FormatListTests {
  /// Files with a list of layouts of their own, some of which are called like formats.
  private static let otherLists: Set<String> = [
    "AnswerLayout.swift", "RecordWriter.swift", "GivenTagsInput.swift", "Transduce.swift", "TokenizerApply.swift",
  ]

  /// Lines of code that tell formats apart by their names.
  private static func distinctions(in text: String, _ pattern: String) throws -> [Substring] {
    // Words that other enumerations have, too.
    let names = DataFormat.allCases.map(\.rawValue).filter { !["columns", "lines", "inline"].contains($0) }
    let expression = try Regex(pattern + #"\.("# + names.joined(separator: "|") + #")\b(?!\()"#)
    return text.split(separator: "\n").filter {
      !$0.drop(while: \.isWhitespace).hasPrefix("//") && $0.firstMatch(of: expression) != nil
    }
  }

  private static let switches = #"\bcase [^:]*"#
  private static let comparisons = #"(\bcase |[=!]= |\[|, )"#

  @Test func onlyTheListTellsFormatsApart() throws {
    let root = packageFolder + "/Sources/"
    let files = try #require(FileManager.default.enumerator(atPath: root)).compactMap { $0 as? String }
    for file in files where file.hasSuffix(".swift") {
      let name = String(file.split(separator: "/").last ?? "")
      if name == "DataFormat.swift" || Self.otherLists.contains(name) { continue }
      let text = try String(contentsOfFile: root + file, encoding: .utf8)
      // The files of a folder may ask which of its formats they have.
      let isOfFormat = file.hasPrefix("SeqData/Formats/")
      let found = try Self.distinctions(in: text, isOfFormat ? Self.switches : Self.comparisons)
      #expect(found.isEmpty, "\(file): ask the format's descriptor instead: \(found)")
    }
  }

  @Test func aDistinctionIsFound() throws {
    for line in ["  case .csv, .tsv: 1", "  if format == .jsonl {", "  [.columns, .conllu].contains(format)"] {
      #expect(try Self.distinctions(in: line, Self.comparisons).count == 1, "\(line)")
    }
    for line in ["  let format = format ?? .csv", "  // case .csv", "  case .labelled(let evaluator): 1"] {
      #expect(try Self.distinctions(in: line, Self.comparisons).isEmpty, "\(line)")
    }
  }

  @Test func theListOfFormatsIsComplete() throws {
    let page = try String(contentsOfFile: packageFolder + "/docs/reference/formats.md", encoding: .utf8)
    for format in DataFormat.allCases {
      let row = page.split(separator: "\n").first { $0.hasPrefix("| `\(format.rawValue)` |") } ?? ""
      for ending in format.traits.endings { #expect(row.contains("`.\(ending)`"), "\(format): \(ending)") }
      #expect(page.contains(format.traits.summary), "the page lacks: \(format.traits.summary)")
    }
  }
}
