import Foundation
import SeqTestSupport
import Testing

/// A module that is imported and not declared is there by luck of the order of a build.
struct ImportTests {
  private struct Package: Decodable {
    struct Target: Decodable {
      let name: String, type: String
      let path: String?
      let dependencies: [Dependency]

      var folder: String { path ?? (type == "test" ? "Tests/" : "Sources/") + name }
    }
    struct Dependency: Decodable { let byName: [String?]? }
    let targets: [Target]
  }

  @Test func `every target declares the modules that it imports`() throws {
    let workspace = try Workspace()
    let dump = try workspace.shell("swift package --package-path '\(packageFolder)' --scratch-path build dump-package")
    let package = try JSONDecoder().decode(Package.self, from: Data(dump.stdout.utf8))
    let names = Set(package.targets.map(\.name))
    #expect(names.contains("SeqInference"))
    for target in package.targets {
      let declared = Set(target.dependencies.compactMap { $0.byName?.first ?? nil }).union([target.name])
      let folder = "\(packageFolder)/\(target.folder)/"
      let files = FileManager.default.subpaths(atPath: folder) ?? []
      for file in files where file.hasSuffix(".swift") {
        let text = try String(contentsOfFile: folder + file, encoding: .utf8)
        // The code that a test holds as text is indented.
        let imported = text.matches(of: /(?m)^(?:@\w+ )?(?:public |package )?import (\w+)$/).map { String($0.1) }
        let missing = Set(imported).intersection(names).subtracting(declared)
        #expect(missing.isEmpty, "\(target.folder)/\(file): \(missing) is not among the dependencies of \(target.name)")
      }
    }
  }
}
