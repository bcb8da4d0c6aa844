import Foundation
import SeqTestSupport
import Testing

/// The product `SeqInference` links neither libcsv nor zlib, nor what trains.
struct InferenceLinkTests {
  /// The targets of a product, with all that they depend on, from the lists in Package.swift.
  private static func targets(of product: String) throws -> Set<String> {
    struct Package: Decodable {
      struct Target: Decodable {
        let name: String
        let dependencies: [Dependency]
      }
      struct Dependency: Decodable { let byName: [String?]? }
      let targets: [Target]
    }
    let workspace = try Workspace()
    let result = try workspace.shell(
      "swift package --package-path '\(packageFolder)' --scratch-path build dump-package")
    let package = try JSONDecoder().decode(Package.self, from: Data(result.stdout.utf8))
    let byName = Dictionary(uniqueKeysWithValues: package.targets.map { ($0.name, $0) })
    var (found, open): (Set<String>, [String]) = ([], [product])
    while let name = open.popLast() {
      guard found.insert(name).inserted else { continue }
      open += byName[name]?.dependencies.compactMap { $0.byName?.first ?? nil } ?? []
    }
    return found
  }

  @Test func `it needs no module that reads files of data or trains`() throws {
    let targets = try Self.targets(of: "SeqInference")
    #expect(targets.contains("SeqTensor") && targets.contains("CSeqKernels"))
    let heavy = ["CLibCSV", "CZlib", "CIconv", "SeqData", "SeqTraining", "SeqExperiment", "SeqReference"]
    #expect(targets.isDisjoint(with: heavy))
  }

  #if os(Linux)
    @Test func `a program of it links no library of the system, and answers`() throws {
      let workspace = try Workspace()
      try workspace.write(
        """
        import SeqInference
        let classifier = try TextClassifier(contentsOf: CommandLine.arguments[1])
        print(try classifier.predict(CommandLine.arguments[2]).label)
        """, to: "main.swift")
      let build = URL(filePath: Command.seqtool).deletingLastPathComponent().path
      // The objects of its modules alone: a symbol of another one would be missing.
      let objects = try Self.targets(of: "SeqInference").flatMap { target -> [String] in
        let folder = "\(build)/\(target).build"
        return (FileManager.default.subpaths(atPath: folder) ?? []).filter { $0.hasSuffix(".o") }
          .filter { Self.isCurrent($0, of: target) }.map { "'\(folder)/\($0)'" }
      }
      let linked = try workspace.shell(
        """
        flags=$("\(packageFolder)/scripts/module-flags" '\(build)') &&
        swiftc -swift-version 6 $flags main.swift \(objects.joined(separator: " ")) -lm -o answer &&
        readelf -d answer
        """)
      #expect(linked.status == 0, "\(linked.stderr)")
      for library in ["libcsv", "libz"] { #expect(!linked.stdout.contains(library)) }
      // The command does link them, so that the look would find them.
      let command = try workspace.shell("readelf -d '\(Command.seqtool)'")
      #expect(command.stdout.contains("libcsv") && command.stdout.contains("libz"))
      let model = packageFolder + "/Tests/Fixtures/models/layout-1/classification"
      let answer = try workspace.shell("./answer '\(model)' 'good'")
      let expected = try workspace.seqtool("tag", "--quiet", "--model", model, stdin: "good\n")
      #expect(answer.status == 0 && !answer.stdout.isEmpty, "\(answer.stderr)")
      #expect(expected.stdout.contains(answer.stdout.trimmingCharacters(in: .newlines)))
    }

    /// Whether an object belongs to a file that is still there.
    private static func isCurrent(_ object: String, of target: String) -> Bool {
      let name = (object as NSString).lastPathComponent.replacing(".o", with: "")
      guard name.hasSuffix(".swift") else { return true }
      let sources = FileManager.default.subpaths(atPath: "\(packageFolder)/Sources/\(target)") ?? []
      return sources.contains { ($0 as NSString).lastPathComponent == name }
    }
  #endif
}
