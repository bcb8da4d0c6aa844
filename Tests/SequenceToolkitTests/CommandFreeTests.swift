import Foundation
import SeqTestSupport
import SequenceToolkit
import Testing

/// The library knows no command line: what to type is in the command's own words.
struct CommandFreeTests {
  /// The command, and the modules whose sentences name it.
  private static let ofCommand = ["seqtool/", "SeqData/", "SeqInspect/", "SeqFetch/", "SeqRecipes/"]

  /// Where a command may be named, and how.
  private static let allowed = [
    // An override has the place where the user of the command wrote it.
    ("SeqConfig/", "\"--set"),
    ("SeqConfig/Reader/ConfigReader.swift", "write --set "),
    ("SeqConfig/ConfigNode+Overrides.swift", "write --set "),
    // The page of keys, which the command prints too.
    ("SeqText/TokenizerSettings.swift", "that `seqtool tokenizer train` wrote"),
    ("SeqExperiment/Config/ExperimentConfig+Keys.swift", "`seqtool config schema` writes it"),
    // The card of a model, a file.
    ("SeqExperiment/Files/ModelCard.swift", "seqtool eval --model"),
    ("SeqExperiment/Tasks/FittedTask.swift", "seqtool tag --model"),
    ("SeqExperiment/Tasks/GenerationTask+Fit.swift", "seqtool generate --model"),
    ("SeqExperiment/Tasks/GenerationTask+Fit.swift", " --label '"),
    // Titles of files, and the name of the program.
    ("SeqBaseline/BaselineFile.swift", "\"seqtool baseline 1\\n\""),
    ("SeqText/RawText/LearnedCuts.swift", "\"seqtool cuts 1\""),
    ("SeqInference/Folder/ModelLayout.swift", "this seqtool reads"),
  ]

  /// Lines of code that name a command or an option.
  private static func commands(in text: String) throws -> [Substring] {
    let expression = try Regex(#"seqtool [a-z]|(^|[^-\w])--[a-z]"#)
    return text.split(separator: "\n").filter {
      !$0.drop(while: \.isWhitespace).hasPrefix("//") && $0.firstMatch(of: expression) != nil
    }
  }

  @Test func `the library names no command`() throws {
    let root = packageFolder + "/Sources/"
    let files = try #require(FileManager.default.enumerator(atPath: root)).compactMap { $0 as? String }
    var unused = Set(Self.allowed.indices)
    for file in files where file.hasSuffix(".swift") && !Self.ofCommand.contains(where: file.hasPrefix) {
      let found = try Self.commands(in: String(contentsOfFile: root + file, encoding: .utf8)).filter { line in
        let uses = Self.allowed.indices.filter {
          file.hasPrefix(Self.allowed[$0].0) && line.contains(Self.allowed[$0].1)
        }
        unused.subtract(uses)
        return uses.isEmpty
      }
      #expect(found.isEmpty, "\(file): write a Remedy, and the command's words in CommandRemedies.swift: \(found)")
    }
    #expect(unused.isEmpty, "allowed in vain: \(unused.map { Self.allowed[$0] })")
  }

  @Test func `a command is found`() throws {
    let lines = [
      "  remedy: \"fit one with seqtool fit\"", "    seqtool eval --model x", "\"--overwrite replaces it\"",
      "\"start it without --resume\"",
    ]
    for line in lines { #expect(try Self.commands(in: line).count == 1, "\(line)") }
    for line in ["  /// As seqtool fit does.", "  let seqtool = \"seqtool\"", "  \"a -- b\"", "  \"well---known\""] {
      #expect(try Self.commands(in: line).isEmpty, "\(line)")
    }
  }

  @Test func `a client of the library reads what the library can do`() throws {
    let error = try #require(throws: SeqError.self) { _ = try Model(contentsOf: "/nowhere/model") }
    #expect(error.description == "/nowhere/model: there is no model here (fit a model first)")
    let worded = error.diagnostics[0].worded { $0 == .fitModel ? "fit one with seqtool fit" : $0.text }
    #expect(worded.description == "/nowhere/model: there is no model here (fit one with seqtool fit)")
    let plain = SeqError.Diagnostic("is wrong", remedy: "mend it")
    #expect(plain.worded { _ in "type this" } == plain)
  }
}
