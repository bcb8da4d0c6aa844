import Foundation
import SeqTestSupport
import SequenceToolkit
import Testing

/// What is known about a task stands in its file.
struct TaskListTests {
  /// Lines of code that tell tasks apart by their names.
  private static func distinctions(in text: String) throws -> [Substring] {
    let names = "classification|tagging|transduction|generation|oneToOne"
    let expression = try Regex(#"(\bcase [^:]*|[=!]= |\[|, )\.(\#(names))\b(?!\()"#)
    return text.split(separator: "\n").filter {
      !$0.drop(while: \.isWhitespace).hasPrefix("//") && $0.firstMatch(of: expression) != nil
    }
  }

  @Test func `only the tasks' own files tell tasks apart`() throws {
    let root = packageFolder + "/Sources/"
    // The tasks, what `init` makes of each, and the declarations of keys, which say where they apply.
    let homes = ["SeqEncoding/Tasks/", "SeqExperiment/Tasks/", "SeqExperiment/Config/", "seqtool/Commands/Starters/"]
    let files = try #require(FileManager.default.enumerator(atPath: root)).compactMap { $0 as? String }
    for file in files where file.hasSuffix(".swift") && !homes.contains(where: file.hasPrefix) {
      let found = try Self.distinctions(in: String(contentsOfFile: root + file, encoding: .utf8))
      #expect(found.isEmpty, "\(file): ask the task's definition instead: \(found)")
    }
  }

  @Test func `a distinction is found`() throws {
    for line in ["  case .tagging, .oneToOne: 1", "  if task == .generation {", "  [.classification].contains(task)"] {
      #expect(try Self.distinctions(in: line).count == 1, "\(line)")
    }
    for line in ["  // case .tagging", "  let counts = evaluation.tagging", "  .tagging(texts: 3)"] {
      #expect(try Self.distinctions(in: line).isEmpty, "\(line)")
    }
  }

  @Test func `no network is downcast, and imports point down`() throws {
    let root = packageFolder + "/Sources/"
    // The lowest first: a module imports those of lines above its own only.
    let layers = [
      ["SeqCore"], ["SeqConfig", "SeqTensor", "SeqTags"],
      ["SeqText", "SeqMetrics", "SeqLayers", "SeqReference", "SeqFetch"],
      ["SeqRecords", "SeqReport", "SeqModel", "SeqBaseline"], ["SeqData", "SeqPrediction"],
      ["SeqTraining", "SeqRecipes", "SeqEncoding"], ["SeqInspect", "SeqInference"], ["SeqExperiment"],
      ["SeqDiagnostics", "SequenceToolkit"], ["seqtool"],
    ]
    let heights = Dictionary(
      uniqueKeysWithValues: layers.enumerated().flatMap { height, names in names.map { ($0, height) } })
    let files = try #require(FileManager.default.enumerator(atPath: root)).compactMap { $0 as? String }
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOfFile: root + file, encoding: .utf8)
      for network in ["SequenceModel", "TransductionModel"] {
        #expect(!text.contains("as? \(network)") && !text.contains("is \(network)"), "\(file)")
      }
      let module = String(file.prefix { $0 != "/" })
      let height = try #require(heights[module] ?? (module.hasPrefix("C") ? 0 : nil), "\(module) has no place")
      for (name, other) in heights where text.contains("import \(name)\n") {
        #expect(other < height, "\(file): \(name) is not below \(module)")
      }
    }
  }
}
